import { adminTimeoutSeconds, countryFileName, deliverTimeoutSeconds, retryTimeoutSeconds } from '../lambdas/contract';
import type { environmentVariable } from '../lambdas/contract';

/** The variables that differ by function; STAGE is everyone's, and the gate of the edge stands apart. */
export type VariableName = Exclude<keyof typeof environmentVariable, 'stage' | 'edgeSecretArn'>;

/** What a function may be let at. */
export const resourceNames = [
  'config',
  'clicks',
  'conversions',
  'clicksStream',
  'conversionsStream',
  /** ListStreams knows no smaller resource than all. It tells names alone. */
  'everyStream',
  'postbackLog',
  'visitorKeys',
  'facts',
  /** The objects of both sets of facts. */
  'factObjects',
  'reportResults',
  'factsBucket',
  'reportsWorkGroup',
  /** The catalog, the database and its tables. */
  'reportsCatalog',
  'retryQueue',
  'deadLetterQueue',
  'deliveries',
  'dueDeliveries',
  'deliveriesBySource',
  'deliveryQueue',
  'masterSecret',
] as const;
export type ResourceName = (typeof resourceNames)[number];

/** Everything that is said of a function anywhere; its handler is `lambdas/NAME/handler.ts`. */
export interface FunctionEntry {
  readonly description: string;
  readonly timeoutSeconds: number;
  /** The largest bundle: INIT is billed, and a visitor waits for it. */
  readonly bundleKilobytes: number;
  /** What shows its failures: errors on the dashboard, what the API answers, or how late its work is. Up to 50 metrics there are free. */
  readonly failuresShowAs: 'errors' | 'answers' | 'lateness';
  /**
   * Alarms that roll a release of it back: those of what new code breaks during the release. An alarm that rings for hours, such as
   * `RetriesStuck`, would block the release that fixes its cause. A function without any is released all at once.
   */
  readonly rollbackAlarms?: readonly string[];
  /** Files beside its code, by their names there: each is the setting that names it. */
  readonly files?: Readonly<Record<string, 'countryFile'>>;
  /** What it reads from its environment, beside STAGE. */
  readonly environment: readonly VariableName[];
  /** Every action that it may do on every resource. */
  readonly actions: Readonly<Partial<Record<ResourceName, readonly string[]>>>;
}

const readSecret = ['secretsmanager:GetSecretValue'];
const send = ['sqs:SendMessage'];
/** What Lambda does in the name of a function that reads a stream. */
const readStream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/**
 * Every function of the tracker, one entry each. The stack, the settings by function, dashboard, saved queries, releases and the tests
 * are made from here. A test compares the actions with the template's policies, and the local stack enforces those policies.
 */
