import * as metric from './counters';

/**
 * Names that the infrastructure (`lib/`) and the code that runs in it (`lambdas/`) must agree on.
 * Nothing here has behaviour; a name written twice is a name that drifts.
 */

/** Environment variables of the functions. Values are names, URLs and ARNs: never a secret. */
export const environmentVariable = {
  stage: 'STAGE',
  configTable: 'CONFIG_TABLE',
  clicksTable: 'CLICKS_TABLE',
  conversionsTable: 'CONVERSIONS_TABLE',
  postbackLogTable: 'POSTBACK_LOG_TABLE',
  visitorKeysTable: 'VISITOR_KEYS_TABLE',
  factsTable: 'FACTS_TABLE',
  factsBucket: 'FACTS_BUCKET',
  deliveriesTable: 'DELIVERIES_TABLE',
  deliveryQueueUrl: 'DELIVERY_QUEUE_URL',
  /** The Athena workgroup and the Glue database that reports are asked in. */
  reportsWorkGroup: 'REPORTS_WORK_GROUP',
  reportsDatabase: 'REPORTS_DATABASE',
  retryQueueUrl: 'RETRY_QUEUE_URL',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  masterSecretArn: 'MASTER_SECRET_ARN',
  /** Seconds a function may serve a configuration document from memory before it reads the table again; 0 reads each time. */
  configCacheSeconds: 'CONFIG_CACHE_SECONDS',
  /** Days a postback log row is kept. */
  postbackLogRetentionDays: 'POSTBACK_LOG_RETENTION_DAYS',
  /** `https://` and the host name that links and postback URLs carry; empty where the API has no name of its own. */
  publicUrl: 'PUBLIC_URL',
  /** Where visitors go who get no offer; empty where they get 404. */
  fallbackUrl: 'FALLBACK_URL',
  /** Only of the gate that is before the API where there is an edge. */
  edgeSecretArn: 'EDGE_SECRET_ARN',
} as const;

/** Set by the local stack alone, never by the template: destinations on loopback, `127.0.0.1:9000`, separated by commas. */
export const allowedDestinationsVariable = 'ALLOWED_DESTINATIONS';

/** Headers that the CloudFront distribution, where there is one, adds to what it hands on. */
export const edgeHeader = {
  key: 'tracker-gate-key',
  viewerAddress: 'tracker-viewer-address',
  viewerCountry: 'cloudfront-viewer-country',
} as const;

/** Headers that a click is read from. CloudFront hands on no others of it, and at most ten. */
export const clickHeaders = [
  'user-agent',
  'content-type',
  'content-encoding',
  'origin',
  'sec-purpose',
  'purpose',
  'x-purpose',
  'x-moz',
] as const;

/** What the gate says to the functions of a request that came through the distribution. */
export const throughEdge = { name: 'through', value: 'edge' } as const;

/** Key and time-to-live attributes of the tables. */
export const tableKey = {
  config: { partition: 'entity', sort: 'revision' },
  clicks: { partition: 'clickId', timeToLive: 'expiresAt' },
  conversions: { partition: 'clickId', sort: 'conversionKey' },
  postbackLog: { partition: 'hourAndShard', sort: 'receivedAtAndRequestId', timeToLive: 'expiresAt' },
  visitorKeys: { partition: 'day', timeToLive: 'expiresAt' },
  facts: { partition: 'kind', sort: 'name', timeToLive: 'expiresAt' },
  deliveries: { partition: 'group', sort: 'occasion', timeToLive: 'expiresAt' },
} as const;

/** Indexes of the deliveries, keys only: what waits, by when it is due, and all of a source and a day, by when they were made. */
export const deliveryIndex = {
  due: { name: 'Due', partition: 'dueShard', sort: 'wakeAt' },
  bySource: { name: 'BySource', partition: 'sourceAndDay', sort: 'createdAtAndId' },
} as const;

