import * as fc from 'fast-check';
import { record } from '../../lambdas/admin/support/admin-caller';
import type { Schema } from './operations';
import type { Schemas } from './schemas';

/** Values that a schema allows: made by its words, and thrown away where one that we do not make by says no. */
export function valuesOf(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  return roughly(schema, schemas).filter((value) => schemas.problemOf(schema, value) === undefined);
}

/** Values that a schema does not allow: of a wrong kind, without what must be there, or with what must not. */
export function damagedValuesOf(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const damaged = fc
    .tuple(valuesOf(schema, schemas), fc.jsonValue(), fc.nat(), fc.boolean())
    .map(([value, other, at, remove]) => damage(value, other, at, remove));
  return fc.oneof(damaged, fc.jsonValue());
}

function damage(value: unknown, other: unknown, at: number, remove: boolean): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return other;
  const fields = record(value);
  const names = [...Object.keys(fields), 'stranger'];
  const name = names[at % names.length] ?? 'stranger';
  const inner = fields[name];
  if (typeof inner === 'object' && inner !== null && at % 2 === 0) {
    return { ...fields, [name]: damage(inner, other, Math.floor(at / names.length), remove) };
  }
  if (remove) return Object.fromEntries(Object.entries(fields).filter(([own]) => own !== name));
  return { ...fields, [name]: other };
}

function roughly(given: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const schema = schemas.resolve(given);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom<unknown>(...schema['enum']);
  if (Array.isArray(schema['anyOf'])) {
    const { anyOf: _options, ...rest } = schema;
    return fc.oneof(...schema['anyOf'].map((option) => roughly({ ...rest, ...record(option) }, schemas)));
  }
  switch (schema['type']) {
    case 'object':
      return objects(schema, schemas);
    case 'array':
      return fc.array(roughly(schema['items'] === undefined ? {} : record(schema['items']), schemas), {
        minLength: numberIn(schema, 'minItems') ?? 0,
        maxLength: Math.min(numberIn(schema, 'maxItems') ?? 4, 4),
      });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: numberIn(schema, 'minimum') ?? -1000, max: numberIn(schema, 'maximum') ?? 1000 });
    case 'number':
      return fc
        .integer({ min: numberIn(schema, 'minimum') ?? -1000, max: numberIn(schema, 'maximum') ?? 100_000 })
        .map((whole) => (whole % 3 === 0 ? whole : whole / 4));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue();
  }
}

function objects(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema['properties'] === undefined ? {} : record(schema['properties']))
    .map(([name, inner]) => [name, record(inner)] as const)
    // What is read-only is not for a client to send.
    .filter(([, inner]) => inner['readOnly'] !== true);
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const known = fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, roughly(inner, schemas)])), {
    requiredKeys: required.filter((name) => properties.some(([own]) => own === name)),
  });
  const more = schema['additionalProperties'];
  if (typeof more !== 'object' || more === null) return known;
  const names = schema['propertyNames'] === undefined ? {} : record(schema['propertyNames']);
  return fc
    .tuple(known, fc.dictionary(allowedNames(names), roughly(record(more), schemas), { maxKeys: 3 }))
    .map(([own, others]) => ({ ...others, ...own }));
}

const hour = 3_600_000;
/** Around now, so that a period is soon walked through. */
const moments = fc
  .date({ min: new Date(Date.now() - 12 * hour), max: new Date(Date.now() + 2 * hour), noInvalidDate: true })
  .map((date) => date.toISOString());

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': moments,
  date: moments.map((moment) => moment.slice(0, 10)),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
};

/** Names of properties, but for those that the schema excludes. */
function allowedNames(schema: Schema): fc.Arbitrary<string> {
  const excluded = schema['not'] === undefined ? undefined : record(schema['not'])['enum'];
  return texts(schema).filter((name) => !(Array.isArray(excluded) && excluded.includes(name)));
}

function texts(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern } = schema;
  const maxLength = numberIn(schema, 'maxLength');
  const fits = (text: string): boolean => maxLength === undefined || text.length <= maxLength;
  const ofFormat = typeof format === 'string' ? formats[format] : undefined;
  if (ofFormat !== undefined) return ofFormat;
  const free = fc.string({
    minLength: numberIn(schema, 'minLength') ?? 0,
    maxLength: Math.min(maxLength ?? 40, 40),
    unit: 'grapheme',
  });
  if (typeof pattern === 'string' && pattern !== String.raw`\S`) {
    return matching(pattern, maxLength ?? 60);
  }
  return free.filter((text) => fits(text) && (pattern === undefined || /\S/.test(text)));
}

const ofPatterns = new Map<string, fc.Arbitrary<string>>();

/** Texts of a pattern. To take a pattern apart costs more than a hundred texts of it, and the document has few. */
function matching(pattern: string, maxLength: number): fc.Arbitrary<string> {
  const key = `${maxLength} ${pattern}`;
  const made = ofPatterns.get(key) ?? fc.stringMatching(new RegExp(pattern), { maxLength });
  ofPatterns.set(key, made);
  return made;
}

function numberIn(schema: Schema, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}
