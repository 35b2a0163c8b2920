import { hoursBetween, hoursPerWeek, type Hour } from './hour';

/** Reports of browsers in one hour, and confirmations by servers of conversions that only browsers had reported. */
export interface ReportCount {
  readonly reported: number;
  readonly confirmed: number;
}

/** The watchdog's state for the reports of one integration. Both counts fade by half in a week. */
export interface ReportWatch extends ReportCount {
  readonly integration: string;
  /** The newest hour in which anything came. */
  readonly countedUntil: Hour;
  /** Since when hardly any report is confirmed, or since the first. */
  readonly since: Hour;
}

/** Fewer reports say nothing about a share. */
const leastReported = 20;
/** A server that confirms one in twenty is there, whatever visitors make up. */
const leastConfirmedShare = 0.05;
/** A sale may be confirmed days later: nothing is said before. */
const hoursUntilReported = hoursPerWeek;
/** An alarm that lasted a week describes the normal state. */
const hoursUntilForgotten = 2 * hoursPerWeek;

const faded = (count: number, hours: number): number => count * 2 ** (-hours / hoursPerWeek);

/** Takes one more hour into what is known; `undefined` where there is nothing to change. */
export function observeReports(
  before: ReportWatch | undefined,
  integration: string,
  hour: Hour,
  { reported, confirmed }: ReportCount,
): ReportWatch | undefined {
  if (reported + confirmed === 0) return undefined;
  const hours = before === undefined ? 0 : hoursBetween(before.countedUntil, hour);
  const sums = {
    reported: Number((faded(before?.reported ?? 0, hours) + reported).toPrecision(6)),
    confirmed: Number((faded(before?.confirmed ?? 0, hours) + confirmed).toPrecision(6)),
  };
  const isNew = before === undefined || !isUnconfirmed(sums) || hours > hoursUntilForgotten;
  return { integration, countedUntil: hour, since: isNew ? hour : before.since, ...sums };
}

const isUnconfirmed = ({ reported, confirmed }: ReportCount): boolean => confirmed < leastConfirmedShare * reported;

/** Returns whether to report, after an hour, that servers confirm hardly any report of an integration. */
export function isReportedUnconfirmed(watch: ReportWatch, hour: Hour): boolean {
  const hours = hoursBetween(watch.since, hour);
  return (
    isUnconfirmed(watch) &&
    watch.reported >= leastReported &&
    hours >= hoursUntilReported &&
    hours < hoursUntilForgotten
  );
}
