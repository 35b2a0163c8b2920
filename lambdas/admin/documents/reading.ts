import * as v from 'valibot';
import { adminJson, list, notFound, type Answer } from '../http/answer';
import { checkId, noDocument, type Collection } from './collections';
import { queryOf, readCursor, writeCursor } from '../http/cursor';
import { entityTag, viewOf } from './view';
import {
  defaultLimit,
  flagParameter,
  parameter,
  readQueryParameters,
  type Parameters,
  type QuerySchema,
} from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Services } from '../http/services';

export const collectionQuery = { limit: parameter.limit, cursor: parameter.cursor } as const satisfies QuerySchema;

const history = flagParameter(
  'Lists every version, newest first, deletions included; limit and cursor are for this list',
);
export const documentQuery = { history, ...collectionQuery } as const satisfies QuerySchema;

const afterId = v.strictObject({ after: v.pipe(v.string(), v.maxLength(64)) });
const belowVersion = v.strictObject({ below: v.pipe(v.number(), v.integer(), v.minValue(1)) });

export function getCollection({ name, kind }: Collection) {
  return async (request: RoutedRequest, { configuration }: Services): Promise<Answer> => {
    const parameters = readQueryParameters(request, collectionQuery);
    const query = queryOf(name, parameters);
    const position = readCursor(query, afterId, parameters.cursor);
    const page = { ...position, limit: parameters.limit ?? defaultLimit };
    const { versions, more } = await configuration.list(kind, page, request.deadline);
    const last = versions.at(-1);
    return list(versions.map(viewOf), more && last ? writeCursor(query, { after: last.id }) : undefined);
  };
}

export function getDocumentRoute(collection: Collection) {
  return async (request: RoutedRequest, services: Services): Promise<Answer> => {
    checkId(request.id);
    const parameters = readQueryParameters(request, documentQuery);
    if (parameters.history === true) return getHistory(collection, request, services, parameters);
    readQueryParameters(request, { history });
    const newest = await services.configuration.newest(collection.kind, request.id, request.deadline);
    if (newest === undefined) throw noDocument(collection, request.id);
    if (newest.deleted) {
      throw notFound(
        `The ${collection.kind} ${request.id} was deleted by ${newest.author} at ${new Date(newest.changedAt).toISOString()}. ` +
          'Its versions are still there: add ?history=1.',
      );
    }
    return adminJson(200, viewOf(newest), entityTag(newest));
  };
}

async function getHistory(
  collection: Collection,
  { id, deadline }: RoutedRequest,
  { configuration }: Services,
  parameters: Parameters<typeof documentQuery>,
): Promise<Answer> {
  const { name, kind } = collection;
  const query = queryOf(`${name}/${id}`, parameters);
  const position = readCursor(query, belowVersion, parameters.cursor);
  const page = { ...position, limit: parameters.limit ?? defaultLimit };
  const { versions, more } = await configuration.versions(kind, id, page, deadline);
  if (versions.length === 0 && position === undefined) throw noDocument(collection, id);
  const last = versions.at(-1);
  return list(versions.map(viewOf), more && last ? writeCursor(query, { below: last.version }) : undefined);
}