export const functions = {
  click: {
    description: 'Records a click, by redirect to the offer or by a script on the landing page.',
    timeoutSeconds: 6,
    bundleKilobytes: 420,
    failuresShowAs: 'errors',
    rollbackAlarms: ['ApiServerErrors', 'ClicksFailing'],
    environment: [
      'configTable',
      'clicksTable',
      'retryQueueUrl',
      'masterSecretArn',
      'configCacheSeconds',
      'fallbackUrl',
      'visitorKeysTable',
    ],
    actions: {
      config: ['dynamodb:GetItem'],
      // The click of an ad may have come by script, or by redirect, shortly before.
      clicks: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      // The first click of a day makes the key of its visitors.
      visitorKeys: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      retryQueue: send,
      masterSecret: readSecret,
    },
  },
  visitor: {
    description: "Takes what visitors' browsers report where no server does.",
    timeoutSeconds: 6,
    bundleKilobytes: 450,
    failuresShowAs: 'answers',
    environment: [
      'configTable',
      'clicksTable',
      'conversionsTable',
      'postbackLogTable',
      'retryQueueUrl',
      'masterSecretArn',
      'configCacheSeconds',
      'postbackLogRetentionDays',
      'fallbackUrl',
    ],
    actions: {
      config: ['dynamodb:GetItem'],
      clicks: ['dynamodb:GetItem'],
      // A report is about one key: of the other conversions of its click it asks how many they are.
      conversions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      postbackLog: ['dynamodb:PutItem'],
      retryQueue: send,
      masterSecret: readSecret,
    },
  },
  postback: {
    description: 'Judges a postback and records the conversion it reports.',
    timeoutSeconds: 12,
    bundleKilobytes: 450,
    failuresShowAs: 'errors',
    rollbackAlarms: ['ApiServerErrors', 'PostbackFailuresFiveMinutes'],
    environment: [
      'configTable',
      'clicksTable',
      'conversionsTable',
      'postbackLogTable',
      'retryQueueUrl',
      'masterSecretArn',
      'configCacheSeconds',
      'postbackLogRetentionDays',
    ],
    actions: {
      config: ['dynamodb:GetItem'],
      // An update marks a click whose reversal came before its sale.
      clicks: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
      // A transaction of Puts needs no more than PutItem. A dry run reads by key, and a reversal queries for its sale.
      conversions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      postbackLog: ['dynamodb:PutItem'],
      retryQueue: send,
      masterSecret: readSecret,
    },
  },
  retry: {
    description: 'Stores the clicks and postbacks that could not be stored when they came.',
    timeoutSeconds: retryTimeoutSeconds,
    bundleKilobytes: 450,
    failuresShowAs: 'errors',
    rollbackAlarms: ['RetryFunctionErrors'],
    environment: [
      'configTable',
      'clicksTable',
      'conversionsTable',
      'postbackLogTable',
      'retryQueueUrl',
      'deadLetterQueueUrl',
      'masterSecretArn',
      'configCacheSeconds',
      'postbackLogRetentionDays',
    ],
    actions: {
      config: ['dynamodb:GetItem'],
      clicks: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      // A row of a batch may ask for a dry run, too.
      conversions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      // What is put aside changes the verdict of its row, and nothing else in it.
      postbackLog: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      // Three for Lambda's poller; the fourth spaces the retries. It sends a message again a few times at most: Lambda stops loops.
      retryQueue: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
        'sqs:SendMessage',
      ],
      deadLetterQueue: send,
      masterSecret: readSecret,
    },
  },
  admin: {
    description: 'Serves the team: configuration, the postback log, conversions, reports.',
    timeoutSeconds: adminTimeoutSeconds,
    bundleKilobytes: 1300,
    failuresShowAs: 'answers',
    rollbackAlarms: ['ApiServerErrors'],
    // A recount counts as the count function does.
    files: { [countryFileName]: 'countryFile' },
    environment: [
      'configTable',
      'clicksTable',
      'conversionsTable',
      'postbackLogTable',
      'retryQueueUrl',
      'deadLetterQueueUrl',
      'masterSecretArn',
      'publicUrl',
      'factsTable',
      'factsBucket',
      'reportsWorkGroup',
      'reportsDatabase',
      'deliveriesTable',
      'deliveryQueueUrl',
    ],
    actions: {
      config: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      // A replay judges as the postback function does. It also puts test clicks, and tombstones of erased ones.
      clicks: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Scan'],
      // An audit of the reports scans both.
      conversions: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan'],
      // The rows of a batch are read by key, a hundred at a time; erasing one writes what is left of it.
      postbackLog: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      retryQueue: send,
      deadLetterQueue: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
      masterSecret: readSecret,
      // A recount keeps its steps there; taking it moves the generation, and settling it the manifest.
      facts: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      // An update makes a delivery due once more.
      deliveries: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      deliveriesBySource: ['dynamodb:Query'],
      deliveryQueue: send,
      // Athena reads and writes in the name of who asks it.
      reportsWorkGroup: ['athena:StartQueryExecution', 'athena:GetQueryExecution'],
      reportsCatalog: ['glue:GetDatabase', 'glue:GetTable'],
      factsBucket: ['s3:GetBucketLocation', 's3:ListBucket'],
      factObjects: ['s3:GetObject', 's3:PutObject'],
      reportResults: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
    },
  },
  watchdog: {
    description: 'Tells every hour which integrations have stopped sending.',
    // It reads the log of an hour: it has all that Lambda gives.
    timeoutSeconds: 900,
    bundleKilobytes: 300,
    failuresShowAs: 'lateness',
    environment: ['configTable', 'postbackLogTable', 'postbackLogRetentionDays'],
    actions: {
      config: ['dynamodb:Query'],
      // What it has learnt stands beside the rows that it learns from.
      postbackLog: ['dynamodb:Query', 'dynamodb:PutItem'],
    },
  },
  count: {
    description: 'Counts what changes of clicks and conversions, for reports.',
    timeoutSeconds: 60,
    bundleKilobytes: 600,
    failuresShowAs: 'lateness',
    files: { [countryFileName]: 'countryFile' },
    environment: ['configTable', 'clicksTable', 'conversionsTable', 'factsTable', 'factsBucket', 'configCacheSeconds'],
    actions: {
      config: ['dynamodb:GetItem'],
      clicksStream: readStream,
      conversionsStream: readStream,
      everyStream: ['dynamodb:ListStreams'],
      // A transaction of Puts needs no more than PutItem. The transaction ID of a person who is forgotten leaves its index.
      facts: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      factObjects: ['s3:PutObject'],
    },
  },
  compact: {
    description: 'Puts the objects of counted facts together, and takes erased visitors out of them.',
    // It reads every row of a day: it has all that Lambda gives.
    timeoutSeconds: 900,
    bundleKilobytes: 600,
    failuresShowAs: 'lateness',
    environment: ['factsTable', 'factsBucket', 'visitorKeysTable'],
    actions: {
      // It also deletes the keys of visitors whose day is over.
      visitorKeys: ['dynamodb:Scan', 'dynamodb:DeleteItem'],
      facts: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      factsBucket: ['s3:ListBucket'],
      factObjects: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    },
  },
  dispatch: {
    description: 'Plans what traffic sources are told of changed conversions, and queues what is due.',
    timeoutSeconds: 60,
    bundleKilobytes: 400,
    failuresShowAs: 'lateness',
    environment: ['configTable', 'deliveriesTable', 'deliveryQueueUrl', 'configCacheSeconds'],
    actions: {
      config: ['dynamodb:GetItem'],
      conversionsStream: readStream,
      everyStream: ['dynamodb:ListStreams'],
      // An update takes what was queued out of sight of the next sweep, and makes due what an ended suspension held.
      deliveries: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:DeleteItem'],
      dueDeliveries: ['dynamodb:Query'],
      deliveriesBySource: ['dynamodb:Query'],
      deliveryQueue: send,
    },
  },
  deliver: {
    description: 'Tells traffic sources of conversions.',
    timeoutSeconds: deliverTimeoutSeconds,
    bundleKilobytes: 450,
    failuresShowAs: 'lateness',
    environment: [
      'configTable',
      'clicksTable',
      'conversionsTable',
      'deliveriesTable',
      'deliveryQueueUrl',
      'masterSecretArn',
      'configCacheSeconds',
      'publicUrl',
    ],
    actions: {
      config: ['dynamodb:GetItem'],
      clicks: ['dynamodb:GetItem'],
      conversions: ['dynamodb:GetItem'],
      // A row is taken and settled by updates; how a source answers is read and put beside.
      deliveries: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      // Three for Lambda's poller; the fourth puts off what has to wait for its turn.
      deliveryQueue: [
        'sqs:ReceiveMessage',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:ChangeMessageVisibility',
      ],
      masterSecret: readSecret,
    },
  },
} as const satisfies Readonly<Record<string, FunctionEntry>>;

export type FunctionName = keyof typeof functions;

const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

/** In the order of their entries. */
export const functionNames: readonly FunctionName[] = Object.keys(functions).filter(isFunctionName);

export const functionEntry = (name: FunctionName): FunctionEntry => functions[name];

/** One value for each function, built in the order of the entries. */
export function byFunction<Value>(valueOf: (name: FunctionName) => Value): Readonly<Record<FunctionName, Value>> {
  const values: Partial<Record<FunctionName, Value>> = {};
  for (const name of functionNames) values[name] = valueOf(name);
  if (!isComplete(values)) throw new Error('a function has no value');
  return values;
}

const isComplete = <Value>(values: Partial<Record<FunctionName, Value>>): values is Record<FunctionName, Value> =>
  functionNames.every((name) => name in values);
