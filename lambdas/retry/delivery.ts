import type { SQSRecord } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import type { MetricCounts, LineFields } from '../adapters/metrics';
import { sentAgainAttribute } from '../contract';

/** One delivery of a queued message. Times are milliseconds since 1970. */
export interface QueueDelivery {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Number of its deliveries, this one included. */
  readonly deliveries: number;
  readonly sentAt: number;
  /** Time at which the first message was sent that this one replaces. */
  readonly firstSentAt: number;
  /** It may be what kills the function. */
  readonly setApart: boolean;
}

/** The result of a message, for metrics and its log line. */
export interface SettlementReport {
  readonly counts: MetricCounts;
  readonly fields: LineFields;
}

/** The next step for the message. */
export type MessageSettlement =
  | (SettlementReport & { readonly action: 'done' })
  | { readonly action: 'wait'; readonly seconds: number }
  /** Another message takes its place: a message cannot be changed. */
  | {
      readonly action: 'send-again';
      readonly body: string;
      readonly delaySeconds: number;
      /** Set where the message was judged all the same. */
      readonly report?: SettlementReport;
    }
  | { readonly action: 'give-up'; readonly reason: string };

/** About how many messages are due in the queue and were not received yet. */
export type DueMessages = (deadline: Deadline) => Promise<number>;

export function readQueueDelivery({
  messageId,
  receiptHandle,
  body,
  attributes,
  messageAttributes,
}: SQSRecord): QueueDelivery {
  const sentAt = Number(attributes.SentTimestamp);
  const first = Date.parse(messageAttributes[sentAgainAttribute.firstSentAt]?.stringValue ?? '');
  return {
    messageId,
    receiptHandle,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
    sentAt,
    firstSentAt: Number.isNaN(first) ? sentAt : first,
    setApart: messageAttributes[sentAgainAttribute.setApart] !== undefined,
  };
}

/**
 * Seconds since the oldest returned message was first queued; `undefined` where each is delivered for the first time. SQS excludes a
 * message that was received three times from its age, and dates a replacement by its own sending.
 */
export function longestWait(deliveries: readonly QueueDelivery[], now: number): number | undefined {
  const back = deliveries.filter(({ deliveries: count, sentAt, firstSentAt }) => count > 1 || firstSentAt < sentAt);
  if (back.length === 0) return undefined;
  return Math.max(0, Math.round((now - Math.min(...back.map(({ firstSentAt }) => firstSentAt))) / 1000));
}
