import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as v from 'valibot';
import { accountId, keyArn, policyArn, region, tags } from './stage/account-settings';
import { domains, edge, fallbackUrl } from './stage/address-settings';
import { alarmThresholds } from './stage/alarm-settings';
import { alarmTargets } from './stage/alarm-target-settings';
import { described, oneOf, wholeNumber, yesOrNo } from './stage/field-types';
import { functions, logLevels, megabytes } from './stage/function-settings';
import { release } from './stage/release-settings';
import { reports } from './stage/report-settings';
import { runbookUrl } from './stage/runbook-address';
import { throttle } from './stage/throttle-settings';

const finiteRetention = () => {
  const days = Object.values(RetentionDays).filter((one) => typeof one === 'number' && one !== RetentionDays.INFINITE);
  const allowed = `one of ${days.join(', ')}`;
  return v.pipe(v.enum(RetentionDays, allowed), v.notValue(RetentionDays.INFINITE, allowed));
};

/** The settings of a stage. Every field is checked at synth, so that a mistake costs no deployment. */
export const stageSettings = v.strictObject(
  {
    account: v.optional(described('The only account that a deployment accepts.', accountId(), '111122223333')),
    region: v.optional(described('The only region that a deployment accepts.', region(), 'eu-west-1')),
    removal: described(
      'Fate of tables, queues, the master secret and logs when the stack is deleted. `destroy` only in stages like dev.',
      oneOf(['retain', 'destroy']),
    ),
    deletionProtection: described('DynamoDB does not delete the tables while this is on.', yesOrNo()),
    pointInTimeRecovery: described('Each table can be restored to any second of the last 35 days.', yesOrNo()),
    logRetentionDays: described('Days that logs of functions and API are kept.', finiteRetention()),
    postbackLogRetentionDays: described('Days that a row of the postback log is kept.', wholeNumber(1, 3_650)),
    logLevel: described(
      'The lowest level that is kept, at most INFO: metrics are log lines of that level.',
      logLevels(),
    ),
    memoryMegabytes: described('Memory of each function, which also decides its share of CPU.', megabytes()),
    functions: v.optional(described('Settings of single functions.', functions)),
    fallbackUrl: v.optional(
      described(
        'Destination of visitors whose campaign is unknown, or paused without a fallback. Without it they get 404.',
        fallbackUrl(),
        'https://shop.example/?source={source}',
      ),
    ),
    throttle: described('Requests that the API accepts.', throttle),
    routeMetrics: described(
      'Metrics per route of the API, each billed as a custom metric while it has traffic.',
      yesOrNo(),
    ),
    hotKeyInsights: described(
      'CloudWatch shows throttled keys of Conversions, the only table in which outsiders can make a key hot.',
      yesOrNo(),
    ),
    configCacheSeconds: described(
      'Seconds that a function keeps a campaign or integration in memory; 0 reads it on every request.',
      wholeNumber(0, 3_600),
    ),
    retryMaxConcurrency: described('Retry functions that may run in parallel.', wholeNumber(2, 1_000)),
    writeCeiling: v.optional(
      described(
        'Maximum writes per second of each table. It bounds cost: writes above it are throttled and queued.',
        wholeNumber(1, 40_000),
        2000,
      ),
    ),
    reports: described('Delay of reports, and the amount that one report may read.', reports),
    release: described(
      'How new code takes over: immediately, or with 10% of the requests first and all of them after these minutes without an alarm. ' +
        '`linear` adds 10% each minute. `-c release=all-at-once` overrides it for one deployment.',
      release(),
    ),
    domains: v.optional(described('Your host names. The outputs name the first.', domains)),
    executeApi: described(
      'Whether the API also answers at its `execute-api` address. Turn it off only when no published link uses it.',
      yesOrNo(),
    ),
    edge: v.optional(
      described('A CloudFront distribution with a web ACL (WAF) in front of clicks and postbacks.', edge),
    ),
    kmsKeyArn: v.optional(
      described(
        'Your key for tables, queues, the master secret, alarm topics and logs, instead of keys of AWS.',
        keyArn(),
        'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012',
      ),
    ),
    permissionsBoundaryArn: v.optional(
      described('The permissions boundary of every role.', policyArn(), 'arn:aws:iam::111122223333:policy/boundary'),
    ),
    tags: v.optional(described('Tags of the stack and of its resources.', tags, { 'cost-centre': 'marketing' })),
    alarmTargets: v.optional(described('Subscribers of the alarms, by urgency.', alarmTargets)),
    alarms: described('Thresholds of the alarms.', alarmThresholds),
    runbookUrl: v.optional(
      described(
        'URL of the runbook, so that each alarm links to its section. `{commit}` is the deployed commit.',
        runbookUrl(),
        'https://github.com/OWNER/REPOSITORY/blob/{commit}/docs/runbook.md',
      ),
    ),
  },
  'an object of stage settings',
);

export type StageSettings = v.InferOutput<typeof stageSettings>;

/** A checked stage, as every construct reads it. */
export interface StageConfiguration extends StageSettings {
  readonly name: string;
  /** The built-in stage that defines its defaults and its safety rules. */
  readonly like: 'dev' | 'prod';
}
