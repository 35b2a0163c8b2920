import type { JsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { errorsOf, type DescribedBody, type DescribedRoute } from '../http/description';
import { errorSchema, type ErrorCode } from '../http/errors';
import { jsonSchemasOf } from './json-schema';

/** An answer of API Gateway itself, before a request reaches the function. */
export const gatewayAnswer = { name: 'GatewayAnswer', schema: v.looseObject({ message: v.string() }) } as const;

/** `VERSION_CONFLICT` → `VersionConflictError`, `INTERNAL_ERROR` → `InternalError` */
export function errorName(code: ErrorCode): string {
  const words = code
    .toLowerCase()
    .replace(/_error$/, '')
    .split('_');
  return `${words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('')}Error`;
}

type Schemas = Readonly<Record<string, v.GenericSchema>>;

/** Every schema that the document has a name for: of bodies, of answers and what is within them, of errors. */
export function componentsOf(
  routes: readonly DescribedRoute[],
  publicAnswers: Schemas,
): Readonly<Record<string, JsonSchema>> {
  const bodies = routes.flatMap(({ description }) => description.body ?? []);
  const answers = routes.flatMap(({ description }): Schemas[] => [
    ...description.answers.map(({ shapes = {} }) => shapes),
    description.parts ?? {},
  ]);
  const codes = routes.flatMap(errorsOf);
  const failures = Object.fromEntries(codes.map((code) => [errorName(code), errorSchema(code)]));
  const shown: Schemas = {
    ...Object.fromEntries([...answers, publicAnswers].flatMap((schemas) => Object.entries(schemas))),
    ...failures,
    [gatewayAnswer.name]: gatewayAnswer.schema,
  };
  return { ...Object.fromEntries(bodies.map(bodySchema)), ...jsonSchemasOf(shown, 'answer') };
}

/** A body, with the fields that may come along beside it. */
function bodySchema({ name, schema, beside = {} }: DescribedBody): [string, JsonSchema] {
  const { own, more } = jsonSchemasOf({ own: schema, more: v.strictObject(beside) }, 'request');
  return [name, { ...own, properties: { ...own?.properties, ...more?.properties } }];
}
