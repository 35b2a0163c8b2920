import * as fc from 'fast-check';
import type { Operation, Parameter } from './operations';
import type { Schemas } from './schemas';
import { damagedValuesOf, valuesOf } from './values';

/** A request of one operation, before it is sent. */
export interface SentRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
}

/** Names of what is there, by the operation's path parameter and the collection that it is of: `campaigns/{id}`. */
export type Known = (place: string) => readonly string[];

const text = fc.string({ minLength: 1, unit: 'grapheme' });
/** `.` and `..` are for the client to resolve, and never get here. */
const segment = text.filter((value) => value.isWellFormed() && !/^\.{1,2}$/.test(value));

/** Requests that the document allows. */
export function allowedRequests(operation: Operation, schemas: Schemas, known: Known): fc.Arbitrary<SentRequest> {
  // A cursor is nothing that a client makes.
  const query = operation.parameters.filter(({ in: place, name }) => place === 'query' && name !== 'cursor');
  const { body } = operation;
  const sentBody = body === undefined ? fc.constant(undefined) : valuesOf(body.schema, schemas);
  return fc
    .record({
      path: pathOf(operation, known, (parameter) => valuesOf(parameter.schema, schemas).map(String)),
      query: someOf(query, (parameter) => valuesOf(parameter.schema, schemas).map(String)),
      headers: headersOf(operation, (parameter) => valuesOf(parameter.schema, schemas).map(String)),
      body: body?.required === false ? fc.option(sentBody, { nil: undefined }) : sentBody,
    })
    .map(({ path, query: pairs, headers, body: value }) => ({
      path: withQuery(path, pairs),
      headers,
      ...(value !== undefined && { body: value }),
    }));
}

/** Requests of which some part is not what the document allows. */
export function damagedRequests(operation: Operation, schemas: Schemas, known: Known): fc.Arbitrary<SentRequest> {
  const { body } = operation;
  const pairs = fc.array(
    fc.tuple(fc.oneof(fc.constantFrom('stranger', ...operation.parameters.map(({ name }) => name)), text), text),
    { maxLength: 4 },
  );
  const bodies: fc.Arbitrary<Pick<SentRequest, 'body' | 'text'>> =
    body === undefined
      ? fc.record({ body: fc.jsonValue() }, { requiredKeys: [] })
      : fc.oneof(
          { weight: 4, arbitrary: damagedValuesOf(body.schema, schemas).map((value) => ({ body: value })) },
          { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }).map((sent) => ({ text: sent })) },
        );
  return fc
    .record({
      path: pathOf(operation, known, () => segment),
      pairs,
      headers: headersOf(operation, () => fc.string()),
      bodies,
    })
    .map(({ path, pairs: sent, headers, bodies: sentBody }) => ({ path: withQuery(path, sent), headers, ...sentBody }));
}

function pathOf(
  { path, parameters }: Operation,
  known: Known,
  anything: (parameter: Parameter) => fc.Arbitrary<string>,
): fc.Arbitrary<string> {
  const names = parameters.filter(({ in: place }) => place === 'path');
  const place = path.slice('/admin/v1/'.length);
  const values = names.map((parameter) =>
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known(place)) }, { weight: 1, arbitrary: anything(parameter) }),
  );
  return fc
    .tuple(...values)
    .map((chosen) =>
      names.reduce(
        (filled, { name }, index) => filled.replace(`{${name}}`, () => encodeURIComponent(chosen[index] ?? '')),
        place,
      ),
    );
}

function someOf(
  parameters: readonly Parameter[],
  value: (parameter: Parameter) => fc.Arbitrary<string>,
): fc.Arbitrary<readonly (readonly [string, string])[]> {
  const each = Object.fromEntries(parameters.map((parameter) => [parameter.name, value(parameter)]));
  return fc
    .record(each, { requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name) })
    .map((chosen) =>
      Object.entries(chosen).flatMap(([name, sent]) => (sent === undefined ? [] : [[name, sent] as const])),
    );
}

function headersOf(
  { parameters }: Operation,
  value: (parameter: Parameter) => fc.Arbitrary<string>,
): fc.Arbitrary<Readonly<Record<string, string>>> {
  return someOf(
    parameters.filter(({ in: place }) => place === 'header'),
    value,
  ).map((pairs) => Object.fromEntries(pairs.map(([name, sent]) => [name.toLowerCase(), sent])));
}

function withQuery(path: string, pairs: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
  return `/${path}${query === '' ? '' : `?${query}`}`;
}
