import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterAttribute, sentAgainAttribute } from '../contract';
import { abortSignal, type Deadline } from './deadline';

const sendMilliseconds = 1500;
const batchMilliseconds = 5000;
/** The limit of SQS in one request. */
const batchSize = 10;
const batchBytes = 1024 * 1024;

/** Time that a handler keeps back for putting into the queue what the tables would not take: two tries and an answer. */
export const queueReserveMilliseconds = 2500;

export interface RetryQueue {
  /** Queues a message durably, or throws. */
  send(body: string, delaySeconds: number, deadline: Deadline): Promise<void>;
  /** Queues many; answers the indexes of those that were not taken. */
  sendAll(bodies: readonly string[], deadline: Deadline): Promise<readonly number[]>;
}

export function retryQueue(client: SQSClient, queueUrl: string): RetryQueue {
  async function sendTogether(
    bodies: readonly string[],
    indexes: readonly number[],
    deadline: Deadline,
  ): Promise<readonly number[]> {
    try {
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: indexes.map((index) => ({ Id: String(index), MessageBody: bodies[index] })),
        }),
        { abortSignal: abortSignal(deadline, batchMilliseconds) },
      );
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      return indexes.filter((index) => !taken.has(String(index)));
    } catch {
      return indexes;
    }
  }

  return {
    async send(body, delaySeconds, deadline) {
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, DelaySeconds: delaySeconds }), {
        abortSignal: abortSignal(deadline, sendMilliseconds),
      });
    },
    async sendAll(bodies, deadline) {
      const refused = await Promise.all(groupsOf(bodies).map((indexes) => sendTogether(bodies, indexes, deadline)));
      return refused.flat();
    },
  };
}

/** The indexes of bodies that go together in one request: not too many, and not too large. */
function groupsOf(bodies: readonly string[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  let room = 0;
  bodies.forEach((body, index) => {
    const bytes = Buffer.byteLength(body);
    const last = groups.at(-1);
    if (last !== undefined && last.length < batchSize && bytes <= room) {
      last.push(index);
      room -= bytes;
    } else {
      groups.push([index]);
      room = batchBytes - bytes;
    }
  });
  return groups;
}

/** Hides a message for longer: retries are spaced by visibility, since Lambda stops a message that a function sends to itself 16 times. */
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

/** A message that takes the place of one in the queue. */
export interface MessageReplacement {
  readonly body: string;
  readonly delaySeconds: number;
  /** When the first of them was sent. Milliseconds since 1970. */
  readonly firstSentAt: number;
  /** It may be what kills the function: it is tried last and alone. */
  readonly setApart: boolean;
}

/** Sends a message once more; its predecessor is deleted by whoever asked for it. */
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

/** Deletes messages that are done, up to ten, before something is tried that may end the function. */
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

/** About how many messages are due and were not received yet. */
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
