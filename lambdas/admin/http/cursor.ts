import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { rejectionOfParameter } from './answer';

/**
 * A cursor is the position where a list continues, in a form that nobody is tempted to parse, with a mark of the query it belongs to: under
 * other filters it would skip rows without a word.
 */
export function writeCursor(query: string, position: object): string {
  return Buffer.from(JSON.stringify({ query: markOf(query), position })).toString('base64url');
}

const envelope = v.strictObject({ query: v.string(), position: v.unknown() });

export function readCursor<Position>(
  query: string,
  schema: v.GenericSchema<unknown, Position>,
  cursor: string | undefined,
): Position | undefined {
  if (cursor === undefined) return undefined;
  const read = v.safeParse(envelope, parse(cursor));
  const position = v.safeParse(schema, read.success ? read.output.position : undefined);
  if (!read.success || !position.success) {
    throw rejectionOfParameter('cursor', 'is not one that this list gave; ask again without it');
  }
  if (read.output.query !== markOf(query)) {
    throw rejectionOfParameter('cursor', 'belongs to another query; send it with the parameters it came from');
  }
  return position.output;
}

/** Whether a cursor belongs to a query; for a list that continues in one of two ways. */
export function isCursorOf(query: string, cursor: string): boolean {
  const read = v.safeParse(envelope, parse(cursor));
  return read.success && read.output.query === markOf(query);
}

/** The text of a query by which its cursors are known: the list and its filters, in whatever order they were sent. */
export function queryOf(list: string, parameters: Readonly<Record<string, unknown>>): string {
  const filters = Object.entries(parameters).filter(
    ([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined,
  );
  return JSON.stringify([list, ...filters.sort(([left], [right]) => (left < right ? -1 : 1))]);
}

function markOf(query: string): string {
  return createHash('sha256').update(query).digest('base64url').slice(0, 12);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
