import { type Fault, remove, set, without } from './fault';

const table = { type: 'AWS::DynamoDB::GlobalTable' };
const clicks = { ...table, named: 'TablesClicks' };
const conversions = { ...table, named: 'TablesConversions' };
const replica = 'Properties.Replicas.0';
const retryQueue = { type: 'AWS::SQS::Queue', named: 'RetryPathRetryQueue' };
const deadLetterQueue = { type: 'AWS::SQS::Queue', named: 'RetryPathDeadLetterQueue' };
const mapping = { type: 'AWS::Lambda::EventSourceMapping' };

const tableFaults: readonly Fault[] = [
  {
    title: 'a table deleted with its stack',
    in: conversions,
    change: set('DeletionPolicy', 'Delete'),
    caughtBy: ['own rules', 'retention-policy'],
  },
  {
    title: 'a table deleted when it is replaced',
    in: conversions,
    change: without('UpdateReplacePolicy'),
    caughtBy: ['own rules', 'retention-policy'],
  },
  {
    title: 'a table that may be deleted',
    in: clicks,
    change: set(`${replica}.DeletionProtectionEnabled`, false),
    caughtBy: ['own rules', 'deletion-protection'],
  },
  {
    title: 'no restore to a point in time',
    in: conversions,
    change: set(`${replica}.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled`, false),
    caughtBy: ['own rules', 'point-in-time-recovery'],
  },
  {
    title: 'a table without a key',
    in: clicks,
    change: without('Properties.KeySchema'),
    caughtBy: ['dynamodb', 'CreateTable'],
  },
  {
    title: 'a key attribute that is not defined',
    in: conversions,
    change: without('Properties.AttributeDefinitions.1'),
    caughtBy: ['own rules', 'key-attributes'],
  },
  {
    title: 'an attribute that no key uses',
    in: clicks,
    change: set('Properties.AttributeDefinitions', [
      { AttributeName: 'clickId', AttributeType: 'S' },
      { AttributeName: 'campaign', AttributeType: 'S' },
    ]),
    caughtBy: ['dynamodb', 'CreateTable'],
  },
  {
    title: 'an index on an attribute that is not defined',
    in: clicks,
    change: set('Properties.GlobalSecondaryIndexes', [
      {
        IndexName: 'byCampaign',
        KeySchema: [{ AttributeName: 'campaign', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ]),
    caughtBy: ['own rules', 'key-attributes'],
  },
  {
    title: 'an index on the hot path',
    in: clicks,
    change: set('Properties.GlobalSecondaryIndexes', [
      {
        IndexName: 'byClick',
        KeySchema: [{ AttributeName: 'clickId', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ]),
    caughtBy: ['own rules', 'secondary-index'],
  },
  {
    title: 'conversions that expire: a duplicate would count again',
    in: conversions,
    change: set('Properties.TimeToLiveSpecification', { AttributeName: 'expiresAt', Enabled: true }),
    caughtBy: ['own rules', 'time-to-live'],
  },
  {
    title: 'clicks that never expire',
    in: clicks,
    change: without('Properties.TimeToLiveSpecification'),
    caughtBy: ['own rules', 'time-to-live'],
  },
  {
    title: 'a table of a fixed capacity',
    in: clicks,
    change: set('Properties.BillingMode', 'PROVISIONED'),
    caughtBy: ['own rules', 'table-billing'],
  },
  {
    title: 'a key that no code knows',
    in: clicks,
    change: (definition) =>
      set('Properties.KeySchema', [{ AttributeName: 'id', KeyType: 'HASH' }])(
        set('Properties.AttributeDefinitions', [{ AttributeName: 'id', AttributeType: 'S' }])(definition),
      ),
    caughtBy: ['own rules', 'table-keys'],
  },
  {
    title: 'a key of a type that there is not',
    in: clicks,
    change: set('Properties.AttributeDefinitions.0.AttributeType', 'TEXT'),
    caughtBy: ['dynamodb', 'CreateTable'],
  },
];

const queueFaults: readonly Fault[] = [
  {
    title: 'a queue that hides a message for 30 s only',
    in: retryQueue,
    change: set('Properties.VisibilityTimeout', 30),
    caughtBy: ['own rules', 'queue-visibility'],
  },
  {
    title: 'a queue that hides a message for less than its function runs',
    in: retryQueue,
    change: set('Properties.VisibilityTimeout', 10),
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'no dead letter queue',
    in: retryQueue,
    change: without('Properties.RedrivePolicy'),
    caughtBy: ['own rules', 'dead-letter-queue'],
  },
  {
    title: 'a dead letter queue that keeps no longer than its source',
    in: deadLetterQueue,
    change: set('Properties.MessageRetentionPeriod', 345_600),
    caughtBy: ['own rules', 'dead-letter-queue'],
  },
  {
    title: 'a message given up before it was tried',
    in: retryQueue,
    change: set('Properties.RedrivePolicy.maxReceiveCount', 0),
    caughtBy: ['own rules', 'receive-count'],
  },
  {
    title: 'a message given up after one try',
    in: retryQueue,
    change: set('Properties.RedrivePolicy.maxReceiveCount', 1),
    caughtBy: ['own rules', 'receive-count'],
  },
  {
    title: 'a queue deleted with its stack',
    in: retryQueue,
    change: set('DeletionPolicy', 'Delete'),
    caughtBy: ['own rules', 'retention-policy'],
  },
  {
    title: 'a queue that takes messages without TLS',
    in: { type: 'AWS::SQS::QueuePolicy', named: 'RetryPathRetryQueue' },
    change: remove,
    names: 'RetryPathRetryQueue',
    caughtBy: ['cdk-nag', 'AwsSolutions-SQS4'],
  },
  {
    title: 'failures of a batch not reported',
    in: mapping,
    change: without('Properties.FunctionResponseTypes'),
    caughtBy: ['own rules', 'batch-item-failures'],
  },
  {
    title: 'batches of 100 without a window',
    in: mapping,
    change: set('Properties.BatchSize', 100),
    caughtBy: ['own rules', 'batch-window'],
  },
  {
    title: 'batches of 20,000',
    in: mapping,
    change: set('Properties.BatchSize', 20_000),
    caughtBy: ['validator', 'F3034'],
  },
  {
    title: 'one retry function at a time, where SQS asks for two',
    in: mapping,
    change: set('Properties.ScalingConfig.MaximumConcurrency', 1),
    caughtBy: ['validator', 'F3034'],
  },
  {
    title: 'a queue that nobody works',
    in: mapping,
    change: remove,
    names: 'RetryPathRetryQueue',
    caughtBy: ['own rules', 'queue-consumer'],
  },
  {
    title: 'a filter, by which messages are deleted unseen',
    in: mapping,
    change: set('Properties.FilterCriteria', { Filters: [{ Pattern: '{"body":{"version":[1]}}' }] }),
    caughtBy: ['own rules', 'message-filter'],
  },
];

export const storageFaults: readonly Fault[] = [
  ...tableFaults,
  ...queueFaults,
  {
    title: 'the master secret deleted with its stack',
    in: { type: 'AWS::SecretsManager::Secret' },
    change: set('DeletionPolicy', 'Delete'),
    caughtBy: ['own rules', 'retention-policy'],
  },
  {
    title: 'a bucket that anybody may read, without TLS',
    add: {
      Exports: {
        Type: 'AWS::S3::Bucket',
        Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: false } },
      },
    },
    caughtBy: ['cdk-nag', 'AwsSolutions-S2'],
  },
  {
    title: 'a stack that one command deletes',
    stack: { terminationProtection: false },
    caughtBy: ['own rules', 'termination-protection'],
  },
];
