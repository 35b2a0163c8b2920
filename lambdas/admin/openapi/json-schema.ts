import { toJsonSchemaDefs, type ConversionConfig, type JsonSchema } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { origin } from '../../domain/configuration/browser';
import { percent } from '../../domain/configuration/cost';
import { amount, currency } from '../../domain/configuration/fields';
import { reservedNames } from '../../domain/configuration/reserved-names';
import { field } from '../http/answer-schema';

/** Whether a schema describes a request, before it is read, or an answer. */
export type Side = 'request' | 'answer';

/** Results of these transformations, which JSON Schema cannot follow, as an answer then shows them. */
const shownAs: ReadonlyMap<object, JsonSchema> = new Map<object, JsonSchema>([
  [amount.pipe[2], { type: 'string', pattern: field.amount.pipe[1].requirement.source }],
  [percent.pipe[2], { type: 'string', pattern: field.amount.pipe[1].requirement.source }],
  [currency.pipe[2], { type: 'string', pattern: '^[A-Z]{3}$' }],
  [origin.pipe[3], { type: 'string', pattern: '^https?://[^/]+$' }],
]);

/**
 * Actions that JSON Schema cannot express. A check alone has no output: `v.metadata` beside it has a pattern or a format, and a test that
 * sends what the document allows finds one without.
 */
const silent: ReadonlySet<string> = new Set(['check', 'finite', 'partial_check', 'raw_check', 'to_lower_case', 'trim']);

/** The JSON Schemas (2020-12) of many schemas by name; where one holds another of them, it refers to it by its name. */
export function jsonSchemasOf(
  schemas: Readonly<Record<string, v.GenericSchema>>,
  side: Side,
): Readonly<Record<string, JsonSchema>> {
  const config: ConversionConfig = {
    target: 'draft-2020-12',
    typeMode: side === 'request' ? 'input' : 'output',
    overrideAction: ({ valibotAction, jsonSchema }) =>
      silent.has(valibotAction.type) ? jsonSchema : shownAs.get(valibotAction),
    // Names that mean something else to every JavaScript object are no names of a document.
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === 'record'
        ? { ...jsonSchema, propertyNames: { ...recordOf(jsonSchema.propertyNames), not: { enum: [...reservedNames] } } }
        : undefined,
    overrideRef: ({ referenceId }) => referenceTo(referenceId),
  };
  return toJsonSchemaDefs(schemas, config);
}

const recordOf = (schema: unknown): object => (typeof schema === 'object' && schema !== null ? schema : {});

export function referenceTo(name: string): string {
  return `#/components/schemas/${name}`;
}
