import type { HourCount } from './doubt';
import { hoursBetween, type Hour } from './hour';

/** What a sender's hour came to: beside what was accepted, what was recorded, and how much of that without the amount that came. */
export interface SenderHour extends HourCount {
  readonly recorded: number;
  readonly unread: number;
}

/** The hours of an integration that still say something of its amounts, the newest last. */
export type RecentHours = readonly (Pick<SenderHour, 'recorded' | 'unread'> & { readonly hour: Hour })[];

/** The amounts that were not read of an integration's last postbacks. */
export interface UnreadAmounts {
  readonly unread: number;
  readonly recorded: number;
  /** The first of these hours, and how many there are until the newest. */
  readonly since: Hour;
  readonly hours: number;
}

/** So many postbacks tell how things are now, whatever came before them; of a small sender those of a day do. */
const enough = 20;
const reachHours = 24;

/** Fewer than three are somebody's mistake, and of a large sender so is less than a tenth. */
const leastUnread = 3;
const leastShare = 0.1;

/** Takes one more hour, and forgets the hours that are older than needed: once a mapping is corrected, its new postbacks soon say so. */
export function withHour(before: RecentHours = [], hour: Hour, { recorded, unread }: SenderHour): RecentHours {
  const kept = recorded === 0 ? [] : [{ hour, recorded, unread }];
  let sum = recorded;
  for (const one of before.toReversed()) {
    if (sum >= enough || hoursBetween(one.hour, hour) >= reachHours) break;
    kept.unshift(one);
    sum += one.recorded;
  }
  return kept;
}

/** What is to be told of an integration's amounts after an hour; `undefined` where they are read. */
export function unreadAmounts(recent: RecentHours = [], newest: Hour): UnreadAmounts | undefined {
  const [first] = recent;
  const unread = recent.reduce((sum, one) => sum + one.unread, 0);
  const recorded = recent.reduce((sum, one) => sum + one.recorded, 0);
  if (first === undefined || unread < leastUnread || unread < leastShare * recorded) return undefined;
  return { unread, recorded, since: first.hour, hours: hoursBetween(first.hour, newest) + 1 };
}
