import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { deadLetterAttribute } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { storageCall } from './storage-failure';

/** The limit of SQS per request. */
const batchSize = 10;
/** A wait of a second queries all servers of the queue; without it some of a few messages stay unseen. */
const waitSeconds = 1;
const receiveMilliseconds = 4000;
const callMilliseconds = 3000;
/** Seconds that a received letter stays hidden from others, unless it is returned earlier. */
const holdSeconds = 30;
/** A read of the queue ends well before its letters become visible again. */
const lookMilliseconds = 15_000;

/** The reason of SQS: the message was delivered too often without a deletion. */
const receivedTooOften = 'RECEIVED_TOO_OFTEN';

/** A received dead letter. */
export interface HeldLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly firstFailedAt: number;
  /** Unknown for messages that SQS itself moved. */
  readonly lastFailedAt?: number;
  readonly receiveCount: number;
}

export interface DeadLetterQueue {
  /**
   * Receives letters until there are enough, the queue is empty, or time is over. The caller must return or delete all of them.
   * @param isWanted selects letters; others are held too, so that they are not received again
   */
  hold(
    wanted: number,
    isWanted: (letter: HeldLetter) => boolean,
    deadline: Deadline,
  ): Promise<{
    readonly wanted: readonly HeldLetter[];
    readonly others: readonly HeldLetter[];
    readonly more: boolean;
  }>;
  /** Returns letters to the queue for the next reader. After a failure a letter becomes visible later. */
  giveBack(letters: readonly HeldLetter[], deadline: Deadline): Promise<void>;
  /** Deletes letters; returns their number. */
  delete(letters: readonly HeldLetter[], deadline: Deadline): Promise<number>;
}

export function deadLetterQueue(client: SQSClient, queueUrl: string, clock: () => number = Date.now): DeadLetterQueue {
  async function receive(deadline: Deadline): Promise<readonly HeldLetter[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      VisibilityTimeout: holdSeconds,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      MessageAttributeNames: Object.values(deadLetterAttribute),
    });
    const answer = await storageCall('reading the dead letter queue', () =>
      client.send(command, { abortSignal: abortSignal(deadline, receiveMilliseconds) }),
    );
    return (answer.Messages ?? []).map(heldLetter);
  }

  return {
    async hold(wanted, isWanted, deadline) {
      // The queue delivers at least once: a letter may come twice, and only its last receipt is valid.
      const held = new Map<string, HeldLetter>();
      const counted = () => [...held.values()].filter(isWanted);
      const endsAt = clock() + lookMilliseconds;
      let more = true;
      while (more && counted().length < wanted && clock() < endsAt) {
        const letters = await receive(deadline);
        for (const letter of letters) held.set(letter.messageId, letter);
        more = letters.length > 0;
      }
      const enough = counted().slice(0, wanted);
      const others = [...held.values()].filter((letter) => !enough.includes(letter));
      return { wanted: enough, others, more: more || counted().length > wanted };
    },

    async giveBack(letters, deadline) {
      const calls = groupsOf(letters).map((group) =>
        client.send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl: queueUrl,
            Entries: group.map(({ receiptHandle }, index) => ({
              Id: String(index),
              ReceiptHandle: receiptHandle,
              VisibilityTimeout: 0,
            })),
          }),
          { abortSignal: abortSignal(deadline, callMilliseconds) },
        ),
      );
      await Promise.allSettled(calls);
    },

    async delete(letters, deadline) {
      const calls = groupsOf(letters).map((group) =>
        client.send(
          new DeleteMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: group.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
          }),
          { abortSignal: abortSignal(deadline, callMilliseconds) },
        ),
      );
      const outcomes = await Promise.allSettled(calls);
      return outcomes.reduce(
        (sum, outcome) => sum + (outcome.status === 'fulfilled' ? (outcome.value.Successful ?? []).length : 0),
        0,
      );
    },
  };
}

function heldLetter({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes }: Message): HeldLetter {
  const attribute = (name: string): string | undefined => MessageAttributes?.[name]?.StringValue;
  const moment = (name: string): number => Date.parse(attribute(name) ?? '');
  const firstFailedAt = moment(deadLetterAttribute.firstFailedAt);
  const lastFailedAt = moment(deadLetterAttribute.lastFailedAt);
  return {
    messageId: MessageId ?? '',
    receiptHandle: ReceiptHandle ?? '',
    body: Body ?? '',
    reason: attribute(deadLetterAttribute.reason) ?? receivedTooOften,
    firstFailedAt: Number.isNaN(firstFailedAt) ? Number(Attributes?.SentTimestamp ?? 0) : firstFailedAt,
    ...(!Number.isNaN(lastFailedAt) && { lastFailedAt }),
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
  };
}

function groupsOf(letters: readonly HeldLetter[]): readonly (readonly HeldLetter[])[] {
  return Array.from({ length: Math.ceil(letters.length / batchSize) }, (_, at) =>
    letters.slice(at * batchSize, (at + 1) * batchSize),
  );
}
