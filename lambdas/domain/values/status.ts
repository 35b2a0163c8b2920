import { foldedWord } from '../text/percent-encoding';

export const conversionStatuses = ['pending', 'approved', 'rejected', 'reversed'] as const;

export type ConversionStatus = (typeof conversionStatuses)[number];

/**
 * The meaning of a sender's status word: a status of ours, or `ignore` for an event that is no conversion (a connection test, a missed
 * payment).
 */
export type StatusWord = ConversionStatus | 'ignore';

const allowed: Readonly<Record<ConversionStatus, readonly ConversionStatus[]>> = {
  pending: ['approved', 'rejected'],
  approved: ['rejected', 'reversed'],
  rejected: ['approved'],
  reversed: ['approved'],
};

/** Whether a conversion may go from one status to another. Staying is no transition. */
export function isTransitionAllowed(from: ConversionStatus, to: ConversionStatus): boolean {
  return allowed[from].includes(to);
}

/** The statuses that a conversion may go to from here, for messages. */
export function transitionsFrom(from: ConversionStatus): readonly ConversionStatus[] {
  return allowed[from];
}

/**
 * Reads a sender's word for a status, case folded: the integration's own words, then its preset's, then the four of ours.
 * @returns `undefined` for an unmapped word
 */
export function readStatusWord(
  word: string,
  ...mappings: readonly Readonly<Record<string, StatusWord>>[]
): StatusWord | undefined {
  const folded = foldedWord(word);
  for (const mapping of mappings) {
    for (const [theirs, ours] of Object.entries(mapping)) if (foldedWord(theirs) === folded) return ours;
  }
  return conversionStatuses.find((status) => status === folded);
}
