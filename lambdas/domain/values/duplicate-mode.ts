/**
 * The effect of a postback of a known key that has the stored status:
 * - `ignore`: nothing; other content is a conflict, and the first content stays
 * - `update`: its content replaces the stored one
 * - `increment`: its amount is added
 * - `separate`: it counts as another conversion
 * - `separate-flagged`: the same, marked as a repeat
 * - `ignore-by-transaction`: nothing where it names a transaction; without one it counts as another conversion
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

/** Whether a repeat with the status of its key becomes another conversion. */
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
