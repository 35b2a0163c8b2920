import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';

// Each schema's message is the sentence part that says what is allowed; stage-configuration.ts adds the rest.
const wholeNumber = (least: number, most: number) => {
  const allowed = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(allowed), v.integer(allowed), v.minValue(least, allowed), v.maxValue(most, allowed));
};
const percentage = () => {
  const allowed = 'a number above 0 and at most 100';
  return v.pipe(v.number(allowed), v.gtValue(0, allowed), v.maxValue(100, allowed));
};
const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, `one of ${options.join(', ')}`);
const yesOrNo = () => v.boolean('true or false');

const finiteRetention = () => {
  const days = Object.values(RetentionDays).filter((one) => typeof one === 'number' && one !== RetentionDays.INFINITE);
  const allowed = `one of ${days.join(', ')}`;
  return v.pipe(v.enum(RetentionDays, allowed), v.notValue(RetentionDays.INFINITE, allowed));
};

/** Requests per second that a route lets through, and those that may come at once above it; more get 429. */
const throttleLimits = { rate: wholeNumber(1, 10_000), burst: wholeNumber(1, 5_000) };

const ownThrottle = () => v.optional(v.partial(v.strictObject(throttleLimits, 'an object with rate and burst')));

/**
 * How many requests the API takes. Each route counts by itself, and has the numbers of its group where the group has some of its own.
 * The account's limit, 10,000 a second in a new region, is above them all.
 */
const throttle = v.strictObject(
  {
    ...throttleLimits,
    click: ownThrottle(),
    postback: ownThrottle(),
    /** A request of these carries up to 1,000 rows. */
    batch: ownThrottle(),
    admin: ownThrottle(),
  },
  'an object with rate and burst',
);

/** When the alarms ring. Percentages count only in periods with at least `minimumPostbacks` postbacks. */
const alarmThresholds = v.strictObject(
  {
    minimumPostbacks: wholeNumber(1, 100_000),
    /** Postbacks answered 503, per minute. */
    serverFaultPercent: percentage(),
    /** Postbacks refused for what the sender sent, per 5 minutes. */
    rejectedPercent: percentage(),
    /** Postbacks with a genuine click ID whose row is not there, per 5 minutes. */
    unmatchedPercent: percentage(),
    /** Postbacks with a bad token, signature, address or click ID, per 5 minutes. */
    authenticationFailures: wholeNumber(1, 1_000_000),
    /** Answers of 5xx by the API itself, per minute. */
    apiServerErrors: wholeNumber(1, 1_000_000),
    /** Clicks and postbacks that had to be queued since a table would not take them, per 5 minutes. */
    queuedEvents: wholeNumber(1, 1_000_000),
    /** Age of the oldest message that waits for a retry while none is being finished. */
    oldestRetrySeconds: wholeNumber(60, 345_600),
    /** Invocations that Lambda refused, per minute. */
    functionThrottles: wholeNumber(1, 1_000_000),
    /** Requests that one table refused for its rate, per minute. */
    tableThrottles: wholeNumber(1, 1_000_000),
  },
  'an object of alarm thresholds',
);

/** What a stage may set. Every field is checked at synth, so that a slip costs a sentence and not a deployment. */
export const stageSettings = v.strictObject(
  {
    /** What happens to tables, queues, the master secret and logs when the stack goes: `destroy` only in stages like dev. */
    removal: oneOf(['retain', 'destroy']),
    /** DynamoDB refuses to delete the tables while this is on. */
    deletionProtection: yesOrNo(),
    /** Restore of each table to any second of the last 35 days. */
    pointInTimeRecovery: yesOrNo(),
    logRetentionDays: finiteRetention(),
    /** Not above INFO: metrics travel as log lines of that level, and Lambda would drop them with the rest. */
    logLevel: oneOf(['TRACE', 'DEBUG', 'INFO']),
    memoryMegabytes: wholeNumber(128, 10_240),
    throttle,
    /** Metrics per route of the API, each billed as a custom metric while it has traffic. */
    routeMetrics: yesOrNo(),
    /** CloudWatch names the keys that are throttled in the one table whose keys outsiders can heat. */
    hotKeyInsights: yesOrNo(),
    /** How old a campaign or integration may be when it is used; 0 reads it on every request. */
    configCacheSeconds: wholeNumber(0, 3_600),
    postbackLogRetentionDays: wholeNumber(1, 3_650),
    /** Retry functions that may run at once; SQS takes 2 to 1000. */
    retryMaxConcurrency: wholeNumber(2, 1_000),
    /** Writes per second that each table may take, as a fuse for cost: what exceeds it is throttled and queued. */
    writeCeiling: v.optional(wholeNumber(1, 40_000)),
    /** Who is mailed when an alarm rings; they must confirm the subscription once. */
    alarmEmail: v.optional(v.pipe(v.string('an e-mail address'), v.email('an e-mail address'))),
    alarms: alarmThresholds,
  },
  'an object of stage settings',
);

export type StageSettings = v.InferOutput<typeof stageSettings>;
export type AlarmThresholds = StageSettings['alarms'];
