import * as v from 'valibot';
import { call, sendToStack } from './http';

const depth = v.object({ queue: v.string(), visible: v.number(), notVisible: v.number(), delayed: v.number() });
const queuesSchema = v.object({ queues: v.array(depth) });
const faultsSchema = v.object({ faults: v.array(v.object({ id: v.number(), hits: v.number() })) });
const messagesSchema = v.object({
  messages: v.array(v.object({ body: v.string(), attributes: v.record(v.string(), v.string()) })),
});
const streamsSchema = v.object({ streams: v.array(v.object({ waiting: v.number() })) });
const operationsSchema = v.object({ operations: v.array(v.object({ count: v.number() })) });
const clockSchema = v.object({ ahead: v.number() });
const healthSchema = v.object({
  functions: v.array(v.object({ function: v.string(), processIds: v.array(v.number()) })),
});

export type QueueName =
  'RetryPathRetryQueue' | 'RetryPathDeadLetterQueue' | 'OutboundQueue' | 'OutboundDeadLetterQueue';
export type Message = v.InferOutput<typeof messagesSchema>['messages'][number];

/** The control routes of a running local stack. */
export class Control {
  constructor(private readonly url: () => string) {}

  async addFaults(rules: readonly unknown[]): Promise<readonly number[]> {
    const added = v.parse(faultsSchema, await this.call('POST', 'faults', JSON.stringify(rules)));
    return added.faults.map(({ id }) => id);
  }

  /** Hits of each rule that is still set, by its number. */
  async faultHits(): Promise<ReadonlyMap<number, number>> {
    const { faults } = v.parse(faultsSchema, await this.call('GET', 'faults'));
    return new Map(faults.map(({ id, hits }) => [id, hits]));
  }

  async removeFault(id: number): Promise<void> {
    await this.call('DELETE', `faults?id=${id}`);
  }

  /** Messages that are not yet done with: visible, in flight or delayed. */
  async waiting(name: QueueName): Promise<number> {
    const { visible, notVisible, delayed } = await this.depthOf(name);
    return visible + notVisible + delayed;
  }

  /** Messages that nobody has taken yet. */
  async visible(name: QueueName): Promise<number> {
    return (await this.depthOf(name)).visible;
  }

  private async depthOf(name: QueueName): Promise<v.InferOutput<typeof depth>> {
    const { queues } = v.parse(queuesSchema, await this.call('GET', 'queues'));
    const found = queues.find(({ queue }) => queue === name);
    if (found === undefined) throw new Error(`the stack has no queue ${name}`);
    return found;
  }

  /** Runs what a rule runs by the clock; `false` where its function failed. */
  async runSchedule(name: string): Promise<boolean> {
    const { status } = await sendToStack(`${this.url()}/_local/schedules?schedule=${name}`, { method: 'POST' });
    return status === 200;
  }

  /** Changes of clicks and conversions that the stream's functions have not taken. */
  async uncounted(): Promise<number> {
    const { streams } = v.parse(streamsSchema, await this.call('GET', 'streams'));
    return streams.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  async messages(queue: QueueName): Promise<readonly Message[]> {
    return v.parse(messagesSchema, await this.call('GET', `messages?queue=${queue}`)).messages;
  }

  async putMessage(queue: QueueName, body: string): Promise<void> {
    await this.call('POST', `messages?queue=${queue}`, body);
  }

  /** Calls of functions to services so far: while the number stays the same, no function works. */
  async calls(): Promise<number> {
    const { operations } = v.parse(operationsSchema, await this.call('GET', 'operations'));
    return operations.reduce((sum, { count }) => sum + count, 0);
  }

  /** Moves the stack's time forward. Answers by how many seconds it is ahead now. */
  async forward(seconds: number): Promise<number> {
    return v.parse(clockSchema, await this.call('POST', `clock?forward=${seconds}`)).ahead;
  }

  /** Process IDs of the environments of one function. */
  async processIds(name: 'click' | 'postback' | 'retry'): Promise<readonly number[]> {
    const { functions } = v.parse(healthSchema, await this.call('GET', 'health'));
    return functions.find((entry) => entry.function.toLowerCase() === `functions${name}`)?.processIds ?? [];
  }

  private call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: string): Promise<unknown> {
    return call(`${this.url()}/_local/${path}`, { method, ...(body !== undefined && { body }) });
  }
}
