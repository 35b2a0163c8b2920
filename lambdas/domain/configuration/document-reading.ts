import * as v from 'valibot';
import type { DocumentKind, DocumentOf, DocumentReading } from './document';
import { reservedNameProblems } from './reserved-names';

/** Reads a document by the schema of its kind; every wrong field is named with its path. */
export function readBySchema<Kind extends DocumentKind>(
  schema: v.GenericSchema<unknown, DocumentOf[Kind]>,
  input: unknown,
): DocumentReading<Kind> {
  const result = v.safeParse(schema, input);
  // Schemas drop such fields in silence.
  const reserved = reservedNameProblems(input);
  if (result.success && reserved.length === 0) return { ok: true, document: result.output };
  const others = (result.issues ?? []).map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: problemOf(issue) }));
  return {
    ok: false,
    problems: [...reserved, ...others.filter(({ path }) => !reserved.some((one) => one.path === path))],
  };
}

function problemOf({ type, expected, message }: v.BaseIssue<unknown>): string {
  if (type !== 'strict_object') return message;
  if (expected === 'never') return 'is no field of this document';
  // The schema quotes the name of a field that is missing.
  return expected?.startsWith('"') ? 'must be given' : message;
}
