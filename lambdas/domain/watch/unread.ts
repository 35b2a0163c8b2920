import type { HourCount } from './doubt';
import { hoursBetween, type Hour } from './hour';

/** The result of a sender's hour: beside accepted postbacks, recorded ones, and how many of those lack the amount that was sent. */
export interface SenderHour extends HourCount {
  readonly recorded: number;
  readonly unread: number;
}

/** The hours of an integration that still say something of its amounts, the newest last. */
export type RecentHours = readonly (Pick<SenderHour, 'recorded' | 'unread'> & { readonly hour: Hour })[];

/** The amounts that were not read of an integration's last postbacks. */
export interface UnreadStretch {
  readonly unread: number;
  readonly recorded: number;
  /** The first of these hours, and how many there are until the newest. */
  readonly since: Hour;
  readonly hours: number;
}

/** So many postbacks show the present state, whatever preceded them; for a small sender those of a day do. */
const enough = 20;
const reachHours = 24;

/** Fewer than three are somebody's mistake, and of a large sender so is less than a tenth. */
const leastUnread = 3;
const leastShare = 0.1;

/** Adds one more hour, and drops the hours that are older than needed: once a mapping is corrected, its new postbacks soon show it. */
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

/** Returns the alarm about an integration's amounts after an hour; `undefined` where they are read. */
export function unreadStretchOf(recent: RecentHours = [], newest: Hour): UnreadStretch | undefined {
  const [first] = recent;
  const unread = recent.reduce((sum, one) => sum + one.unread, 0);
  const recorded = recent.reduce((sum, one) => sum + one.recorded, 0);
  if (first === undefined || unread < leastUnread || unread < leastShare * recorded) return undefined;
  return { unread, recorded, since: first.hour, hours: hoursBetween(first.hour, newest) + 1 };
}
