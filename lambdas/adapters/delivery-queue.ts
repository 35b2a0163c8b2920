import type { SQSClient } from '@aws-sdk/client-sqs';
import { deliverySourceAttribute } from '../contract';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import type { Deadline } from './deadline';
import { sendMessages, type BatchMessage } from './send-messages';

/** A delivery to queue; without a source if the index of waiting ones lacks it. */
export interface QueuedDelivery {
  readonly id: DeliveryId;
  readonly sourceId?: string;
}

export interface DeliveryQueue {
  /** Returns the indexes of those that the queue rejected. */
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
    // A fair queue prefers other sources to one with many waiting messages.
    MessageGroupId: sourceId,
    MessageAttributes: { [deliverySourceAttribute]: { DataType: 'String', StringValue: sourceId } },
  };
}
