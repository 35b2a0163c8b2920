import * as v from 'valibot';
import { Refusal, refusalOfFields } from './answer';
import { readObject } from './document-body';

/** Reads a body by its schema; every field that is wrong is named. An empty body is an empty object. */
export function readBody<Fields>(what: string, text: string, schema: v.GenericSchema<unknown, Fields>): Fields {
  const reading = v.safeParse(schema, text.trim() === '' ? {} : readObject(what, text));
  if (reading.success) return reading.output;
  throw bodyRefusal(
    reading.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      problem: issue.type === 'strict_object' ? `is no field here; send ${what}` : issue.message,
    })),
  );
}

/** Reads fields of a body by what reads parameters of a query: what is wrong is told in the words of a body. */
export function asBody<Value>(folder: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const problems = error instanceof Refusal ? error.details.problems : undefined;
    if (problems === undefined) throw error;
    throw bodyRefusal(problems.map(({ path, problem }) => ({ path: `${folder}${path}`, problem })));
  }
}

function bodyRefusal(problems: readonly { readonly path: string; readonly problem: string }[]): Refusal {
  return refusalOfFields('BODY_INVALID', 'The body is wrong', problems);
}
