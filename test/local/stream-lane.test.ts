import type { ChangeRecord, TableStream } from '../../local/dynamodb/table-stream';
import { type LaneParts, StreamLane } from '../../local/event-source/stream-lane';
import {
  laneOf,
  movedRecord,
  readStreamRecord,
  sequenceNumberOf,
  shardIdOf,
} from '../../local/event-source/stream-record';
import { listOf, objectOrEmpty, textOf } from '../../local/json';
import type { FunctionModel, StreamSourceModel } from '../../local/template/model';
import type { DeliveryFault } from '../../local/wire/faults';
import { eventually } from './fixture/running-stack';

jest.setTimeout(30_000);

const consumer: FunctionModel = {
  logicalId: 'Count',
  label: 'Count',
  name: 'Count',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:Count',
  assetDirectory: '',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
  timeoutSeconds: 3,
  memoryMegabytes: 128,
  environment: {},
  reservedConcurrency: undefined,
  roleName: 'CountRole',
  statements: [],
};

function sourceWith(change: Partial<StreamSourceModel> = {}): StreamSourceModel {
  return {
    logicalId: 'Mapping',
    label: 'Mapping',
    table: {
      logicalId: 'Rows',
      label: 'Rows',
      name: 'Rows',
      arn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Rows',
      definition: { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
      timeToLiveAttribute: undefined,
    },
    streamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Rows/stream/local',
    function: consumer,
    startingPosition: 'TRIM_HORIZON',
    batchSize: 4,
    batchingWindowSeconds: 0,
    tumblingWindowSeconds: undefined,
    reportsBatchItemFailures: true,
    bisectsOnError: false,
    maximumRetryAttempts: undefined,
    maximumRecordAgeSeconds: undefined,
    ...change,
  };
}

const changeOf = (sequence: number, id = 'same', createdAt = Date.now()): ChangeRecord => ({
  sequence: BigInt(sequence),
  createdAt,
  keys: { id: { S: id } },
  record: { eventName: 'INSERT', dynamodb: { Keys: { id: { S: id } }, NewImage: { id: { S: id } }, SizeBytes: 8 } },
});
const lane = laneOf({ id: { S: 'same' } }, sourceWith());

/** Runs one lane over these changes with a scripted function, until `done`. Returns the sequence numbers of each batch handed over. */
async function run(
  changes: readonly ChangeRecord[],
  options: {
    source?: StreamSourceModel;
    answers?: (attempt: number, numbers: readonly number[]) => unknown;
    fault?: (attempt: number) => DeliveryFault | undefined;
    from?: bigint;
    done?: (events: readonly unknown[]) => boolean;
  },
) {
  const events: unknown[] = [];
  const problems: string[] = [];
  const stream: TableStream = {
    label: '1795997146.5',
    from: (after) => {
      let at = after;
      return {
        next: () => {
          const page = changes.filter(({ sequence }) => sequence > at).slice(0, 1000);
          at = page.at(-1)?.sequence ?? at;
          return Promise.resolve(page);
        },
      };
    },
  };
  let taken = 0;
  const parts: LaneParts = {
    source: options.source ?? sourceWith(),
    stream,
    terminal: { problem: (text) => problems.push(text) },
    invoke: (event) => {
      events.push(event);
      const answer = options.answers?.(events.length, numbersOf(event));
      if (answer instanceof Error) return Promise.resolve({ payload: '{"errorType":"Error"}', failed: true });
      return Promise.resolve({ payload: JSON.stringify(answer ?? { state: {} }), failed: false });
    },
    takeFault: () => options.fault?.((taken += 1)),
    moved: () => undefined,
    restartAll: () => reader.restart(),
  };
  const reader = new StreamLane(lane, parts, { through: options.from ?? 0n, window: undefined });
  const running = reader.run();
  const last = changes.at(-1)?.sequence ?? 0n;
  const isDone = options.done ?? (() => reader.position.through >= last && reader.position.window === undefined);
  await eventually('the lane is done', () => Promise.resolve(isDone(events)));
  reader.stop();
  await running;
  return { batches: events.map(numbersOf), events, problems, position: reader.position };
}

function numbersOf(event: unknown): number[] {
  return listOf(objectOrEmpty(event)['Records']).map((record) => {
    const { SequenceNumber: number } = objectOrEmpty(objectOrEmpty(record)['dynamodb']);
    return Number(BigInt(textOf(number)) - BigInt(sequenceNumberOf(0n)));
  });
}

const six = [1, 2, 3, 4, 5, 6].map((sequence) => changeOf(sequence));
const failedFrom = (sequence: number) => ({
  batchItemFailures: [{ itemIdentifier: sequenceNumberOf(BigInt(sequence)) }],
});

test('records go in order, in batches of at most the batch size', async () => {
  expect((await run(six, {})).batches).toEqual([
    [1, 2, 3, 4],
    [5, 6],
  ]);
});

test('a failed batch blocks its shard until it succeeds, with the same records', async () => {
  const answers = (attempt: number) => (attempt <= 2 ? new Error() : undefined);

  expect((await run(six, { answers })).batches).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [5, 6],
  ]);
});

