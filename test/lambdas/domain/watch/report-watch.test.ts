import { hourAfter, type Hour } from '../../../../lambdas/domain/watch/hour';
import {
  isReportedUnconfirmed,
  observeReports,
  type ReportCount,
  type ReportWatch,
} from '../../../../lambdas/domain/watch/report-watch';

const start: Hour = '2026-11-02T00';
const day = 24;

/** What is known after so many hours in which browsers report and servers confirm, and in how many of them it is told. */
function live(hours: number, countOf: (hour: number) => ReportCount): { watch?: ReportWatch; told: number[] } {
  let watch: ReportWatch | undefined;
  const told: number[] = [];
  for (let at = 0; at < hours; at++) {
    const hour = hourAfter(start, at);
    watch = observeReports(watch, 'acme', hour, countOf(at)) ?? watch;
    if (watch !== undefined && isReportedUnconfirmed(watch, hour)) told.push(at);
  }
  return { ...(watch !== undefined && { watch }), told };
}

test('reports that no server confirms are told from a week after the first, for a week', () => {
  const { told } = live(30 * day, () => ({ reported: 1, confirmed: 0 }));
  expect([told[0], told.at(-1), told.length]).toEqual([7 * day, 14 * day - 1, 7 * day]);
});

test('one confirmed report in ten is enough to say nothing', () => {
  expect(live(30 * day, (hour) => ({ reported: 1, confirmed: Number(hour % 10 === 9) })).told).toEqual([]);
});

test('a server that stops confirming is told of a week after its last confirmations have faded', () => {
  const { told } = live(60 * day, (hour) => ({ reported: 1, confirmed: Number(hour < 14 * day) }));
  expect(told[0]).toBeGreaterThan(21 * day);
  expect(told.length).toBe(7 * day);
});

test('a handful of reports says nothing, however few are confirmed', () => {
  expect(live(30 * day, (hour) => ({ reported: Number(hour % 72 === 0), confirmed: 0 })).told).toEqual([]);
});

test('hours in which nothing comes change nothing', () => {
  expect(observeReports(undefined, 'acme', start, { reported: 0, confirmed: 0 })).toBeUndefined();
});

test('confirmations that come later end it', () => {
  const counted = (hour: number): ReportCount => ({
    reported: Number(hour < 9 * day),
    confirmed: Number(hour > 9 * day),
  });
  expect(live(30 * day, counted).told.at(-1)).toBeLessThan(10 * day);
});
