import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { abortSignal, type Deadline } from './deadline';

const callMilliseconds = 5000;

/** A received message to be received again after a number of seconds. */
export interface HiddenMessage {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/** The received messages of the delivery queue. */
export interface DeliveryMessages {
  /** Hides up to ten messages. */
  hide(messages: readonly HiddenMessage[], deadline: Deadline): Promise<void>;
}

export function deliveryMessages(client: SQSClient, queueUrl: string): DeliveryMessages {
  return {
    async hide(messages, deadline) {
      const Entries = messages.map(({ receiptHandle, seconds }, at) => ({
        Id: String(at),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }));
      await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl, Entries }), {
        abortSignal: abortSignal(deadline, callMilliseconds),
      });
    },
  };
}
