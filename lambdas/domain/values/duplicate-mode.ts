/**
 * What a postback of a known key does when its status is the one already stored:
 * - `ignore`: nothing; other content is a conflict, and the first stands
 * - `update`: its content replaces the stored one
 * - `increment`: its amount is added
 * - `separate`: it counts as a conversion of its own
 * - `separate-flagged`: the same, marked as a repeat
 * - `ignore-by-transaction`: nothing where it names a transaction; without one it counts as a conversion of its own
 */
export const duplicateModes = [
  'ignore',
  'update',
  'increment',
  'separate',
  'separate-flagged',
  'ignore-by-transaction',
] as const;

export type DuplicateMode = (typeof duplicateModes)[number];

/** Whether the mode makes a conversion of its own of what has the status of its key. */
export function hasRowsOfItsOwn(
  mode: DuplicateMode,
  { transactionId }: { readonly transactionId?: string | undefined },
): boolean {
  switch (mode) {
    case 'separate':
    case 'separate-flagged':
      return true;
    case 'ignore-by-transaction':
      return transactionId === undefined;
    case 'ignore':
    case 'update':
    case 'increment':
      return false;
  }
}
