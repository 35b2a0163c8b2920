import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { retryQueueMaxReceiveCount, retryTimeoutSeconds, tableKey } from '../../../lambdas/contract';
import { objectOrEmpty, parseJson } from '../../../local/json';
import { physicalName } from '../account/stack';
import type { Proof } from '../proof';
import { type TableLabel, tableLabels, type Tracker } from '../tracker';

const keys: Readonly<Record<TableLabel, { readonly partition: string; readonly sort?: string }>> = {
  Config: tableKey.config,
  Clicks: tableKey.clicks,
  Conversions: tableKey.conversions,
  PostbackLog: tableKey.postbackLog,
};

const streams: Readonly<Partial<Record<TableLabel, string>>> = {
  Clicks: 'NEW_AND_OLD_IMAGES',
  Conversions: 'NEW_AND_OLD_IMAGES',
};

/** Whether what was deployed is set as the template says: asked of the services, not of CloudFormation. */
export async function lookAtSettings({ account, checks }: Proof, tracker: Tracker): Promise<void> {
  checks.section('What the services say of what was deployed');
  const { dynamoDb, sqs } = account;
  for (const label of tableLabels) {
    const { Table: table } = await dynamoDb.send(new DescribeTableCommand({ TableName: tracker.tableName(label) }));
    const seen = table?.KeySchema?.map(({ AttributeName: name }) => name).join(' / ');
    const { partition, sort } = keys[label];
    checks.that(
      `${label} has the keys of the contract`,
      seen === [partition, sort].filter(Boolean).join(' / '),
      String(seen),
    );
    const billing = table?.BillingModeSummary?.BillingMode;
    checks.that(`${label} is on demand`, billing === 'PAY_PER_REQUEST', String(billing));
    const stream = table?.StreamSpecification?.StreamViewType;
    checks.that(`${label} has its stream`, stream === streams[label], stream ?? 'none, as it should');
  }
  const QueueUrl = physicalName(tracker.stack, 'AWS::SQS::Queue', 'RetryPathRetryQueue');
  const { Attributes: attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  const { maxReceiveCount: receives } = objectOrEmpty(parseJson(attributes?.['RedrivePolicy'] ?? ''));
  checks.that(
    'the retry queue gives up as the contract says',
    receives === retryQueueMaxReceiveCount,
    String(receives),
  );
  const visibility = Number(attributes?.['VisibilityTimeout']);
  const needed = 6 * retryTimeoutSeconds;
  checks.that('it hides a message six times as long as its function runs', visibility >= needed, `${visibility} s`);
}
