import { parseJsonPattern } from './json-pattern';
import { parseMacros, type Macro } from './macro';
import type { JsonBody, RequestPattern } from '../configuration/outbound-postback';

/** A text of a request that may contain macros, with its path in the postback. */
export interface PatternText {
  readonly path: readonly string[];
  readonly text: string;
  readonly place: 'url' | 'header' | 'form' | 'json';
}

type Body = NonNullable<RequestPattern['body']>;

/** A body as it is filled in: JSON, or a form. */
export function readBodyPattern(body: Body): { readonly json: JsonBody } | { readonly form: string } {
  if (typeof body !== 'string') return { json: body };
  const json = parseJsonPattern(body);
  return json === undefined ? { form: body } : { json };
}

/** The texts of a request. */
export function textsOf({ url, headers = {}, body }: RequestPattern): readonly PatternText[] {
  return [
    { path: ['url'], text: url, place: 'url' },
    ...Object.entries(headers).map(([name, text]) => ({ path: ['headers', name], text, place: 'header' as const })),
    ...(body === undefined ? [] : textsOfBody(body)),
  ];
}

function textsOfBody(body: Body): readonly PatternText[] {
  const read = readBodyPattern(body);
  if ('form' in read) return [{ path: ['body'], text: read.form, place: 'form' }];
  // Within a text there are no paths that its writer could follow.
  return textsIn(read.json, ['body']).map((found) => (typeof body === 'string' ? { ...found, path: ['body'] } : found));
}

function textsIn(value: unknown, path: readonly string[]): readonly PatternText[] {
  if (typeof value === 'string') return [{ path, text: value, place: 'json' }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsIn(inner, [...path, name]));
}

/** Every macro of a request. */
export function macrosOf(pattern: RequestPattern): readonly Macro[] {
  return textsOf(pattern).flatMap(({ text }) =>
    parseMacros(text).segments.filter((segment) => typeof segment !== 'string'),
  );
}
