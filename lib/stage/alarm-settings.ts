import * as v from 'valibot';
import { described, oneOf, percentage, wholeNumber } from './field-types';

const count = () => wholeNumber(1, 1_000_000);

/** A number of `least` to `most` that may have decimals. */
const between = (least: number, most: number) => {
  const allowed = `a number from ${least} to ${most}`;
  return v.pipe(v.number(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
};

/** Per cent of all postbacks that are usual. What is usual differs by team, and a learned band would cost three metrics. */
const band = () =>
  v.pipe(
    v.strictObject(
      {
        low: described('The least that is usual.', between(0, 99)),
        high: described('The most that is usual.', percentage()),
      },
      'an object with low and high',
    ),
    v.check(({ low, high }) => low < high, 'an object whose low is below its high'),
  );

/** When the alarms ring. Percentages of postbacks count only in periods with at least `minimumPostbacks` postbacks. */
export const alarmThresholds = v.strictObject(
  {
    postbackSuccessPercent: described(
      'The objective: per cent of postbacks in 30 days that are not answered with a server error.',
      between(95, 99.99),
    ),
    fastBurnRate: described(
      'How many times faster than the objective allows failures must come, over 1 hour and 5 minutes, to page.',
      between(1, 20),
    ),
    slowBurnRate: described('The same in three of the last 6 hours.', between(1, 20)),
    slowBurnSeverity: described(
      'What the slow burn does: it leaves days, and senders send again.',
      oneOf(['page', 'ticket']),
    ),
    minimumFailedPostbacks: described('Failed postbacks in the hour below which the fast burn does not ring.', count()),
    clickFailurePercent: described('Clicks that failed or were lost, per 3 minutes.', percentage()),
    minimumFailedClicks: described('Failed or lost clicks in 3 minutes below which no percentage rings.', count()),
    unservedClicks: described('Clicks of unknown or paused campaigns, per 5 minutes, for 10 minutes.', count()),
    minimumPostbacks: described(
      'Postbacks in 5 minutes below which no percentage of them rings.',
      wholeNumber(1, 100_000),
    ),
    rejectedPercent: described('Postbacks refused for what the sender sent, per 5 minutes.', percentage()),
    amountUnreadPercent: described(
      'Postbacks recorded without an amount, though they hold a number that may be one, per 5 minutes.',
      percentage(),
    ),
    unmatchedPercent: described('The usual share of postbacks whose click ID is genuine and has no row.', band()),
    authenticationFailures: described(
      'Postbacks with a bad token, signature, address or click ID, per 5 minutes.',
      count(),
    ),
    apiServerErrors: described('Answers of 5xx by the API, per minute, whatever the route.', count()),
    requestsThrottled: described('Requests that the API refused for their rate, per 5 minutes.', count()),
    queuedEvents: described(
      'Clicks and postbacks that had to be queued since a table would not take them, per 5 minutes.',
      count(),
    ),
    expiringRetrySeconds: described(
      'Age of the oldest queued message that pages: after 5 days it is put aside, for another 7 or more.',
      wholeNumber(3_600, 345_600),
    ),
    deadLetterDays: described(
      'Days without an empty dead letter queue that page: at 14 the first is gone.',
      wholeNumber(1, 7),
    ),
    concurrencyPercent: described('Functions that run at once in the account, of its limit.', percentage()),
    durationPercent: described('How long 99 of 100 clicks or postbacks take, of the time they have.', percentage()),
    countingLateSeconds: described(
      'Age of changes that are not counted yet, after which reports are late.',
      wholeNumber(120, 21_600),
    ),
    countingStoppedSeconds: described(
      'The same that pages: after 24 hours the oldest of them are gone.',
      wholeNumber(600, 43_200),
    ),
  },
  'an object of alarm thresholds',
);

export type AlarmThresholds = v.InferOutput<typeof alarmThresholds>;

/** What alarms must know of their stage. */
export interface WatchedStage {
  readonly name: string;
  readonly alarms: AlarmThresholds;
}

const common = {
  postbackSuccessPercent: 99.9,
  fastBurnRate: 14.4,
  slowBurnRate: 6,
  slowBurnSeverity: 'ticket',
  clickFailurePercent: 5,
  authenticationFailures: 50,
  requestsThrottled: 100,
  queuedEvents: 10,
  expiringRetrySeconds: 86_400,
  deadLetterDays: 7,
  concurrencyPercent: 80,
  durationPercent: 80,
  countingLateSeconds: 600,
  countingStoppedSeconds: 3_600,
} as const;

/** The thresholds of the built-in stages. */
export const builtInAlarms: Record<'dev' | 'prod', AlarmThresholds> = {
  dev: {
    ...common,
    minimumFailedPostbacks: 2,
    minimumFailedClicks: 2,
    unservedClicks: 5,
    minimumPostbacks: 5,
    rejectedPercent: 50,
    amountUnreadPercent: 50,
    unmatchedPercent: { low: 0, high: 50 },
    apiServerErrors: 3,
  },
  prod: {
    ...common,
    minimumFailedPostbacks: 5,
    minimumFailedClicks: 2,
    unservedClicks: 20,
    minimumPostbacks: 20,
    rejectedPercent: 20,
    amountUnreadPercent: 5,
    unmatchedPercent: { low: 0, high: 10 },
    apiServerErrors: 5,
  },
};
