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
