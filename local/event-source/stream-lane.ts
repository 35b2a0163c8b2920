import { clockAhead } from '../clock';
import { pageSize, type StreamCursor, type TableStream } from '../dynamodb/table-stream';
import { messageOf } from '../failure';
import type { JsonObject } from '../json';
import type { InvocationResult } from '../lambda/environment';
import type { StreamSourceModel } from '../template/model';
import type { Terminal } from '../terminal';
import type { DeliveryFault } from '../wire/faults';
import { nextStep, type StreamWindow } from './next-step';
import { readBatchOutcome } from './stream-outcome';
import type { LanePosition } from './stream-positions';
import { laneOf, movedRecord, readStreamRecord, sequenceNumberOf, shardIdOf, type PolledRecord } from './stream-record';

/** Lambda's polling interval for a shard. */
const pollMilliseconds = 250;
const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 10_000;
/** Maximum size of the state; a larger one ends the window early. */
const stateLimitBytes = 1024 * 1024;

export interface LaneParts {
  readonly source: StreamSourceModel;
  readonly stream: TableStream;
  readonly terminal: Pick<Terminal, 'problem'>;
  invoke(event: unknown): Promise<InvocationResult>;
  /** Takes the fault for this batch. */
  takeFault(): DeliveryFault | undefined;
  /** Called after the position has moved. */
  moved(): void;
  /** Restarts every lane of the mapping at the oldest record that is kept. */
  restartAll(): void;
}

/** Processes one shard in order: a failed batch is retried before any later record. */
export class StreamLane {
  private cursor: StreamCursor;
  private pending: PolledRecord[] = [];
  /** The clock's lead when the pending records were dated. */
  private ahead = clockAhead();
  private readThrough = 0n;
  private nextReadAt = 0;
  private since = 0;
  private cut: number | undefined;
  /** Failures of the batch at the front. */
  private failures = 0;
  private stopped = false;
  private restarting = false;
  private wake: () => void = () => undefined;
  private readonly strays = new Set<Promise<unknown>>();

  constructor(
    readonly index: number,
    private readonly parts: LaneParts,
    private at: LanePosition,
  ) {
    this.cursor = parts.stream.from(at.through);
  }

  get position(): LanePosition {
    return this.at;
  }

  get status(): { readonly shardId: string; readonly failures: number; readonly windowOpen: boolean } {
    const shardId = shardIdOf(this.parts.stream.label, this.index, this.at.through);
    return { shardId, failures: this.failures, windowOpen: this.at.window !== undefined };
  }

  /** Takes no new batch; the running one is finished. */
  stop(): void {
    this.stopped = true;
    this.wake();
  }

  restart(): void {
    this.restarting = true;
  }

  async run(): Promise<void> {
    let isReadable = true;
    while (!this.stopped) {
      try {
        await this.turn();
        isReadable = true;
      } catch (error) {
        const table = this.parts.source.table.label;
        if (isReadable) this.parts.terminal.problem(`The stream of ${table} could not be read: ${messageOf(error)}`);
        isReadable = false;
        await this.pause(firstPauseMilliseconds);
      }
    }
    await Promise.allSettled(this.strays);
  }

  private async turn(): Promise<void> {
    if (this.restarting) this.beginAgain();
    // A moved clock does not age waiting records: no stream has stopped.
    const moved = clockAhead() - this.ahead;
    if (moved !== 0) this.pending = this.pending.map((record) => movedRecord(record, moved));
    this.ahead += moved;
    await this.read();
    const { window } = this.at;
    const { since, cut } = this;
    const now = Date.now();
    this.passOld(now);
    const step = nextStep({ records: this.pending, since, window, cut }, this.parts.source, now);
    switch (step.kind) {
      case 'deliver':
        return this.deliver(step.records, step.window);
      case 'close':
        return this.close(step.window);
      case 'wait':
        return this.pause(Math.max(1, Math.min(this.nextReadAt, step.until ?? Infinity) - now));
    }
  }

  private beginAgain(): void {
    this.restarting = false;
    this.pending = [];
    this.cut = undefined;
    this.failures = 0;
    this.nextReadAt = 0;
    this.at = { through: 0n, window: undefined };
    this.cursor = this.parts.stream.from(0n);
    this.parts.moved();
  }

  /** Polls the shard at Lambda's interval, and without a pause while more than a page is waiting. */
  private async read(): Promise<void> {
    const { source, stream } = this.parts;
    const now = Date.now();
    if (now < this.nextReadAt) return;
    this.nextReadAt = now + pollMilliseconds;
    // One record more than a batch shows that the batch is full.
    while (this.pending.length <= source.batchSize) {
      const page = await this.cursor.next();
      const last = page.at(-1);
      if (last === undefined) return;
      const own = page.filter(({ keys }) => laneOf(keys, source) === this.index);
      this.readThrough = last.sequence;
      if (this.pending.length === 0) this.since = Date.now();
      this.pending.push(...own.map((change) => readStreamRecord(change, source, stream.label, this.ahead)));
      if (this.pending.length === 0) {
        this.at = { ...this.at, through: last.sequence };
        this.parts.moved();
      }
      if (page.length < pageSize) return;
    }
    this.nextReadAt = 0;
  }

