import * as v from 'valibot';
import { reservedNameProblems, type FieldProblem } from './reserved-names';

/** A document, or what is wrong with it. */
export type FieldsReading<Document> =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** Something of a document that works as it is written, and is hardly meant so. */
export interface DocumentWarning {
  /** Path in the document: `offers.0.url`. */
  readonly path: string;
  readonly message: string;
}

/** Reads a document by the schema of its kind; every wrong field is named with its path. */
export function readBySchema<Document>(
  schema: v.GenericSchema<unknown, Document>,
  input: unknown,
): FieldsReading<Document> {
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
