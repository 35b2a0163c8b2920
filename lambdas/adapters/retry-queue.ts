import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterAttribute } from '../contract';
import { abortSignal, type Deadline } from './deadline';

const sendMilliseconds = 1500;
const batchMilliseconds = 5000;
/** What SQS takes in one request. */
const batchSize = 10;
const batchBytes = 1024 * 1024;

/** Time that a handler keeps back for putting into the queue what the tables would not take: two tries and an answer. */
export const queueReserveMilliseconds = 2500;

export function sqsClient(): SQSClient {
  return new SQSClient({ maxAttempts: 2, requestHandler: { connectionTimeout: 500 } });
}

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

/** Hides a message for longer: retries are spaced by visibility, never by sending to one's own queue, which Lambda would stop. */
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

export interface DeadLetter {
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
  letter: DeadLetter,
  deadline: Deadline,
): Promise<void> {
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: letter.body,
      MessageAttributes: {
        [deadLetterAttribute.reason]: text(letter.reason),
        [deadLetterAttribute.firstFailedAt]: text(new Date(letter.firstFailedAt).toISOString()),
        [deadLetterAttribute.lastFailedAt]: text(new Date(letter.lastFailedAt).toISOString()),
      },
    }),
    { abortSignal: abortSignal(deadline, sendMilliseconds) },
  );
}