  private passOld(now: number): void {
    const { maximumRecordAgeSeconds: limit, table } = this.parts.source;
    if (limit === undefined) return;
    const young = this.pending.findIndex(({ createdAt }) => createdAt >= now - limit * 1000);
    const old = young < 0 ? this.pending.length : young;
    if (old > 0) this.passOver(old, `older than ${limit} s`, table.label);
  }

  private passOver(count: number, why: string, table: string): void {
    this.parts.terminal.problem(`${count} records of the stream of ${table} are passed over: ${why}.`);
    this.advance(count, this.at.window);
  }

  private async deliver(records: readonly PolledRecord[], window: StreamWindow | undefined): Promise<void> {
    const stateBefore = this.at.window?.state ?? {};
    const numbers = records.map(({ sequence }) => sequenceNumberOf(sequence));
    const event = { Records: records.map(({ event: record }) => record), ...this.windowPart(window, stateBefore) };
    const fault = this.parts.takeFault();
    const result = await this.invokeBroken(event, fault);
    if (result === undefined || this.restarting) return;
    if (fault?.kind === 're-cut') {
      this.cut = records.length > 1 ? Math.ceil(records.length / 2) : undefined;
      return;
    }
    const { done, failed, state, complaint } = readBatchOutcome(result, numbers, this.parts.source, stateBefore);
    if (complaint !== undefined) this.complain(complaint);
    if (done > 0) this.advance(done, window === undefined ? undefined : { ...window, state });
    if (failed) return this.failed(records.length - done);
    if (Buffer.byteLength(JSON.stringify(state)) > stateLimitBytes && window !== undefined) await this.endEarly(window);
    if (fault?.kind === 'mapping-anew') this.parts.restartAll();
  }

  /** Invokes as the fault demands. Returns `undefined` if the stack stops before the delivery. */
  private async invokeBroken(
    event: JsonObject,
    fault: DeliveryFault | undefined,
  ): Promise<InvocationResult | undefined> {
    const delay = fault?.delayMs ?? 0;
    switch (fault?.kind) {
      case 'hold':
        await this.pause(delay);
        return this.stopped ? undefined : this.parts.invoke(event);
      case 'redeliver': {
        const first = await this.parts.invoke(event);
        if (first.failed) return first;
        await this.pause(delay);
        return this.parts.invoke(event);
      }
      case 'zombie': {
        const stray = this.parts.invoke(event).finally(() => this.strays.delete(stray));
        this.strays.add(stray);
        await this.pause(delay);
        return this.parts.invoke(event);
      }
      case 're-cut':
      case 'mapping-anew':
      case undefined:
        return this.parts.invoke(event);
    }
  }

  /** Retries the same records after a pause, or half of them if the mapping bisects batches. */
  private async failed(count: number): Promise<void> {
    const { maximumRetryAttempts: limit, bisectsOnError, table } = this.parts.source;
    if (bisectsOnError && count > 1) {
      // A split does not count as an attempt.
      this.cut = Math.ceil(count / 2);
      return this.pause(firstPauseMilliseconds);
    }
    this.cut = count;
    this.failures += 1;
    if (limit !== undefined && this.failures > limit) {
      return this.passOver(count, `they failed ${this.failures} times`, table.label);
    }
    await this.backOff();
  }

  private async close(window: StreamWindow): Promise<void> {
    const { maximumRetryAttempts: limit } = this.parts.source;
    const outcome = await this.endWindow(window, { isFinalInvokeForWindow: true });
    if (outcome || (limit !== undefined && this.failures > limit)) {
      this.failures = 0;
      this.at = { ...this.at, window: undefined };
      return this.parts.moved();
    }
    await this.backOff();
  }

  /** The window continues afterwards without state. */
  private async endEarly(window: StreamWindow): Promise<void> {
    while (!this.stopped && !(await this.endWindow(window, { isWindowTerminatedEarly: true }))) await this.backOff();
    this.at = { ...this.at, window: { ...window, state: {} } };
    this.parts.moved();
  }

  private async endWindow(window: StreamWindow, how: JsonObject): Promise<boolean> {
    const stateBefore = this.at.window?.state ?? {};
    const event = { Records: [], ...this.windowPart(window, stateBefore), ...how };
    const { complaint, failed } = readBatchOutcome(await this.parts.invoke(event), [], this.parts.source, stateBefore);
    if (complaint !== undefined) this.complain(complaint);
    this.failures = failed ? this.failures + 1 : 0;
    return !failed;
  }

  private windowPart(window: StreamWindow | undefined, state: JsonObject): JsonObject {
    if (window === undefined) return {};
    const time = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z');
    return {
      window: { start: time(window.start), end: time(window.end) },
      state,
      shardId: window.shardId,
      eventSourceARN: this.parts.source.streamArn,
      isFinalInvokeForWindow: false,
      isWindowTerminatedEarly: false,
    };
  }

  private advance(count: number, window: LanePosition['window']): void {
    const last = this.pending[count - 1];
    if (last === undefined) return;
    this.pending.splice(0, count);
    this.since = Date.now();
    this.cut = undefined;
    this.failures = 0;
    this.at = { through: this.pending.length === 0 ? this.readThrough : last.sequence, window };
    this.parts.moved();
  }

  private complain(complaint: string): void {
    this.parts.terminal.problem(`${this.parts.source.function.label}: ${complaint}.`);
  }

  private backOff(): Promise<void> {
    return this.pause(
      Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** Math.min(this.failures - 1, 10)),
    );
  }

  private pause(milliseconds: number): Promise<void> {
    if (this.stopped || milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
