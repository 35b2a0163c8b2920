import * as v from 'valibot';
import { described, oneOf, percentage, wholeNumber } from './field-types';

const count = () => wholeNumber(1, 1_000_000);

/** A number of `least` to `most` that may have decimals. */
const between = (least: number, most: number) => {
  const allowed = `a number from ${least} to ${most}`;
  return v.pipe(v.number(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
};

/** The usual range in per cent of all postbacks. It differs by team, and a learned band would cost three metrics. */
const band = () =>
  v.pipe(
    v.strictObject(
      {
        low: described('Lowest usual share.', between(0, 99)),
        high: described('Highest usual share.', percentage()),
      },
      'an object with low and high',
    ),
    v.check(({ low, high }) => low < high, 'an object whose low is below its high'),
  );

/** The thresholds of alarms. Percentages of postbacks count only in periods with at least `minimumPostbacks` postbacks. */
export const alarmThresholds = v.strictObject(
  {
    postbackSuccessPercent: described(
      'The objective: percentage of postbacks in 30 days without a server error.',
      between(95, 99.99),
    ),
    fastBurnRate: described(
      'Failures page at this multiple of the rate that the objective allows, over 1 hour and 5 minutes.',
      between(1, 20),
    ),
    slowBurnRate: described('The same multiple for three of the last 6 hours.', between(1, 20)),
    slowBurnSeverity: described(
      'Urgency of the slow burn. Days are left, and most senders retry.',
      oneOf(['page', 'ticket']),
    ),
    minimumFailedPostbacks: described(
      'The fast burn does not ring below this number of failed postbacks in an hour.',
      count(),
    ),
    clickFailurePercent: described('Percentage of clicks that failed or were lost, per 3 minutes.', percentage()),
    minimumFailedClicks: described(
      'No percentage rings below this number of failed or lost clicks in 3 minutes.',
      count(),
    ),
    unservedClicks: described('Clicks of unknown or paused campaigns, per 5 minutes, for 10 minutes.', count()),
    minimumPostbacks: described(
      'No percentage of postbacks rings below this number in 5 minutes.',
      wholeNumber(1, 100_000),
    ),
    rejectedPercent: described('Percentage of postbacks rejected for their content, per 5 minutes.', percentage()),
    amountUnreadPercent: described(
      'Percentage of postbacks recorded without an amount although they hold a number that may be one, per 5 minutes.',
      percentage(),
    ),
    unmatchedPercent: described('The usual share of postbacks whose click ID is genuine and has no row.', band()),
    authenticationFailures: described(
      'Postbacks with a bad token, signature, address or click ID, per 5 minutes.',
      count(),
    ),
    apiServerErrors: described('Answers of 5xx by the API, per minute, over all routes.', count()),
    requestsThrottled: described('Requests that the API throttled, per 5 minutes.', count()),
    queuedEvents: described(
      'Clicks and postbacks that were queued because a table rejected the write, per 5 minutes.',
      count(),
    ),
    expiringRetrySeconds: described(
      'Age in seconds of the oldest queued message that pages. It becomes a dead letter after 5 days, for another 7 or more.',
      wholeNumber(3_600, 345_600),
    ),
    deadLetterDays: described(
      'Days without an empty dead letter queue that page. SQS deletes the first message at 14.',
      wholeNumber(1, 7),
    ),
    concurrencyPercent: described('Percentage of the account’s concurrency limit that is in use.', percentage()),
    durationPercent: described('Percentage of the time limit that 99 of 100 clicks or postbacks need.', percentage()),
    countingLateSeconds: described('Age of uncounted changes at which reports are late.', wholeNumber(120, 21_600)),
    countingStoppedSeconds: described(
      'Age of uncounted changes that pages. Streams drop changes after 24 hours.',
      wholeNumber(600, 43_200),
    ),
  },
  'an object of alarm thresholds',
);

export type AlarmThresholds = v.InferOutput<typeof alarmThresholds>;

/** Facts of a stage that alarms depend on. */
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
