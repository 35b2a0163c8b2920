import { randomUUID } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { findConversion } from '../adapters/conversion-of';
import { deadlineAt } from '../adapters/deadline';
import { deliveriesTable } from '../adapters/deliveries-table';
import { deliveryMessages } from '../adapters/delivery-messages';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { masterSecret } from '../adapters/master-secret';
import { sendOutbound } from '../adapters/outbound-http';
import { outboundRules } from '../adapters/outbound-rules';
import { sqsClient } from '../adapters/sqs';
import { releaseRequests } from '../adapters/release-request';
import { sourceHealthTable } from '../adapters/source-health-table';
import { sourceSecrets } from '../adapters/source-secrets';
import { readDocument } from '../domain/configuration/document';
import { templateOf } from '../domain/outbound/sources';
import { accessTokens } from '../outbound/access-tokens';
import { deliverBatch, type BatchStores } from './batch';
import { reportDelivered } from './report';

/** A failure here only delays: the message returns after a failed write. */
const attempts = 4;
const client = dynamoDbClient(attempts);
const clicks = clicksTable(client, requireEnvironment('clicksTable'));
const conversions = requireEnvironment('conversionsTable');
const deliveries = requireEnvironment('deliveriesTable');
const secrets = sourceSecrets(client, requireEnvironment('configTable'));
const master = masterSecret(requireEnvironment('masterSecretArn'));
const rules = outboundRules();
const messages = deliveryMessages(sqsClient(), requireEnvironment('deliveryQueueUrl'));

const stores: BatchStores = {
  configuration: configurationTable<'source'>(
    client,
    requireEnvironment('configTable'),
    requireEnvironmentNumber('configCacheSeconds'),
    readDocument,
  ),
  deliveries: deliveriesTable(client, deliveries),
  health: sourceHealthTable(client, deliveries),
  releases: releaseRequests(client, deliveries),
  templateOf,
  conversionOf: (delivery, deadline) => findConversion(client, conversions, delivery, deadline),
  async parametersOf(clickId, deadline) {
    const click = await clicks.find(clickId, Date.now(), deadline);
    return click === undefined || click === 'erased' ? undefined : click.parameters;
  },
  secretsOf: async (sourceId, deadline) => secrets.of(sourceId, await master.read(), deadline),
  send: (request, isSecret) => sendOutbound(request, { ...rules, isSecret }),
  accessTokens: accessTokens(
    (request) => sendOutbound(request, { ...rules, isSecret: true }),
    () => Date.now(),
  ),
  now: () => Date.now(),
  random: Math.random,
  newToken: randomUUID,
  hide: messages.hide,
  report: reportDelivered,
};

/** Delivers the messages of the queue in parallel: a slow source keeps no other one waiting. */
export async function handler(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const deadline = deadlineAt(Date.now() + context.getRemainingTimeInMillis() - 1000);
  const failed = await deliverBatch(event.Records, stores, deadline);
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
