import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deadlineAt, type Deadline } from '../adapters/deadline';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment } from '../adapters/environment';
import { emit, logTrouble } from '../adapters/metrics';
import { putAsideInLog } from '../adapters/postback-log-table';
import { deleteMessages, dueMessages, hideMessage, sendAgain, sendDeadLetter } from '../adapters/retry-queue';
import { sqsClient } from '../adapters/sqs';
import * as metric from '../counters';
import { putAsideRow } from '../domain/queue/put-aside-row';
import { storesFromEnvironment } from '../judgement/stores';
import { longestWait, readQueueDelivery, type QueueDelivery } from './delivery';
import { settle } from './settle';
import { workBatch, type Tools } from './work';

const stores = storesFromEnvironment();
const queueClient = sqsClient();
const logClient = dynamoDbClient();
const retryQueueUrl = requireEnvironment('retryQueueUrl');
const deadLetterQueueUrl = requireEnvironment('deadLetterQueueUrl');
const logTableName = requireEnvironment('postbackLogTable');

/** Kept back for spacing the next try, or for putting a message aside. */
const reserveMilliseconds = 4000;

const tools: Tools = {
  settle: (delivery, deadline) =>
    settle(delivery, stores, (until) => dueMessages(queueClient, retryQueueUrl, until), deadline),
  hide: ({ receiptHandle }, seconds, deadline) =>
    hideMessage(queueClient, retryQueueUrl, receiptHandle, seconds, deadline),
  sendAgain: (replacement, deadline) => sendAgain(queueClient, retryQueueUrl, replacement, deadline),
  remove: (deliveries, deadline) =>
    deleteMessages(
      queueClient,
      retryQueueUrl,
      deliveries.map(({ receiptHandle }) => receiptHandle),
      deadline,
    ),
  putAside,
  report: ({ messageId }, counts, fields) => emit(counts, { messageId, ...fields }),
};

/**
 * Tries again what storage rejected or what waits for its click. A message that is done is deleted; one that is not is hidden for a
 * growing time and reported as failed; one that cannot be done goes to the dead letter queue with its reason.
 */
export async function handler(
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<SQSBatchResponse> {
  const end = Date.now() + context.getRemainingTimeInMillis();
  const deadlines = { work: deadlineAt(end - reserveMilliseconds), rest: deadlineAt(end - 500) };
  const deliveries = event.Records.map(readQueueDelivery);
  reportWait(deliveries, Date.now());
  const left = await workBatch(deliveries, tools, deadlines);
  return { batchItemFailures: left.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** Written before the work, which may end the function. */
function reportWait(deliveries: readonly QueueDelivery[], now: number): void {
  const waited = longestWait(deliveries, now);
  if (waited !== undefined) emit({ [metric.retryWaitSeconds]: waited }, {});
}

async function putAside(delivery: QueueDelivery, reason: string, deadline: Deadline): Promise<void> {
  const { messageId, body, deliveries, firstSentAt } = delivery;
  const letter = { body, reason, firstFailedAt: firstSentAt, lastFailedAt: Date.now() };
  await sendDeadLetter(queueClient, deadLetterQueueUrl, letter, deadline);
  emit({ [metric.messageDeadLettered]: 1 }, { messageId, reason, deliveries });
  const row = putAsideRow(body, deliveries, stores.logRetentionDays);
  if (row === undefined) return;
  try {
    await putAsideInLog(logClient, logTableName, row, deadline);
  } catch (error) {
    // The dead letter is what counts; its row still says that it waits.
    logTrouble('the log does not say that a message was put aside', error, { messageId });
  }
}
