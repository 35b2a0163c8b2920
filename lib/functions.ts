import { adminTimeoutSeconds, countryFileName, deliverTimeoutSeconds, retryTimeoutSeconds } from '../lambdas/contract';
import type { FunctionEntry } from './function-entry';

const readSecret = ['secretsmanager:GetSecretValue'];
const send = ['sqs:SendMessage'];
/** Actions of Lambda for a function that reads a stream. */
const readStream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];

/**
 * Every function of the tracker, one entry each: the source of the stack, the settings by function, dashboard, saved queries, releases
 * and tests. A test compares the actions with the template's policies, which the local stack enforces.
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
      // The first click of a day creates the key of its visitors.
      visitorKeys: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      retryQueue: send,
      masterSecret: readSecret,
    },
  },
  visitor: {
    description: "Takes reports of conversions from visitors' browsers.",
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
      // A report reads and writes one key, and counts the other conversions of its click.
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
    description: 'Retries clicks and postbacks that storage rejected.',
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
      // A row of a batch may also request a dry run.
      conversions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
      // A dead letter changes the verdict of its row, and nothing else in it.
      postbackLog: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      // Three for Lambda's poller; the fourth spaces the retries. A message is resent a few times at most: Lambda stops loops.
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
      // A replay judges as the postback function does. The function also writes test clicks, and tombstones of erased ones.
      clicks: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Scan'],
      // An audit of the reports scans both.
      conversions: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan'],
      // The rows of a batch are read by key, a hundred at a time; an erasure rewrites a row.
      postbackLog: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:PutItem'],
      retryQueue: send,
      deadLetterQueue: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'],
      masterSecret: readSecret,
      // A recount keeps its steps there; applying it moves the generation, and settling it the manifest.
      facts: ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      // An update makes a delivery due again.
      deliveries: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      deliveriesBySource: ['dynamodb:Query'],
      deliveryQueue: send,
      // Athena reads and writes with the caller's permissions.
      reportsWorkGroup: ['athena:StartQueryExecution', 'athena:GetQueryExecution'],
      reportsCatalog: ['glue:GetDatabase', 'glue:GetTable'],
      factsBucket: ['s3:GetBucketLocation', 's3:ListBucket'],
      factObjects: ['s3:GetObject', 's3:PutObject'],
      reportResults: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'],
    },
  },
  watchdog: {
    description: 'Reports every hour which integrations have stopped sending.',
    // It reads the log of an hour, for which it has Lambda's maximum time.
    timeoutSeconds: 900,
    bundleKilobytes: 300,
    failuresShowAs: 'lateness',
    environment: ['configTable', 'postbackLogTable', 'postbackLogRetentionDays'],
    actions: {
      config: ['dynamodb:Query'],
      // It stores its findings beside the rows of the log.
      postbackLog: ['dynamodb:Query', 'dynamodb:PutItem'],
    },
  },
  count: {
    description: 'Counts changes of clicks and conversions for reports.',
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
      // A transaction of Puts needs no more than PutItem. The transaction ID of an erased person leaves its index.
      facts: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'],
      factObjects: ['s3:PutObject'],
    },
  },
  compact: {
    description: 'Merges the objects of counted facts, and removes erased visitors from them.',
    // It reads every row of a day, for which it has Lambda's maximum time.
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
    description: 'Plans postbacks to traffic sources for changed conversions, and queues those that are due.',
    timeoutSeconds: 60,
    bundleKilobytes: 400,
    failuresShowAs: 'lateness',
    environment: ['configTable', 'deliveriesTable', 'deliveryQueueUrl', 'configCacheSeconds'],
    actions: {
      config: ['dynamodb:GetItem'],
      conversionsStream: readStream,
      everyStream: ['dynamodb:ListStreams'],
      // An update hides a queued delivery from the next sweep, and makes deliveries of an ended suspension due.
      deliveries: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query', 'dynamodb:DeleteItem'],
      dueDeliveries: ['dynamodb:Query'],
      deliveriesBySource: ['dynamodb:Query'],
      deliveryQueue: send,
    },
  },
  deliver: {
    description: 'Sends postbacks to traffic sources.',
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
      // Updates claim and settle a row; the health of a source is stored beside it.
      deliveries: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      // Three for Lambda's poller; the fourth postpones deliveries that wait for their turn.
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
  if (!isComplete(values)) throw new Error('a value for a function is missing');
  return values;
}

const isComplete = <Value>(values: Partial<Record<FunctionName, Value>>): values is Record<FunctionName, Value> =>
  functionNames.every((name) => name in values);
