import { batchRoutes } from './batches/routes';
import { clickRoutes } from './clicks/routes';
import { conversionRoutes } from './conversions/routes';
import { deadLetterRoutes } from './dead-letters/routes';
import { deliveryRoutes } from './deliveries/routes';
import { campaigns, costs, integrations, rates, savedReports, savedSearches, sources } from './documents/collections';
import { collectionRoutes } from './documents/routes';
import { notFound, AdminError } from './http/answer';
import { pathPrefix, type AdminRequest } from './http/request';
import type { Route } from './http/route';
import { integrationRoutes } from './integrations/routes';
import { logRoutes } from './log/routes';
import { meRoutes } from './me/routes';
import { openApiRoutes } from './openapi/routes';
import { presetRoutes } from './presets/routes';
import { replayRoutes } from './replay/routes';
import { recountRoutes } from './recount/routes';
import { reportRoutes } from './reports/routes';
import { sheetRoutes } from './sheet/routes';
import { sourceTemplateRoutes } from './source-templates/routes';
import { sourceRoutes } from './sources/routes';

/** Every route, in the order of the OpenAPI document. */
export const adminRoutes: readonly Route[] = [
  ...collectionRoutes(campaigns),
  ...collectionRoutes(integrations),
  ...integrationRoutes,
  ...sheetRoutes,
  ...collectionRoutes(sources),
  ...sourceRoutes,
  ...collectionRoutes(costs),
  ...collectionRoutes(rates),
  ...collectionRoutes(savedReports),
  ...collectionRoutes(savedSearches),
  ...logRoutes,
  ...replayRoutes,
  ...batchRoutes,
  ...conversionRoutes,
  ...reportRoutes,
  ...recountRoutes,
  ...clickRoutes,
  ...deliveryRoutes,
  ...deadLetterRoutes,
  ...presetRoutes,
  ...sourceTemplateRoutes,
  ...meRoutes,
  ...openApiRoutes(() => adminRoutes),
];

/** The route of a request, `postbacks/replay` before `postbacks/{requestId}`; rejects a path or a method that there is none for. */
export function routeOf(request: AdminRequest): {
  readonly route: Route;
  readonly parameters: { readonly id: string };
} {
  const literal = adminRoutes.filter(({ path }) => path === request.segments.join('/'));
  const matching = literal.length > 0 ? literal : adminRoutes.filter(({ path }) => matches(path, request.segments));
  if (matching.length === 0) throw unknownPath(request.segments);
  const route = matching.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = matching.map(({ method }) => method).join(', ');
    throw new AdminError('METHOD_NOT_ALLOWED', `This path takes ${allow}, not ${request.method}.`, {}, { allow });
  }
  return { route, parameters: { id: request.segments[1] ?? '' } };
}

function matches(path: string, segments: readonly string[]): boolean {
  const parts = path.split('/');
  return (
    parts.length === segments.length && parts.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

/** Names the routes that begin as the path does, or all of them where none does. */
function unknownPath([first]: readonly string[]): AdminError {
  const near = adminRoutes.filter(({ path }) => path.split('/')[0] === first);
  const routes = (near.length > 0 ? near : adminRoutes).map(({ method, path }) => `${method} ${pathPrefix}/${path}`);
  return notFound(`There is no such path. There ${near.length > 0 ? 'are' : 'is'}: ${routes.join(', ')}.`);
}
