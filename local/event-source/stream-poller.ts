import { join } from 'node:path';
import type { TableStream } from '../dynamodb/table-stream';
import type { TableStreams } from '../dynamodb/table-streams';
import type { FunctionPool } from '../lambda/function-pool';
import type { StreamSourceModel } from '../template/model';
import type { Terminal } from '../terminal';
import type { FaultTable } from '../wire/faults';
import { StreamLane } from './stream-lane';
import { type LanePosition, StreamPositions } from './stream-positions';
import { laneCount, laneOf } from './stream-record';

/** The progress of a mapping in one shard. */
export interface ShardBacklog {
  readonly shardId: string;
  /** Records that the function has not processed. */
  readonly waiting: number;
  /** Failures of the batch at the front. */
  readonly failures: number;
  /** Whether a tumbling window is still to be closed. */
  readonly windowOpen: boolean;
}

export interface StreamBacklog {
  readonly mapping: string;
  readonly function: string;
  readonly table: string;
  readonly waiting: number;
  readonly shards: readonly ShardBacklog[];
}

export interface PollerParts {
  readonly pool: Pick<FunctionPool, 'invoke'>;
  readonly faults: FaultTable;
  readonly terminal: Pick<Terminal, 'problem'>;
}

/** Acts as Lambda does for an event source mapping on a stream: one reader per shard, each in order. */
export class StreamPoller {
  private readonly lanes: readonly StreamLane[];
  private running: Promise<unknown> | undefined;
  /** Whether positions have moved since the last write. */
  private hasMoved = false;

  private constructor(
    readonly source: StreamSourceModel,
    private readonly stream: TableStream,
    private readonly positions: StreamPositions,
    begin: readonly LanePosition[],
    { pool, faults, terminal }: PollerParts,
  ) {
    const { function: consumer, table } = source;
    const subject = {
      functionNames: [consumer.label, consumer.logicalId, consumer.name],
      tableNames: [table.label, table.logicalId, table.name],
    };
    const parts = {
      source,
      stream,
      terminal,
      invoke: (event: unknown) => pool.invoke(event),
      takeFault: () => (faults.isEmpty ? undefined : faults.takeStreamDelivery(subject)),
      moved: () => (this.hasMoved = true),
      restartAll: () => this.lanes.forEach((lane) => lane.restart()),
    };
    this.lanes = begin.map((position, index) => new StreamLane(index, parts, position));
  }

  /** Restores the positions of the mapping. `folder` keeps them between runs of the stack. */
  static async open(
    source: StreamSourceModel,
    streams: TableStreams,
    folder: string,
    parts: PollerParts,
  ): Promise<StreamPoller> {
    const stream = await streams.of(source.table.name);
    const positions = new StreamPositions(join(folder, `${source.logicalId}.json`), stream.label);
    const last = await lastOf(stream);
    const known = positions.read(laneCount);
    const first = { through: source.startingPosition === 'LATEST' ? last : 0n, window: undefined };
    // A power cut may undo writes of the database, whose numbers are then assigned again.
    const begin = known?.map((at) => (at.through > last ? { ...at, through: last } : at));
    const poller = new StreamPoller(
      source,
      stream,
      positions,
      begin ?? Array.from({ length: laneCount }, () => first),
      parts,
    );
    positions.write(poller.lanes.map(({ position }) => position));
    return poller;
  }

  start(): void {
    this.running = Promise.all(this.lanes.map((lane) => lane.run()));
  }

  stop(): void {
    this.lanes.forEach((lane) => lane.stop());
  }

  async drained(): Promise<void> {
    await this.running;
    this.save();
  }

  /** The sequence number that every shard has passed. */
  get through(): bigint {
    return this.lanes.reduce<bigint>(
      (least, { position }) => (position.through < least ? position.through : least),
      max,
    );
  }

  save(): void {
    if (!this.hasMoved) return;
    this.hasMoved = false;
    this.positions.write(this.lanes.map(({ position }) => position));
  }

  async backlog(): Promise<StreamBacklog> {
    const waiting = this.lanes.map(() => 0);
    const passed = this.lanes.map(({ position }) => position.through);
    const cursor = this.stream.from(this.through);
    for (let page = await cursor.next(); page.length > 0; page = await cursor.next()) {
      for (const { keys, sequence } of page) {
        const lane = laneOf(keys, this.source);
        if (sequence > (passed[lane] ?? 0n)) waiting[lane] = (waiting[lane] ?? 0) + 1;
      }
    }
    const { label: mapping, function: consumer, table } = this.source;
    return {
      mapping,
      function: consumer.label,
      table: table.label,
      waiting: waiting.reduce((sum, count) => sum + count, 0),
      shards: this.lanes.map(({ status }, index) => ({ ...status, waiting: waiting[index] ?? 0 })),
    };
  }
}

/** Greater than any sequence number. */
const max = 2n ** 63n;

async function lastOf(stream: TableStream): Promise<bigint> {
  const cursor = stream.from(0n);
  let last = 0n;
  for (let page = await cursor.next(); page.length > 0; page = await cursor.next()) {
    last = page.at(-1)?.sequence ?? last;
  }
  return last;
}
