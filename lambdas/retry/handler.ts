import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { deadlineAt, type Deadline } from '../adapters/deadline';
import { requireEnvironment } from '../adapters/environment';
import { emit, logTrouble } from '../adapters/metrics';
import { hideMessage, sendDeadLetter, sqsClient } from '../adapters/retry-queue';
import { metric } from '../contract';
import { backoffSeconds, maximumDeliveries } from '../domain/queue/backoff';
import { storesFromEnvironment } from '../judgement/stores';
import { settle, type Delivery } from './settle';

const stores = storesFromEnvironment();
const queueClient = sqsClient();
const retryQueueUrl = requireEnvironment('retryQueueUrl');
const deadLetterQueueUrl = requireEnvironment('deadLetterQueueUrl');

/** Kept back for spacing the next try, or for putting a message aside. */
const reserveMilliseconds = 4000;

/**
 * Tries again what storage refused or what waits for its click. A message that is done is deleted; one that is not is hidden for a
 * growing time and reported as failed; one that cannot be done goes to the dead letter queue with its reason.
 */
export async function handler(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const end = Date.now() + context.getRemainingTimeInMillis();
  const deadlines = { work: deadlineAt(end - reserveMilliseconds), rest: deadlineAt(end - 500) };
  const done = await Promise.all(event.Records.map((record) => handle(record, deadlines)));
  const failed = event.Records.filter((_, index) => done[index] !== true);
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

/** @returns whether the message is done with; anything else brings it back. */
async function handle(record: SQSRecord, deadlines: { work: Deadline; rest: Deadline }): Promise<boolean> {
  const delivery: Delivery = {
    body: record.body,
    deliveries: Number(record.attributes.ApproximateReceiveCount),
    firstSentAt: Number(record.attributes.SentTimestamp),
  };
  try {
    const outcome = await settle(delivery, stores, deadlines.work);
    switch (outcome.action) {
      case 'done':
        emit(outcome.counts, { messageId: record.messageId, ...outcome.fields });
        return true;
      case 'wait':
        await hideMessage(queueClient, retryQueueUrl, record.receiptHandle, outcome.seconds, deadlines.rest);
        return false;
      case 'give-up':
        return await putAside(delivery, record.messageId, outcome.reason, deadlines.rest);
    }
  } catch (error) {
    logTrouble('a queued message was not settled', error, { messageId: record.messageId });
    return await tryLater(delivery, record, deadlines.rest);
  }
}

async function tryLater(delivery: Delivery, record: SQSRecord, deadline: Deadline): Promise<boolean> {
  try {
    if (delivery.deliveries >= maximumDeliveries) {
      return await putAside(delivery, record.messageId, 'STORAGE_REFUSED', deadline);
    }
    const seconds = backoffSeconds(delivery.deliveries, Math.random());
    await hideMessage(queueClient, retryQueueUrl, record.receiptHandle, seconds, deadline);
  } catch (error) {
    // It comes back all the same, when the queue's own visibility ends.
    logTrouble('the next try was not spaced', error, { messageId: record.messageId });
  }
  return false;
}

async function putAside(delivery: Delivery, messageId: string, reason: string, deadline: Deadline): Promise<true> {
  const letter = { body: delivery.body, reason, firstFailedAt: delivery.firstSentAt, lastFailedAt: Date.now() };
  await sendDeadLetter(queueClient, deadLetterQueueUrl, letter, deadline);
  emit({ [metric.messageDeadLettered]: 1 }, { messageId, reason, deliveries: delivery.deliveries });
  return true;
}
