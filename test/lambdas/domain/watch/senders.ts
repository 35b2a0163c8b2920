import type { HourCount } from '../../../../lambdas/domain/watch/doubt';
import { hourAfter, hourOfWeek, type Hour } from '../../../../lambdas/domain/watch/hour';
import { observe, type Watch } from '../../../../lambdas/domain/watch/watch';

/** A Monday, some time ago. */
export const firstHour: Hour = '2025-01-06T00';

export const accepted = (number: number): HourCount => ({ accepted: number, refused: 0 });

/** What a sender sends in each hour of its life. */
export type Sender = (hour: Hour) => number;

export interface Lived {
  readonly watch: Watch | undefined;
  /** The first hour after which it was called silent, each time that it was. */
  readonly toldAt: readonly Hour[];
  /** The hour after all these. */
  readonly next: Hour;
}

/** Lets so many hours pass. */
export function live(sender: Sender, hours: number, from: Hour = firstHour, before?: Watch): Lived {
  const toldAt: Hour[] = [];
  let watch = before;
  let hour = from;
  for (let passed = 0; passed < hours; passed++, hour = hourAfter(hour)) {
    const wasSilent = watch?.toldSince !== undefined;
    watch = observe(watch, 'acme', hour, accepted(sender(hour))) ?? watch;
    if (watch?.toldSince !== undefined && !wasSilent) toldAt.push(hour);
  }
  return { watch, toldAt, next: hour };
}

/** Uniform numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A count of what comes each by itself, with this mean. */
export function poisson(mean: number, random: () => number): number {
  // Knuth's product underflows far above the means that are asked for at a time.
  if (mean > 30) return poisson(30, random) + poisson(mean - 30, random);
  const limit = Math.exp(-mean);
  let product = random();
  let count = 0;
  for (; product > limit; count++) product *= random();
  return count;
}

/** Busy by day, quiet at night, half as busy at weekends; a mean of about 1 an hour. */
export function dailyRound(hour: Hour): number {
  const slot = hourOfWeek(hour);
  const weekend = slot < 24 || slot >= 144 ? 0.5 : 1.2;
  return weekend * (1 - 0.9 * Math.cos((2 * Math.PI * (slot % 24)) / 24));
}
