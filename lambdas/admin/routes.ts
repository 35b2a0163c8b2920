import { campaigns, integrations, sources, type Collection } from './collections';
import { notFound, Refusal, type Answer } from './answer';
import { getBatch } from './batches';
import { eraseClick } from './click-erasure';
import { getConversions } from './conversions';
import { getDeadLetters, redriveDeadLetters } from './dead-letters';
import { deleteDocument } from './document-deletion';
import { getCollection, getDocument } from './document-reading';
import { putDocument } from './document-writing';
import { getIntegrationSheet } from './integration-sheet';
import { getPostbackUrl, rotateIntegrationKeys } from './integration-keys';
import { getPostback, getPostbacks } from './postbacks';
import { replayPostbacks } from './replay';
import { pathPrefix, type AdminRequest, type RoutedRequest } from './request';
import type { Services } from './services';
import { makeTestClick } from './test-clicks';
import { getTestPage } from './test-page/page';

type Run = (request: RoutedRequest, services: Services) => Promise<Answer>;

interface Route {
  readonly method: string;
  /** `campaigns/{id}` */
  readonly path: string;
  readonly run: Run;
}

const collectionRoutes = (collection: Collection): readonly Route[] => [
  { method: 'GET', path: collection.name, run: getCollection(collection) },
  { method: 'GET', path: `${collection.name}/{id}`, run: getDocument(collection) },
  { method: 'PUT', path: `${collection.name}/{id}`, run: putDocument(collection) },
  { method: 'DELETE', path: `${collection.name}/{id}`, run: deleteDocument(collection) },
];

const routes: readonly Route[] = [
  ...collectionRoutes(campaigns),
  ...collectionRoutes(integrations),
  { method: 'GET', path: 'integrations/{id}/postback-url', run: getPostbackUrl },
  { method: 'GET', path: 'integrations/{id}/sheet', run: getIntegrationSheet },
  { method: 'POST', path: 'integrations/{id}/keys', run: rotateIntegrationKeys },
  ...collectionRoutes(sources),
  { method: 'GET', path: 'postbacks', run: getPostbacks },
  { method: 'GET', path: 'postbacks/{requestId}', run: getPostback },
  { method: 'POST', path: 'postbacks/replay', run: replayPostbacks },
  { method: 'GET', path: 'batches/{batchId}', run: getBatch },
  { method: 'GET', path: 'conversions', run: getConversions },
  { method: 'DELETE', path: 'clicks/{clickId}', run: eraseClick },
  { method: 'GET', path: 'dead-letters', run: getDeadLetters },
  { method: 'POST', path: 'dead-letters/redrive', run: redriveDeadLetters },
  { method: 'POST', path: 'test-clicks', run: makeTestClick },
  { method: 'GET', path: 'test-page', run: getTestPage },
];

/** The route of a request; refuses a path or a method that there is none for. */
export function routeOf(request: AdminRequest): { run: Run; parameters: { readonly id: string } } {
  const matching = routes.filter(({ path }) => matches(path, request.segments));
  if (matching.length === 0) throw unknownPath(request.segments);
  const route = matching.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = matching.map(({ method }) => method).join(', ');
    throw new Refusal(405, 'METHOD_NOT_ALLOWED', `This path takes ${allow}, not ${request.method}.`, {
      headers: { allow },
    });
  }
  return { run: route.run, parameters: { id: request.segments[1] ?? '' } };
}

function matches(path: string, segments: readonly string[]): boolean {
  const parts = path.split('/');
  return (
    parts.length === segments.length && parts.every((part, index) => part.startsWith('{') || part === segments[index])
  );
}

/** Names the routes that begin as the path does, or all of them where none does. */
function unknownPath([first]: readonly string[]): Refusal {
  const near = routes.filter(({ path }) => path.split('/')[0] === first);
  const told = (near.length > 0 ? near : routes).map(({ method, path }) => `${method} ${pathPrefix}/${path}`);
  return notFound(`There is no such path. There ${near.length > 0 ? 'are' : 'is'}: ${told.join(', ')}.`);
}
