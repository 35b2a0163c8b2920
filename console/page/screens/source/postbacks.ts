import * as v from 'valibot';
import type { SourceTemplate, StoredDocument } from '../../api/answers';

const postbacks = v.array(
  v.looseObject({ id: v.string(), template: v.optional(v.string()), currency: v.optional(v.string()) }),
);
export type Postback = v.InferOutput<typeof postbacks>[number];

/** The postbacks of a source that this page understands. */
export function postbacksOf(document: StoredDocument): readonly Postback[] {
  const reading = v.safeParse(postbacks, document['postbacks']);
  return reading.success ? reading.output : [];
}

/** The secrets that a postback asks for: of its template, and those that its own URL, headers and body name. */
export function secretsOf(postback: Postback, template: SourceTemplate | undefined): SourceTemplate['secrets'] {
  const known = template?.secrets ?? [];
  const named = [...JSON.stringify(postback).matchAll(/\{secret:([A-Za-z][\w-]*)/g)].map(([, name = '']) => name);
  const own = [...new Set(named)].filter((name) => !known.some((one) => one.name === name));
  return [...known, ...own.map((name) => ({ name, where: `The value of {secret:${name}}.`, required: true }))];
}