/** Prefixes of the facts bucket: one for each set of facts, and one for what Athena answers. */
export const factsPrefix = { clicks: 'clicks/', conversions: 'conversions/', results: 'results/' } as const;

export const metricNamespace = 'PostbackTracker';

/** The one dimension of most metrics: each further combination of dimensions is a metric that is paid for. */
export const metricDimension = 'Stage';
/** The second dimension of a `sourceMetric`: the field `source` of its line. */
export const sourceDimension = 'Source';
/** The value of that dimension where no source is known: no ID looks like this. */
export const unknownSource = '(unknown)';

export type MetricName = (typeof metric)[keyof typeof metric];

/** Counters of a single traffic source. Their alarm names the source; only a source in trouble has such a metric. */
export const sourceMetric = {
  /** A delivery given up, a source suspended, or a change that could not be planned: each is counted under its own name, too. */
  deliveryNeedsPerson: 'DeliveryNeedsPerson',
} as const;

export type SourceMetricName = (typeof sourceMetric)[keyof typeof sourceMetric];

/** Metrics that say how much there is: their greatest value counts. All others are counters, which are added up. */
export const gauges: readonly MetricName[] = [metric.retryWaitSeconds, metric.silentIntegrations];

/**
 * Routes of the HTTP API, by the function that serves them. A route of API Gateway matches letter by letter: a path that is spelled
 * otherwise and the paths of other trackers come by the default route, where `routePostback` reads them.
 */
export const routes = {
  click: ['GET /c/{campaign}', 'ANY /c/{campaign+}', 'ANY /C/{campaign+}', 'ANY /t/{campaign}', 'ANY /s/1/t.js'],
  visitor: ['ANY /r/{integration}', 'ANY /p/{image}'],
  postback: [
    'GET /postback',
    'POST /postback',
    'GET /postback/{integration}',
    'POST /postback/{integration}',
    'POST /postbacks/{integration}',
    'GET /ping',
    '$default',
  ],
  admin: ['ANY /admin/v1/{proxy+}'],
} as const;

/** Seconds that these functions may run, since code or a queue counts on it; lib/functions.ts has those of all. The HTTP API gives up after 30. */
export const adminTimeoutSeconds = 29;
export const retryTimeoutSeconds = 30;
export const deliverTimeoutSeconds = 60;

/** Message attributes that a dead letter carries beside its body. */
export const deadLetterAttribute = {
  reason: 'reason',
  firstFailedAt: 'firstFailedAt',
  lastFailedAt: 'lastFailedAt',
} as const;

/** Message attributes of a message that took the place of another in the retry queue. */
export const sentAgainAttribute = { firstSentAt: 'firstSentAt', setApart: 'setApart' } as const;

/**
 * Deliveries after which SQS itself moves a message away: all that SQS allows. The retry function gives up by age and says why; this is
 * for when it never runs. Even then it is reached only after `deliveries × visibility`, more than four days.
 */
export const retryQueueMaxReceiveCount = 1000;

/** Seconds that a delivered message is hidden for where nobody says otherwise: twelve times what the retry function may run. */
export const retryQueueVisibilitySeconds = 12 * retryTimeoutSeconds;

/**
 * Days that the queues keep a message. It is given up on after five, and keeps its age when SQS moves it: what is moved at the last
 * moment lies among the dead letters for another week.
 */
export const queueRetentionDays = { retry: 7, deadLetter: 14 } as const;

/** The file of countries beside the code of the count function, where the stage names one. */
export const countryFileName = 'country.mmdb';

/** Six times what `deliver` may run: a delivery is not handed over again while a request of it may be under way. */
export const deliveryQueueVisibilitySeconds = 6 * deliverTimeoutSeconds;

/** Message attribute that says whose delivery it is: a batch of many of one source takes a turn. */
export const deliverySourceAttribute = 'source';

/** Deliveries of a message after which SQS moves it to the dead letters: `deliver` dies of it, or storage failed for ten hours. */
export const deliveryQueueMaxReceiveCount = 100;
