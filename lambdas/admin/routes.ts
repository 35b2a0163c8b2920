import { campaigns, costs, integrations, rates, sources, type Collection } from './documents/collections';
import { notFound, Refusal, type Answer } from './http/answer';
import { getBatch } from './batches/batches';
import { getClick } from './clicks/click-view';
import { eraseClick } from './clicks/erasure';
import { getConversions } from './conversions/conversions';
import { deleteDeadLetter, getDeadLetter, getDeadLetters, redriveDeadLetters } from './dead-letters/dead-letters';
import { getDeliveries } from './deliveries/list';
import { getDelivery, resendDelivery } from './deliveries/one';
import { deleteSecret, putSecret } from './sources/secrets';
import { testSource } from './sources/test-source';
import type { DescribedRoute } from './http/description';
import {
  deliveriesDescription,
  deliveryDescription,
  resendDescription,
  secretDeletionDescription,
  secretDescription,
  sourceTestDescription,
} from './deliveries/routes';
import { documentDescriptions } from './documents/routes';
import { meDescription, openApiDescription } from './openapi/routes';
import { batchDescription, postbackDescription, postbacksDescription, replayDescription } from './log/routes';
import { countedCellsDescription, reportDescription, storedCellsDescription } from './reports/routes';
import {
  clickDescription,
  clickErasureDescription,
  conversionsDescription,
  deadLetterDeletionDescription,
  deadLetterDescription,
  deadLettersDescription,
  redriveDescription,
} from './dead-letters/routes';
import {
  credentialsDescription,
  keysDescription,
  postbackUrlDescription,
  presetsDescription,
  rotationDescription,
  sheetDescription,
  sheetWithTokenDescription,
  testClickDescription,
  testPageDescription,
} from './integrations/routes';
import { deleteDocument } from './documents/deletion';
import { getCollection, getDocument } from './documents/reading';
import { putDocument } from './documents/writing';
import { getIntegrationSheet, getSheetWithToken } from './sheet/endpoint';
import { getIntegrationKeys, getPostbackUrl, readCredentials, rotateIntegrationKeys } from './integrations/keys';
import { getMe } from './me/me';
import { getOpenApi } from './openapi/endpoint';
import { getPostback, getPostbacks } from './log/postbacks';
import { getPresets } from './presets/presets';
import { replayPostbacks } from './replay/replay';
import { getCountedCells, getStoredCells } from './reports/audit';
import { getReport } from './reports/get-report';
import { pathPrefix, type AdminRequest, type RoutedRequest } from './http/request';
import type { Services } from './http/services';
import { makeTestClick } from './clicks/test-clicks';
import { getTestPage } from './test-page/page';

type Run = (request: RoutedRequest, services: Services) => Promise<Answer>;

interface Route extends DescribedRoute {
  readonly run: Run;
}

function collectionRoutes(collection: Collection): readonly Route[] {
  const description = documentDescriptions(collection);
  const one = `${collection.name}/{id}`;
  return [
    { method: 'GET', path: collection.name, run: getCollection(collection), description: description.list },
    { method: 'GET', path: one, run: getDocument(collection), description: description.get },
    { method: 'PUT', path: one, run: putDocument(collection), description: description.put },
    { method: 'DELETE', path: one, run: deleteDocument(collection), description: description.delete },
  ];
}

