import type { ClickId } from '../click/click-id';
import { minuteCounts } from './minute-counts';
import type { Rejection } from '../values/rejection';

/** Reports that one click may make in a minute, in each execution environment: a visitor who reloads a page makes a few. */
export const reportsPerMinute = 30;

/** Clicks counted at a time. Further ones are not limited here: the throttles of the API bound a flood from more of them. */
const capacity = 10_000;

/** Says when a click has made too many reports. Every visitor holds a genuine ID: without a limit one could cost as much as all others. */
export function reportLimit(clock: () => number = Date.now): (clickId: ClickId) => Rejection | undefined {
  const count = minuteCounts(capacity, clock);
  return (clickId) =>
    count(clickId) <= reportsPerMinute
      ? undefined
      : {
          reason: 'RATE_LIMITED',
          message: `This click had more than ${reportsPerMinute} reports within a minute. Wait for a minute before the next.`,
        };
}