test('of a batch with a failed record, that one and those after it come again', async () => {
  const answers = (attempt: number) => (attempt === 1 ? failedFrom(3) : undefined);

  expect((await run(six, { answers })).batches).toEqual([
    [1, 2, 3, 4],
    [3, 4],
    [5, 6],
  ]);
});

test('a failed batch is halved where the mapping says so, down to the record that fails', async () => {
  const answers = (attempt: number, numbers: readonly number[]) =>
    attempt < 4 && numbers.includes(1) ? new Error() : undefined;
  const { batches } = await run(six.slice(0, 4), { source: sourceWith({ bisectsOnError: true }), answers });

  expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [1], [1], [2, 3, 4]]);
});

test('a batch that uses up its retries is passed over, and is named', async () => {
  const answers = (_attempt: number, numbers: readonly number[]) => (numbers.includes(1) ? new Error() : undefined);
  const { batches, problems } = await run(six, { source: sourceWith({ maximumRetryAttempts: 1 }), answers });

  expect(batches).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [5, 6],
  ]);
  expect(problems).toEqual(['4 records of the stream of Rows are passed over: they failed 2 times.']);
});

test('a record that waits is dated by the clock that was moved meanwhile: no stream stopped', () => {
  const [first = changeOf(1)] = six;
  const record = readStreamRecord(first, sourceWith(), '1795997146.5', 0);
  const moved = movedRecord(record, 86_400_000);

  expect(moved).toEqual(readStreamRecord(first, sourceWith(), '1795997146.5', 86_400_000));
});

test('records older than the mapping takes are passed over', async () => {
  const old = [changeOf(1, 'same', Date.now() - 120_000), changeOf(2)];
  const { batches } = await run(old, { source: sourceWith({ maximumRecordAgeSeconds: 60 }) });

  expect(batches).toEqual([[2]]);
});

test('a lane continues after its last record', async () => {
  expect((await run(six, { from: 4n })).batches).toEqual([[5, 6]]);
});

test('records of another lane are left to it, and passed', async () => {
  const other = ['a', 'b', 'c', 'd', 'e'].find((id) => laneOf({ id: { S: id } }, sourceWith()) !== lane);
  const { batches, position } = await run([changeOf(1), changeOf(2, other), changeOf(3), changeOf(4, other)], {});

  expect(batches).toEqual([[1, 3]]);
  expect(position.through).toBe(4n);
});

