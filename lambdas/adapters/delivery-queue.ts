import type { SQSClient } from '@aws-sdk/client-sqs';
import { deliverySourceAttribute } from '../contract';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import type { Deadline } from './deadline';
import { sendMessages, type BatchMessage } from './send-messages';

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
  return {
    sendAll: (deliveries, deadline) => sendMessages(client, queueUrl, deliveries.map(messageOf), deadline),
  };
}

function messageOf({ id, sourceId }: QueuedDelivery): BatchMessage {
  if (sourceId === undefined) return { MessageBody: id };
  return {
    MessageBody: id,
    // A fair queue hands over other sources first where one has many that wait.
    MessageGroupId: sourceId,
    MessageAttributes: { [deliverySourceAttribute]: { DataType: 'String', StringValue: sourceId } },
  };
}
