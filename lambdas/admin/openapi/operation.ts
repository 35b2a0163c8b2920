import type { JsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { identifier } from '../../domain/configuration/fields';
import { errorsOf, type DescribedAnswer, type DescribedRoute } from '../http/description';
import { secretName } from '../sources/secrets';
import { errors, type ErrorCode } from '../http/errors';
import { pathPrefix } from '../http/request';
import { errorName, gatewayAnswer } from './components';
import { jsonSchemasOf, referenceTo } from './json-schema';

const idText = v.pipe(v.string(), v.regex(/^[0-9A-Za-z]+$/));
/** 32 letters of Crockford's base32, in any case and with the letters that are taken for digits. */
const clickIdText = v.pipe(v.string(), v.regex(/^[0-9A-TV-Za-tv-z]{32}$/));

/** The path parameters, by their names in braces. */
const pathParameters: Readonly<Record<string, { readonly schema: v.GenericSchema; readonly description: string }>> = {
  id: { schema: identifier, description: 'The ID of the document' },
  requestId: { schema: idText, description: 'A requestId, as the sender was answered with it' },
  batchId: { schema: idText, description: 'A batchId, as the sender was answered with it' },
  messageId: {
    schema: v.pipe(v.string(), v.nonEmpty()),
    description: 'The messageId of a dead letter, as the list shows it',
  },
  deliveryId: {
    schema: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
    description: 'The ID of a delivery, as the list shows it',
  },
  secretName: { schema: secretName, description: 'The name in `{secret:NAME}`' },
  clickId: { schema: clickIdText, description: 'A click ID, in any case' },
};

/** One operation of the OpenAPI document. */
export function operationOf(route: DescribedRoute): object {
  const { path, description } = route;
  const { id, tag, summary, details, body, conditional, answers } = description;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(details !== undefined && { description: details }),
    parameters: [
      ...namesIn(path).map(pathParameter),
      ...queryParameters(description.query),
      ...(conditional === true ? [ifMatch] : []),
    ],
    ...(body !== undefined && {
      requestBody: { required: body.optional !== true, content: jsonContent([body.name]) },
    }),
    responses: {
      ...Object.fromEntries(answers.map((answer) => [answer.status, responseOf(answer)])),
      ...errorResponses(errorsOf(route)),
    },
  };
}

export function pathOf({ path }: DescribedRoute): string {
  return `${pathPrefix}/${path}`;
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

function pathParameter(name: string): object {
  const known = pathParameters[name];
  if (known === undefined) throw new Error(`no description of {${name}}`);
  const { schema } = jsonSchemasOf({ schema: known.schema }, 'request');
  return { name, in: 'path', required: true, description: known.description, schema };
}

export function queryParameters(query: Readonly<Record<string, v.GenericSchema>>): readonly object[] {
  return Object.entries(jsonSchemasOf(query, 'request')).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(description !== undefined && { description }),
    schema,
  }));
}

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  description: 'The version that the change is based on, as the ETag of an answer shows it; `*` for any',
  schema: { type: 'string', pattern: String.raw`^(\*|(W/)?"\d{1,9}"|\d{1,9})$`, examples: ['"3"'] },
};

const askAgain = {
  Location: { description: 'Where to ask again', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which to ask again', schema: { type: 'integer' } },
};

function responseOf({ when, shapes, mediaType, versioned, unfinished }: DescribedAnswer): object {
  const etag = { description: 'The version of the document', schema: { type: 'string', pattern: String.raw`^"\d+"$` } };
  return {
    description: when,
    ...(versioned === true && { headers: { ETag: etag } }),
    ...(unfinished === true && { headers: askAgain }),
    ...((shapes !== undefined || mediaType !== undefined) && {
      content: {
        ...(shapes !== undefined && jsonContent(Object.keys(shapes))),
        ...(mediaType !== undefined && { [mediaType]: { schema: { type: 'string' } } }),
      },
    }),
  };
}

export function jsonContent(names: readonly string[]): object {
  const references = names.map((name): JsonSchema => ({ $ref: referenceTo(name) }));
  const [only] = references;
  return { 'application/json': { schema: references.length === 1 ? only : { anyOf: references } } };
}

/** Returns one response for each status, of all errors that have it, including those of API Gateway itself. */
function errorResponses(codes: readonly ErrorCode[]): Readonly<Record<string, object>> {
  const byStatus = Map.groupBy(codes, (code) => String(errors[code].status));
  const own = [...byStatus].map(([status, those]) => [status, errorResponse(status, those)] as const);
  return {
    '403': gatewayResponse(403, []),
    '429': gatewayResponse(429, []),
    ...Object.fromEntries(own),
  };
}

function errorResponse(status: string, codes: readonly ErrorCode[]): object {
  if (status in gatewayWords) return gatewayResponse(Number(status), codes);
  const retry = { description: 'Seconds after which to try again', schema: { type: 'integer' } };
  return {
    description: codes.map((code) => `\`${code}\`: ${errors[code].when}`).join('. '),
    ...(codes.includes('STORAGE_UNAVAILABLE') && { headers: { 'Retry-After': retry } }),
    content: jsonContent(codes.map(errorName)),
  };
}

const gatewayWords: Readonly<Record<string, string>> = {
  '403': 'The signature is missing or wrong, or its principal may not',
  '429': 'Too many requests in this second: try again a little later',
};

function gatewayResponse(status: number, codes: readonly ErrorCode[]): object {
  const described = codes.map((code) => `\`${code}\`: ${errors[code].when}`);
  return {
    description: [gatewayWords[status], ...described].join('. '),
    content: jsonContent([gatewayAnswer.name, ...codes.map(errorName)]),
  };
}
