import { ChangeMessageVisibilityBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { abortSignal, type Deadline } from './deadline';

const callMilliseconds = 5000;

/** A received message that comes again after so many seconds. */
export interface HiddenMessage {
  readonly receiptHandle: string;
  readonly seconds: number;
}

/** Messages of the delivery queue that the deliver function has received. */
export interface DeliveryMessages {
  /** Hides up to ten of them. */
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
