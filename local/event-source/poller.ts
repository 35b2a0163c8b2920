import { messageOf } from '../failure';
import { listOf } from '../json';
import type { FunctionPool } from '../lambda/function-pool';
import type { SqsServer } from '../sqs/server';
import type { EventSourceModel } from '../template/model';
import type { Terminal } from '../terminal';
import type { FaultTable } from '../wire/faults';
import { readBatchFailures } from './batch-failures';
import { readReceivedMessage, type ReceivedMessage } from './records';

/** ReceiveMessage returns at most ten; larger batches are assembled from several calls. */
const receiveLimit = 10;
const longPollSeconds = 20;
/** Lambda starts with five parallel batches and scales up; here the function's environments limit it anyway. */
const defaultConcurrency = 5;
const pauseAfterProblemMilliseconds = 1000;

/** Acts as Lambda does for an SQS event source mapping: receives, invokes, and deletes what succeeded. */
export class QueuePoller {
  private stopped = false;
  private readonly batches = new Set<Promise<void>>();
  private readonly concurrency: number;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly source: EventSourceModel,
    private readonly sqs: SqsServer,
    private readonly pool: FunctionPool,
    private readonly faults: FaultTable,
    private readonly terminal: Terminal,
  ) {
    this.concurrency = source.maximumConcurrency ?? defaultConcurrency;
  }

  start(): void {
    this.loop = this.poll();
  }

  /** Takes no more messages; running batches continue. Wake the receivers, so that the loop sees it without delay. */
  stop(): void {
    this.stopped = true;
  }

  async drained(): Promise<void> {
    await this.loop;
    await Promise.allSettled(this.batches);
  }

  private async poll(): Promise<void> {
    while (!this.stopped) {
      if (this.batches.size >= this.concurrency) {
        await Promise.race(this.batches);
        continue;
      }
      try {
        const messages = await this.collect();
        if (messages.length > 0) this.handOver(messages);
      } catch (error) {
        if (this.stopped) return;
        this.terminal.problem(`The queue ${this.source.queue.label} could not be read: ${messageOf(error)}`);
        await pause(pauseAfterProblemMilliseconds);
      }
    }
  }

  /** Receives one batch: a full one, or the messages that came before the batching window closed. */
  private async collect(): Promise<ReceivedMessage[]> {
    const { batchSize, batchingWindowSeconds } = this.source;
    const messages = await this.receive(Math.min(batchSize, receiveLimit), longPollSeconds);
    if (messages.length === 0) return messages;
    const closesAt = Date.now() + batchingWindowSeconds * 1000;
    while (messages.length < batchSize && !this.stopped) {
      const secondsLeft = Math.ceil((closesAt - Date.now()) / 1000);
      if (secondsLeft <= 0) break;
      const wanted = Math.min(batchSize - messages.length, receiveLimit);
      messages.push(...(await this.receive(wanted, Math.min(secondsLeft, longPollSeconds))));
    }
    return messages;
  }

  private async receive(count: number, waitSeconds: number): Promise<ReceivedMessage[]> {
    const answer = await this.sqs.call('ReceiveMessage', {
      QueueUrl: this.source.queue.url,
      MaxNumberOfMessages: count,
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return listOf(answer['Messages']).flatMap((message) => readReceivedMessage(message, this.source.queue.arn) ?? []);
  }

  private handOver(messages: readonly ReceivedMessage[]): void {
    const batch = this.deliver(messages)
      .catch((error: unknown) =>
        this.terminal.problem(`A batch of ${this.source.queue.label} stays in the queue: ${messageOf(error)}`),
      )
      .finally(() => this.batches.delete(batch));
    this.batches.add(batch);
  }

  /** Delivers each batch once without delay unless a fault applies; a standard queue promises neither. */
  private async deliver(messages: readonly ReceivedMessage[]): Promise<void> {
    const { function: consumer, queue } = this.source;
    const fault = this.faults.takeQueueDelivery({
      functionNames: [consumer.label, consumer.logicalId, consumer.name],
      queueNames: [queue.label, queue.logicalId, queue.name],
    });
    const later = async (): Promise<void> => {
      await pause(fault?.delayMs ?? 0);
      await this.process(messages);
    };
    switch (fault?.kind) {
      case 'redeliver':
        await Promise.all([this.process(messages), later()]);
        return;
      case 'hold':
        return later();
      case undefined:
        return this.process(messages);
    }
  }

  /** Undeleted messages return when their visibility ends, which the function may have changed meanwhile. */
  private async process(messages: readonly ReceivedMessage[]): Promise<void> {
    const result = await this.pool.invoke({ Records: messages.map(({ record }) => record) });
    if (result.failed) return;
    const ids = messages.map(({ messageId }) => messageId);
    const failed = this.source.reportsBatchItemFailures ? readBatchFailures(result.payload, ids) : [];
    if (failed === 'all') return;
    const done = messages.filter(({ messageId }) => !failed.includes(messageId));
    for (let start = 0; start < done.length; start += receiveLimit) {
      const entries = done
        .slice(start, start + receiveLimit)
        .map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      await this.sqs.call('DeleteMessageBatch', { QueueUrl: this.source.queue.url, Entries: entries });
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
