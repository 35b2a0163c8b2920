import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { configurationTable } from '../adapters/configuration-table';
import { deadlineAt } from '../adapters/deadline';
import { deliveriesTable } from '../adapters/deliveries-table';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { emit } from '../adapters/metrics';
import { sqsClient } from '../adapters/sqs';
import { deliveryQueue } from '../adapters/delivery-queue';
import { heldReleases } from '../adapters/held-releases';
import { readStreamRecords } from '../adapters/stream-event';
import { readDocument } from '../domain/configuration/document';
import { dispatch, type DispatchStores } from './dispatch';
import { releaseHeldDeliveries, type ReleaseStores } from './release';
import { reportDispatched } from './report';
import { queueDueDeliveries, type SweepStores } from './sweep';

/** It runs asynchronously, and failures are retried. */
const attempts = 4;
const client = dynamoDbClient(attempts);
const deliveries = requireEnvironment('deliveriesTable');
const queue = deliveryQueue(sqsClient(), requireEnvironment('deliveryQueueUrl'));

const stores: DispatchStores & SweepStores & ReleaseStores = {
  configuration: configurationTable<'source'>(
    client,
    requireEnvironment('configTable'),
    requireEnvironmentNumber('configCacheSeconds'),
    readDocument,
  ),
  deliveries: deliveriesTable(client, deliveries),
  releases: heldReleases(client, deliveries),
  queue: (due, deadline) => queue.sendAll(due, deadline),
  now: () => Date.now(),
};

/** Queues the deliveries of changed conversions and, when called by its schedule, the deliveries whose time has come. */
export async function handler(
  event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<DynamoDBBatchResponse> {
  const now = Date.now();
  const deadline = deadlineAt(now + context.getRemainingTimeInMillis() - 1000);
  const records = readStreamRecords(event);
  if (records === undefined) {
    const swept = await queueDueDeliveries(stores, now, deadline);
    // Sweeps before it releases: deliveries that were due earlier are queued first, and released ones by the next run.
    const released = await releaseHeldDeliveries(stores, now, deadline);
    if (swept + released > 0) emit({}, { swept, released });
    return { batchItemFailures: [] };
  }
  const dispatched = await dispatch(records, stores, deadline);
  reportDispatched(records.length, dispatched);
  const { failedFrom } = dispatched;
  return { batchItemFailures: failedFrom === undefined ? [] : [{ itemIdentifier: failedFrom }] };
}
