import type { Deadline } from '../adapters/deadline';
import type { ExpectedSenders } from '../adapters/expected-senders';
import type { PostbackCounts } from '../adapters/postback-counts';
import type { WatchTable } from '../adapters/watch-table';
import { hoursPerWeek, hoursToCount, type Hour } from '../domain/watch/hour';
import { isReportedUnconfirmed, observeReports, type ReportWatch } from '../domain/watch/report-watch';
import { unreadStretchOf, withHour, type UnreadStretch } from '../domain/watch/unread';
import { observe, type Watch } from '../domain/watch/watch';

/** The stores of the watchdog. */
export interface WatchStores {
  expectedSenders(deadline: Deadline): Promise<ExpectedSenders>;
  readonly counts: PostbackCounts;
  readonly watches: WatchTable;
  readonly logRetentionDays: number;
}

/** The findings of a run. */
export interface Findings {
  /** Integrations that are silent after the newest hour that is counted. */
  readonly silent: readonly Watch[];
  /** Integrations of which browsers report conversions that no server confirms. */
  readonly unconfirmed: readonly ReportWatch[];
  /** Integrations whose amounts are not read, after the same hour. */
  readonly unread: readonly { readonly integration: string; readonly amounts: UnreadStretch }[];
  /** Silences that were reported for a week and are not reported any more. */
  readonly forgotten: readonly Watch[];
  /** Number of integrations that are expected to send, and of those without any accepted postback since the watch began. */
  readonly expected: number;
  readonly neverHeard: number;
  /** Hours that this run counted. */
  readonly counted: readonly Hour[];
  /** Complete hours that there was no time for: the next run counts them. */
  readonly left: readonly Hour[];
}

/** A new watchdog learns from the log that is there; one that did not run for long need not go back further either. */
const reachHours = 3 * hoursPerWeek;
const nothing = { accepted: 0, refused: 0, recorded: 0, unread: 0, reported: 0, confirmed: 0 };

/**
 * Counts every complete hour that is not counted yet, the oldest first, and keeps each before the next, so that whoever comes after
 * continues from there. The newest is the one before the hour of `now`. Throws where storage does not take part.
 * @param outOfTime asked before each hour
 */
export async function catchUp(
  { expectedSenders, counts, watches, logRetentionDays }: WatchStores,
  now: number,
  deadline: Deadline,
  outOfTime: () => boolean,
): Promise<Findings> {
  const [{ integrations, oldestChange }, known] = await Promise.all([
    expectedSenders(deadline),
    watches.all(now, deadline),
  ]);
  const current = new Map(known.byIntegration);
  const reports = new Map(known.reports);
  const forgotten: Watch[] = [];
  const hours = hoursToCount(now, {
    counted: known.counted,
    firstPossible: oldestChange,
    // An hour whose rows expire already would look quieter than it was.
    reach: Math.min(reachHours, logRetentionDays * 24 - 1),
  });
  const counted: Hour[] = [];
  for (const hour of hours) {
    if (outOfTime()) break;
    const ofHour = await counts.ofHour(hour, deadline);
    const observed = integrations.flatMap((integration) => {
      const before = current.get(integration);
      // A run that ended in the middle of the hour has kept some.
      if (before !== undefined && before.countedUntil >= hour) return [];
      const senderHour = ofHour.get(integration) ?? nothing;
      const seen = observe(before, integration, hour, senderHour);
      if (seen === undefined) return [];
      const after = { ...seen, recent: withHour(before?.recent, hour, senderHour) };
      if (before?.toldSince !== undefined && after.habit.hoursLearnt === 0) forgotten.push(before);
      current.set(integration, after);
      return [after];
    });
    const reported = integrations.flatMap((integration) => {
      const before = reports.get(integration);
      if (before !== undefined && before.countedUntil >= hour) return [];
      const after = observeReports(before, integration, hour, ofHour.get(integration) ?? nothing);
      if (after !== undefined) reports.set(integration, after);
      return after ?? [];
    });
    await Promise.all([
      ...observed.map((watch) => watches.keep(watch, deadline)),
      ...reported.map((watch) => watches.keepReports(watch, deadline)),
    ]);
    await watches.keepCounted(hour, deadline);
    counted.push(hour);
  }
  const watched = integrations.flatMap((integration) => current.get(integration) ?? []);
  const newest = counted.at(-1) ?? known.counted;
  // A watch of an integration that was paused and has not sent since is out of date.
  const present = watched.filter(({ countedUntil }) => countedUntil === newest);
  return {
    unconfirmed: integrations.flatMap((integration) => {
      const watch = reports.get(integration);
      return watch !== undefined && newest !== undefined && isReportedUnconfirmed(watch, newest) ? [watch] : [];
    }),
    silent: present.filter(({ toldSince }) => toldSince !== undefined),
    unread: present.flatMap(({ integration, recent, countedUntil }) => {
      const amounts = unreadStretchOf(recent, countedUntil);
      return amounts === undefined ? [] : [{ integration, amounts }];
    }),
    forgotten,
    expected: integrations.length,
    neverHeard: integrations.length - watched.length,
    counted,
    left: hours.slice(counted.length),
  };
}
