import { hoursBetween, type Hour } from './hour';

/** The postbacks of one hour. */
export interface HourCount {
  /** Recorded, updated, duplicate or queued: the sender is there, and is understood. */
  readonly accepted: number;
  readonly refused: number;
}

/** A stretch of hours in which less came than usual. */
export interface Doubt {
  readonly since: Hour;
  readonly accepted: number;
  readonly refused: number;
  /** The usual number of accepted postbacks in these hours of the week. */
  readonly usual: number;
  /** The evidence that the sender has stopped, as the logarithm of how unlikely all this is while it sends as usual. */
  readonly weight: number;
}

/**
 * Threshold of a silence. Page's cumulative sum for Poisson counts ("Continuous inspection schemes", 1954) crosses a threshold h by chance
 * not more often than once in e^h steps (Lorden, 1971): with 12, once in 18 years of hours.
 */
export const enough = 12;
/** "Stopped" is a hundredth of what is usual: a few late stragglers do not hide it. Above a fifth nothing is ever said. */
const stopped = 0.01;
/** One hour proves half at most: a batch may come an hour late, and clocks change by one. */
const enoughInAnHour = enough / 2;

/** Weighs one more hour; `undefined` where nothing is in doubt any more. */
export function weigh(
  doubt: Doubt | undefined,
  hour: Hour,
  { accepted, refused }: HourCount,
  { usual, burst }: { readonly usual: number; readonly burst: number },
): Doubt | undefined {
  const evidence = ((1 - stopped) * usual + accepted * Math.log(stopped)) / burst;
  const weight = Math.min(enough, (doubt?.weight ?? 0) + Math.min(enoughInAnHour, evidence));
  if (weight <= 0) return undefined;
  return {
    since: doubt?.since ?? hour,
    accepted: (doubt?.accepted ?? 0) + accepted,
    refused: (doubt?.refused ?? 0) + refused,
    usual: (doubt?.usual ?? 0) + usual,
    weight,
  };
}

/** Whether the doubt is a silence. A reported one ends when half of the evidence is gone, so that an alarm does not flutter. */
export function isSilence({ weight }: Doubt, wasSilent: boolean): boolean {
  return wasSilent ? weight > enough / 2 : weight >= enough;
}

/** Whether it may well become a silence. By chance it comes to that in one hour of fifty. */
export function isSerious({ weight }: Doubt): boolean {
  return weight >= enough / 3;
}

export function hoursOf({ since }: Doubt, until: Hour): number {
  return hoursBetween(since, until) + 1;
}