describe('within a tumbling window', () => {
  const source = sourceWith({ tumblingWindowSeconds: 2 });
  // Windows that are over: the lane closes each as soon as it has read past it.
  const at = (seconds: number): number => 1_795_000_000_000 + seconds * 1000;
  const changes = [0, 1, 1, 1, 1, 2].map((seconds, index) => changeOf(index + 1, 'same', at(seconds)));

  test('each invocation gets the state of the one before, and the last says so', async () => {
    const answers = (attempt: number) => ({ state: { attempt } });
    const { events } = await run(changes, { source, answers });

    expect(
      events.map((event) => [
        numbersOf(event),
        objectOrEmpty(event)['state'],
        objectOrEmpty(event)['isFinalInvokeForWindow'],
      ]),
    ).toEqual([
      [[1, 2, 3, 4], {}, false],
      [[5], { attempt: 1 }, false],
      [[], { attempt: 2 }, true],
      [[6], {}, false],
      [[], { attempt: 4 }, true],
    ]);
    expect(events[0]).toMatchObject({
      window: { start: '2026-11-18T11:06:40Z', end: '2026-11-18T11:06:42Z' },
      shardId: shardIdOf('1795997146.5', lane, 1n),
      eventSourceARN: source.streamArn,
      isWindowTerminatedEarly: false,
    });
  });

  test('an answer without a state is a failure, and is named', async () => {
    const answers = (attempt: number) => (attempt === 1 ? {} : { state: {} });
    const { batches, problems } = await run(changes.slice(0, 1), { source, answers });

    expect(batches).toEqual([[1], [1], []]);
    expect(problems).toEqual([expect.stringContaining('has no "state"')]);
  });

  test('a state above 1 MB ends it early, and it continues without state', async () => {
    const answers = (attempt: number) => ({ state: attempt === 1 ? { text: 'x'.repeat(1024 * 1024) } : {} });
    const { events } = await run(changes.slice(0, 1), { source, answers });

    expect(events.map((event) => objectOrEmpty(event)['isWindowTerminatedEarly'])).toEqual([false, true, false]);
    expect(objectOrEmpty(events[2])['state']).toEqual({});
  });
});

describe('a fault', () => {
  const once = (fault: DeliveryFault) => (attempt: number) => (attempt === 1 ? fault : undefined);

  test('redeliver hands the batch over again after it succeeded', async () => {
    const { batches } = await run(six, { fault: once({ kind: 'redeliver' }) });

    expect(batches).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test('re-cut forgets that it succeeded, and cuts it in another way', async () => {
    const { batches } = await run(six, { fault: once({ kind: 're-cut' }) });

    expect(batches).toEqual([
      [1, 2, 3, 4],
      [1, 2],
      [3, 4, 5, 6],
    ]);
  });

  test('zombie delivers it again while the first invocation runs, and continues with the answer of the second', async () => {
    const answers = (attempt: number) => (attempt === 1 ? new Error('too late') : undefined);
    const { batches } = await run(six, { fault: once({ kind: 'zombie' }), answers });

    expect(batches).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test('hold hands over nothing before its time', async () => {
    let asked = 0;
    const { batches, position } = await run(six, {
      fault: (attempt) => ({ kind: 'hold', delayMs: 600_000, count: (asked = attempt) }),
      done: () => asked > 0,
    });

    expect(batches).toEqual([]);
    expect(position.through).toBe(0n);
  });

  test('mapping-anew begins again with the oldest record', async () => {
    const { batches } = await run(six, {
      from: 2n,
      fault: once({ kind: 'mapping-anew' }),
      done: (events) => events.length === 3,
    });

    expect(batches).toEqual([
      [3, 4, 5, 6],
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });
});

describe('a record', () => {
  const read = (sequence: number) =>
    readStreamRecord(changeOf(sequence, 'same', 1_795_000_000_000), sourceWith(), '1795997146.5', 0);

  test('has the form that Lambda hands over', () => {
    expect(read(1).event).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_795_000_000,
        Keys: { id: { S: 'same' } },
        NewImage: { id: { S: 'same' } },
        SequenceNumber: '1000000000000000000000001',
        SizeBytes: 8,
        StreamViewType: undefined,
      },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Rows/stream/local',
    });
  });

  test('is of the same shard whenever it comes, and of a new one after 5,000 changes', () => {
    expect(read(4999).shardId).toBe(read(1).shardId);
    expect(read(5000).shardId).toBe(read(1).shardId);
    expect(read(5001).shardId).not.toBe(read(1).shardId);
    expect(read(5001).shardId).toMatch(/^shardId-\d{20}-[0-9a-f]{8}$/);
  });
});
