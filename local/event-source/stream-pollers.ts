import type { StreamRecords } from '../dynamodb/stream-records';
import { messageOf } from '../failure';
import type { Terminal } from '../terminal';
import type { StreamBacklog, StreamPoller } from './stream-poller';

const trimEveryMilliseconds = 1000;

/** All stream pollers of a stack; deletes the records that each of them has passed. */
export class StreamPollers {
  private timer: NodeJS.Timeout | undefined;
  private readonly trimmed = new Map<string, bigint>();

  constructor(
    private readonly pollers: readonly StreamPoller[],
    /** `undefined` for a server that this stack did not start. */
    private readonly records: Pick<StreamRecords, 'forget'> | undefined,
    /** Number of records of a table that are kept after its last reader, like the records of 24 hours in AWS. */
    private readonly kept: number,
    private readonly terminal: Pick<Terminal, 'problem'>,
  ) {}

  start(): void {
    for (const poller of this.pollers) poller.start();
    this.timer = setInterval(() => this.tidy(), trimEveryMilliseconds);
    this.timer.unref();
  }

  /** Takes no new batch; running ones continue. */
  stop(): void {
    clearInterval(this.timer);
    for (const poller of this.pollers) poller.stop();
  }

  async drained(): Promise<void> {
    await Promise.all(this.pollers.map((poller) => poller.drained()));
  }

  backlog(): Promise<readonly StreamBacklog[]> {
    return Promise.all(this.pollers.map((poller) => poller.backlog()));
  }

  private tidy(): void {
    try {
      for (const poller of this.pollers) poller.save();
      this.trim();
    } catch (error) {
      this.terminal.problem(`Processed stream records could not be deleted: ${messageOf(error)}`);
    }
  }

  private trim(): void {
    const readers = Map.groupBy(this.pollers, ({ source }) => source.table.name);
    for (const [table, pollers] of readers) {
      const passed = pollers.reduce<bigint | undefined>(
        (least, { through }) => (least === undefined || through < least ? through : least),
        undefined,
      );
      const through = (passed ?? 0n) - BigInt(this.kept);
      if (through <= (this.trimmed.get(table) ?? 0n)) continue;
      this.records?.forget(table, through);
      this.trimmed.set(table, through);
    }
  }
}
