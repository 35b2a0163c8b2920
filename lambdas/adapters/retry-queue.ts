import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterAttribute, sentAgainAttribute } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { sendMessages } from './send-messages';

const sendMilliseconds = 1500;

/** Time that a handler reserves for queueing what the tables reject: two attempts and an answer. */
export const queueReserveMilliseconds = 2500;

export interface RetryQueue {
  /** Queues a message durably, or throws. */
  send(body: string, delaySeconds: number, deadline: Deadline): Promise<void>;
  /** Queues many messages; returns the indexes of those that the queue rejected. */
  sendAll(bodies: readonly string[], deadline: Deadline): Promise<readonly number[]>;
}

export function retryQueue(client: SQSClient, queueUrl: string): RetryQueue {
  return {
    async send(body, delaySeconds, deadline) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: delaySeconds }), {
        abortSignal: abortSignal(deadline, sendMilliseconds),
      });
    },
    sendAll: (bodies, deadline) =>
      sendMessages(
        client,
        queueUrl,
        bodies.map((MessageBody) => ({ MessageBody })),
        deadline,
      ),
  };
}

/** Extends the hiding of a message: visibility spaces retries, since Lambda stops a message that a function sends to itself 16 times. */
export async function hideMessage(
  client: SQSClient,
  queueUrl: string,
  receiptHandle: string,
  seconds: number,
  deadline: Deadline,
): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
    { abortSignal: abortSignal(deadline, sendMilliseconds) },
  );
}

/** A message that replaces one in the queue. */
export interface MessageReplacement {
  readonly body: string;
  readonly delaySeconds: number;
  /** Time of the first message, in milliseconds since 1970. */
  readonly firstSentAt: number;
  /** It may be the one that kills the function: it is tried last and alone. */
  readonly setApart: boolean;
}

/** Sends a message again; the caller deletes the previous one. */
export async function sendAgain(
  client: SQSClient,
  queueUrl: string,
  { body, delaySeconds, firstSentAt, setApart }: MessageReplacement,
  deadline: Deadline,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      DelaySeconds: delaySeconds,
      MessageAttributes: {
        [sentAgainAttribute.firstSentAt]: textAttribute(new Date(firstSentAt).toISOString()),
        ...(setApart && { [sentAgainAttribute.setApart]: textAttribute('true') }),
      },
    }),
    { abortSignal: abortSignal(deadline, sendMilliseconds) },
  );
}

/** Deletes up to ten finished messages before a step that may end the function. */
export async function deleteMessages(
  client: SQSClient,
  queueUrl: string,
  receiptHandles: readonly string[],
  deadline: Deadline,
): Promise<void> {
  const Entries = receiptHandles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
  await client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), {
    abortSignal: abortSignal(deadline, sendMilliseconds),
  });
}

/** Returns about how many due messages were not received yet. */
export async function dueMessages(client: SQSClient, queueUrl: string, deadline: Deadline): Promise<number> {
  const name = 'ApproximateNumberOfMessages';
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [name] }),
    { abortSignal: abortSignal(deadline, sendMilliseconds) },
  );
  return Number(Attributes?.[name] ?? 0);
}

function textAttribute(value: string) {
  return { DataType: 'String', StringValue: value };
}

export interface DeadMessage {
  readonly body: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly firstFailedAt: number;
  readonly lastFailedAt: number;
}

/** Puts a message aside with its reason, for people. */
export async function sendDeadLetter(
  client: SQSClient,
  queueUrl: string,
  letter: DeadMessage,
  deadline: Deadline,
): Promise<void> {
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: letter.body,
      MessageAttributes: {
        [deadLetterAttribute.reason]: textAttribute(letter.reason),
        [deadLetterAttribute.firstFailedAt]: textAttribute(new Date(letter.firstFailedAt).toISOString()),
        [deadLetterAttribute.lastFailedAt]: textAttribute(new Date(letter.lastFailedAt).toISOString()),
      },
    }),
    { abortSignal: abortSignal(deadline, sendMilliseconds) },
  );
}
