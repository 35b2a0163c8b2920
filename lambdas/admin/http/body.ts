import * as v from 'valibot';
import { type FieldProblem, reservedNameProblems } from '../../domain/configuration/reserved-names';
import { misplacedLists } from '../../domain/configuration/misplaced-lists';
import { AdminError, FieldsError } from './answer';

/** The body of a request without fields: `{}`, or empty. */
export const noFields = v.strictObject({});

/** Reads a body by its schema; every field that is wrong is named. An empty body is an empty object. */
export function readBodyFields<Fields>(what: string, text: string, schema: v.GenericSchema<unknown, Fields>): Fields {
  const body = text.trim() === '' ? {} : readObject(what, text);
  const reserved = reservedNameProblems(body);
  if (reserved.length > 0) throw bodyRejection(reserved);
  const reading = v.safeParse(schema, body);
  if (reading.success) {
    const lists = misplacedLists(body, reading.output);
    if (lists.length > 0) throw bodyRejection(lists);
    return reading.output;
  }
  throw bodyRejection(
    reading.issues.map((issue) => ({
      path: v.getDotPath(issue) ?? '',
      problem: problemOf(issue, what),
    })),
  );
}

function problemOf({ type, expected, message }: v.BaseIssue<unknown>, what: string): string {
  if (type !== 'strict_object') return message;
  // The schema quotes the name of a field that is missing.
  return `${expected?.startsWith('"') === true ? 'must be given' : 'is no field here'}; send ${what}`;
}

/** Reads fields of a body like parameters of a query; problems are reported in the words of a body. */
export function asBody<Value>(folder: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
    throw bodyRejection(error.problems.map(({ path, problem }) => ({ path: `${folder}${path}`, problem })));
  }
}

function bodyRejection(problems: readonly FieldProblem[]): FieldsError {
  return new FieldsError('BODY_INVALID', 'The body is wrong', problems);
}

/** Reads a body that must be a JSON object. The rejection names what it should be. */
export function readObject(what: string, text: string): Readonly<Record<string, unknown>> {
  const expected = `Send ${what} as a JSON object.`;
  if (text.trim() === '') throw new AdminError('BODY_INVALID', `The body is empty. ${expected}`, {});
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof SyntaxError ? error.message : 'it does not read';
    throw new AdminError('BODY_INVALID', `The body is not JSON: ${problem}. ${expected}`, {});
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new AdminError('BODY_INVALID', `The body is JSON, but no object. ${expected}`, {});
  }
  // As it came: a schema of any record would drop reserved names before they are found.
  return { ...body };
}
