import type { SQSRecord } from 'aws-lambda';
import type { Deadline } from '../adapters/deadline';
import type { DeliveryMessages, HiddenMessage } from '../adapters/delivery-messages';
import { logTrouble } from '../adapters/metrics';
import type { KnownHealth } from '../adapters/source-health-table';
import { deliverySourceAttribute } from '../contract';
import { readDeliveryId } from '../domain/outbound/delivery-id';
import { hiddenSeconds } from '../domain/outbound/turns';
import { deliver, type Delivered, type DeliverStores } from './deliver';
import { beginRun, endRun } from './take-turn';

/** The stores of a batch, beside those of one delivery. */
export interface BatchStores extends DeliverStores {
  readonly hide: DeliveryMessages['hide'];
  report(delivered: Delivered): void;
}

/** A message from the queue. */
export type DeliveryMessage = Pick<SQSRecord, 'body' | 'messageId' | 'receiptHandle' | 'messageAttributes'> & {
  readonly attributes: Pick<SQSRecord['attributes'], 'ApproximateReceiveCount'>;
};

/**
 * Delivers a batch, its sources in parallel. If enough runs call a source with many waiting deliveries, hides its messages for seconds
 * and frees this run for other sources: a hanging source must not block them all.
 * @returns the IDs of the messages to retry
 */
export async function deliverBatch(
  messages: readonly DeliveryMessage[],
  stores: BatchStores,
  deadline: Deadline,
): Promise<readonly string[]> {
  const groups = [...Map.groupBy(messages, sourceOf)];
  const back = await Promise.all(groups.map(([source, group]) => deliverGroup(source, group, stores, deadline)));
  return back.flat();
}

/** Absent where the message does not name its source: each such delivery checks the source separately. */
function sourceOf({ messageAttributes }: DeliveryMessage): string | undefined {
  return messageAttributes[deliverySourceAttribute]?.stringValue;
}

async function deliverGroup(
  source: string | undefined,
  messages: readonly DeliveryMessage[],
  stores: BatchStores,
  deadline: Deadline,
): Promise<readonly string[]> {
  const all = (list: readonly DeliveryMessage[], known?: KnownHealth): Promise<readonly string[]> =>
    Promise.all(list.map((message) => deliverOne(message, stores, deadline, known))).then((back) => back.flat());
  if (source === undefined) return all(messages);
  const run = await beginRun(source, messages.length, stores, deadline);
  if (run.kind === 'later') {
    const hidden = messages.flatMap(hiddenOf);
    const rest = messages.filter((message) => !hidden.some((one) => one.message === message));
    await hideAll(hidden, stores, deadline);
    return [...hidden.map(({ message }) => message.messageId), ...(await all(rest))];
  }
  try {
    return await all(messages, run.known);
  } finally {
    await endRun(source, run, stores, deadline);
  }
}

/** Empty for a message that was hidden too often. */
function hiddenOf(message: DeliveryMessage): readonly (HiddenMessage & { readonly message: DeliveryMessage })[] {
  const seconds = hiddenSeconds(Number(message.attributes.ApproximateReceiveCount));
  return seconds === undefined ? [] : [{ message, receiptHandle: message.receiptHandle, seconds }];
}

/** Messages that could not be hidden still return, minutes later. */
async function hideAll(messages: readonly HiddenMessage[], { hide }: BatchStores, deadline: Deadline): Promise<void> {
  if (messages.length === 0) return;
  try {
    await hide(
      messages.map(({ receiptHandle, seconds }) => ({ receiptHandle, seconds })),
      deadline,
    );
  } catch (error) {
    logTrouble('messages were not hidden', error);
  }
}

async function deliverOne(
  message: DeliveryMessage,
  stores: BatchStores,
  deadline: Deadline,
  known: KnownHealth | undefined,
): Promise<readonly string[]> {
  const { body, messageId } = message;
  const id = readDeliveryId(body);
  if (id === undefined) {
    logTrouble('a message names no delivery', new Error('this tracker did not write it'), { messageId });
    return [];
  }
  try {
    const delivered = await deliver(id, stores, deadline, known);
    stores.report(delivered);
    if (delivered.kind === 'none' || !delivered.isNext) return [];
    // Without its message the sweep would bring it back, up to a minute later.
    const hidden = hiddenOf(message);
    await hideAll(hidden, stores, deadline);
    return hidden.map(() => messageId);
  } catch (error) {
    logTrouble('a delivery was not tried', error, { delivery: body });
    return [messageId];
  }
}