const routes: readonly Route[] = [
  ...collectionRoutes(campaigns),
  ...collectionRoutes(integrations),
  { method: 'GET', path: 'integrations/{id}/postback-url', run: getPostbackUrl, description: postbackUrlDescription },
  { method: 'POST', path: 'integrations/{id}/credentials', run: readCredentials, description: credentialsDescription },
  { method: 'GET', path: 'integrations/{id}/sheet', run: getIntegrationSheet, description: sheetDescription },
  {
    method: 'POST',
    path: 'integrations/{id}/sheet',
    run: getSheetWithToken,
    description: sheetWithTokenDescription,
  },
  { method: 'GET', path: 'integrations/{id}/keys', run: getIntegrationKeys, description: keysDescription },
  { method: 'POST', path: 'integrations/{id}/keys', run: rotateIntegrationKeys, description: rotationDescription },
  ...collectionRoutes(sources),
  { method: 'POST', path: 'sources/{id}/test', run: testSource, description: sourceTestDescription },
  { method: 'PUT', path: 'sources/{id}/secrets/{secretName}', run: putSecret, description: secretDescription },
  {
    method: 'DELETE',
    path: 'sources/{id}/secrets/{secretName}',
    run: deleteSecret,
    description: secretDeletionDescription,
  },
  ...collectionRoutes(costs),
  ...collectionRoutes(rates),
  { method: 'GET', path: 'postbacks', run: getPostbacks, description: postbacksDescription },
  { method: 'GET', path: 'postbacks/{requestId}', run: getPostback, description: postbackDescription },
  { method: 'POST', path: 'postbacks/replay', run: replayPostbacks, description: replayDescription },
  { method: 'GET', path: 'batches/{batchId}', run: getBatch, description: batchDescription },
  { method: 'GET', path: 'conversions', run: getConversions, description: conversionsDescription },
  { method: 'GET', path: 'reports', run: getReport, description: reportDescription },
  { method: 'GET', path: 'reports/audit/stored', run: getStoredCells, description: storedCellsDescription },
  { method: 'POST', path: 'reports/audit/counted', run: getCountedCells, description: countedCellsDescription },
  { method: 'GET', path: 'clicks/{clickId}', run: getClick, description: clickDescription },
  { method: 'DELETE', path: 'clicks/{clickId}', run: eraseClick, description: clickErasureDescription },
  { method: 'GET', path: 'deliveries', run: getDeliveries, description: deliveriesDescription },
  { method: 'GET', path: 'deliveries/{deliveryId}', run: getDelivery, description: deliveryDescription },
  { method: 'POST', path: 'deliveries/{deliveryId}/resend', run: resendDelivery, description: resendDescription },
  { method: 'GET', path: 'dead-letters', run: getDeadLetters, description: deadLettersDescription },
  { method: 'GET', path: 'dead-letters/{messageId}', run: getDeadLetter, description: deadLetterDescription },
  {
    method: 'DELETE',
    path: 'dead-letters/{messageId}',
    run: deleteDeadLetter,
    description: deadLetterDeletionDescription,
  },
  { method: 'POST', path: 'dead-letters/redrive', run: redriveDeadLetters, description: redriveDescription },
  { method: 'POST', path: 'test-clicks', run: makeTestClick, description: testClickDescription },
  { method: 'GET', path: 'test-page', run: getTestPage, description: testPageDescription },
  { method: 'GET', path: 'presets', run: getPresets, description: presetsDescription },
  { method: 'GET', path: 'me', run: getMe, description: meDescription },
  { method: 'GET', path: 'openapi.json', run: getOpenApi(() => routes), description: openApiDescription },
];

/** The route of a request, `postbacks/replay` before `postbacks/{requestId}`; refuses a path or a method that there is none for. */
export function routeOf(request: AdminRequest): {
  readonly route: Route;
  readonly parameters: { readonly id: string };
} {
  const literal = routes.filter(({ path }) => path === request.segments.join('/'));
  const matching = literal.length > 0 ? literal : routes.filter(({ path }) => matches(path, request.segments));
  if (matching.length === 0) throw unknownPath(request.segments);
  const route = matching.find(({ method }) => method === request.method);
  if (route === undefined) {
    const allow = matching.map(({ method }) => method).join(', ');
    throw new Refusal('METHOD_NOT_ALLOWED', `This path takes ${allow}, not ${request.method}.`, {}, { allow });
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
function unknownPath([first]: readonly string[]): Refusal {
  const near = routes.filter(({ path }) => path.split('/')[0] === first);
  const told = (near.length > 0 ? near : routes).map(({ method, path }) => `${method} ${pathPrefix}/${path}`);
  return notFound(`There is no such path. There ${near.length > 0 ? 'are' : 'is'}: ${told.join(', ')}.`);
}
