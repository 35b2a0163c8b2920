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

/** What a stage may set. Every field is checked at synth, so that a slip costs a sentence and not a deployment. */
export const stageSettings = v.strictObject(
  {
    account: v.optional(
      described('The account it may be deployed into; another is refused.', accountId(), '111122223333'),
    ),
    region: v.optional(described('The region it may be deployed into; another is refused.', region(), 'eu-west-1')),
    removal: described(
      'What happens to tables, queues, the master secret and logs when the stack goes: `destroy` only in stages like dev.',
      oneOf(['retain', 'destroy']),
    ),
    deletionProtection: described('DynamoDB refuses to delete the tables while this is on.', yesOrNo()),
    pointInTimeRecovery: described('Restore of each table to any second of the last 35 days.', yesOrNo()),
    logRetentionDays: described('Days that the logs of functions and API are kept.', finiteRetention()),
    postbackLogRetentionDays: described('Days that a row of the postback log is kept.', wholeNumber(1, 3_650)),
    logLevel: described(
      'The least urgent lines that are kept. Not above INFO: metrics travel as log lines of that level.',
      logLevels(),
    ),
    memoryMegabytes: described('Memory of each function, and with it its share of a processor.', megabytes()),
    functions: v.optional(described('What differs by function.', functions)),
    fallbackUrl: v.optional(
      described(
        'Where visitors go whose campaign is unknown, or paused without a fallback of its own. They get 404 without it.',
        fallbackUrl(),
        'https://shop.example/?source={source}',
      ),
    ),
    throttle: described('How many requests the API takes.', throttle),
    routeMetrics: described(
      'Metrics per route of the API, each billed as a custom metric while it has traffic.',
      yesOrNo(),
    ),
    hotKeyInsights: described(
      'CloudWatch names the keys that are throttled in the one table whose keys outsiders can heat.',
      yesOrNo(),
    ),
    configCacheSeconds: described(
      'How old a campaign or integration may be when it is used; 0 reads it on every request.',
      wholeNumber(0, 3_600),
    ),
    retryMaxConcurrency: described('Retry functions that may run at once.', wholeNumber(2, 1_000)),
    writeCeiling: v.optional(
      described(
        'Writes per second that each table may take, as a fuse for cost: what exceeds it is throttled and queued.',
        wholeNumber(1, 40_000),
        2000,
      ),
    ),
    reports: described('How fresh reports are, and how much one of them may read.', reports),
    release: described(
      'How new code takes over: at once, or 10% of the requests first, with all of them after so many minutes without an alarm; ' +
        '`linear` adds 10% each minute. `-c release=all-at-once` overrides it for one deployment.',
      release(),
    ),
    domains: v.optional(described('Host names of your own. The outputs name the first.', domains)),
    executeApi: described(
      'Whether the API answers at its own `execute-api` address also. Turn it off only when no link out in the world carries it.',
      yesOrNo(),
    ),
    edge: v.optional(
      described('A CloudFront distribution with a web ACL (WAF) in front of clicks and postbacks.', edge),
    ),
    kmsKeyArn: v.optional(
      described(
        'A key of yours that encrypts tables, queues, the master secret, the alarm topic and logs, in place of those of AWS.',
        keyArn(),
        'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012',
      ),
    ),
    permissionsBoundaryArn: v.optional(
      described('The permissions boundary of every role.', policyArn(), 'arn:aws:iam::111122223333:policy/boundary'),
    ),
    tags: v.optional(described('Tags of the stack and all that is in it.', tags, { 'cost-centre': 'marketing' })),
    alarmTargets: v.optional(described('Who hears of the alarms, by how urgent they are.', alarmTargets)),
    alarms: described('When the alarms ring.', alarmThresholds),
    runbookUrl: v.optional(
      described(
        'Where the runbook can be read without a checkout: each alarm then links to its section. `{commit}` is the commit that is deployed.',
        runbookUrl(),
        'https://github.com/OWNER/REPOSITORY/blob/{commit}/docs/runbook.md',
      ),
    ),
  },
  'an object of stage settings',
);

export type StageSettings = v.InferOutput<typeof stageSettings>;

/** A stage, checked: what every construct reads. */
export interface StageConfiguration extends StageSettings {
  readonly name: string;
  /** The built-in stage that this one takes its defaults and its safety rules from. */
  readonly like: 'dev' | 'prod';
}
