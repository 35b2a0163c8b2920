import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deliverySourceAttribute } from '../contract';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import { abortSignal, type Deadline } from './deadline';

const callMilliseconds = 5000;
/** What SQS takes in one request. */
const batchSize = 10;

/** A delivery that is to be queued; the source is absent where the index of what waits does not say it. */
export interface QueuedDelivery {
  readonly id: DeliveryId;
  readonly sourceId?: string;
}

export interface DeliveryQueue {
  /** Answers the indexes of those that were not taken. */
  sendAll(deliveries: readonly QueuedDelivery[], deadline: Deadline): Promise<readonly number[]>;
}

export function deliveryQueue(client: SQSClient, queueUrl: string): DeliveryQueue {
  async function sendTogether(
    deliveries: readonly QueuedDelivery[],
    first: number,
    deadline: Deadline,
  ): Promise<readonly number[]> {
    const indexes = deliveries.map((_, at) => first + at);
    try {
      const answer = await client.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: deliveries.map(({ id, sourceId }, at) => ({
            Id: String(first + at),
            MessageBody: id,
            // A fair queue hands over other sources first where one has many that wait.
            ...(sourceId !== undefined && {
              MessageGroupId: sourceId,
              MessageAttributes: { [deliverySourceAttribute]: { DataType: 'String', StringValue: sourceId } },
            }),
          })),
        }),
        { abortSignal: abortSignal(deadline, callMilliseconds) },
      );
      const taken = new Set(answer.Successful?.map(({ Id }) => Id));
      return indexes.filter((index) => !taken.has(String(index)));
    } catch {
      return indexes;
    }
  }

  return {
    async sendAll(deliveries, deadline) {
      const starts = Array.from({ length: Math.ceil(deliveries.length / batchSize) }, (_, at) => at * batchSize);
      const refused = await Promise.all(
        starts.map((start) => sendTogether(deliveries.slice(start, start + batchSize), start, deadline)),
      );
      return refused.flat();
    },
  };
}
