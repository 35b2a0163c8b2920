import * as athena from '@aws-sdk/client-athena';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as sqs from '@aws-sdk/client-sqs';

/** Operations of a service, from its SDK: IAM's actions have the same names. */
const operationsOf = (client: object): readonly string[] =>
  Object.keys(client)
    .filter((name) => name.endsWith('Command') && !name.startsWith('$'))
    .map((name) => name.slice(0, -'Command'.length));

/** Operations without an action: IAM checks the actions of their parts. */
const withoutAction = /^sqs:.+Batch$|^dynamodb:(Transact|Execute|BatchExecute)/;

/** The used actions of services whose SDK is not installed. */
const others: Readonly<Record<string, readonly string[]>> = {
  codedeploy: ['PutLifecycleEventHookExecutionStatus'],
  'execute-api': ['Invoke'],
  glue: ['GetDatabase', 'GetTable', 'GetPartitions'],
  kms: [
    'Decrypt',
    'DescribeKey',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ],
  lambda: ['GetFunction', 'InvokeAsync', 'InvokeFunction', 'UpdateAlias'],
  logs: [
    'CreateLogGroup',
    'CreateLogStream',
    'DescribeLogGroups',
    'DescribeLogStreams',
    'FilterLogEvents',
    'PutLogEvents',
  ],
  // S3's actions are not named after its operations.
  s3: ['AbortMultipartUpload', 'DeleteObject', 'GetBucketLocation', 'GetObject', 'ListBucket', 'PutObject'],
  sns: ['Publish'],
  sts: ['AssumeRole'],
};

/** Streams have a separate client, with the actions of the tables' service. */
const streamActions = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'] as const;

const known = new Set(
  Object.entries({
    ...others,
    athena: operationsOf(athena),
    cloudformation: operationsOf(cloudformation),
    cloudwatch: operationsOf(cloudwatch),
    dynamodb: [...operationsOf(dynamodb), ...streamActions],
    secretsmanager: operationsOf(secretsManager),
    sqs: operationsOf(sqs),
  })
    .flatMap(([service, operations]) => operations.map((operation) => `${service}:${operation}`))
    .filter((action) => !withoutAction.test(action)),
);

/** Whether IAM has such an action. A pattern is not one: rule packs judge patterns. */
export const isKnownAction = (action: string): boolean => known.has(action) || action.includes('*');
