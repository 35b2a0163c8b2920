import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { eventually, type RunningStack, startStack } from './fixture/running-stack';
import { withStreamReader } from './fixture/template';
import { temporaryFolder, writeFixtureAssembly } from './fixture/write-assembly';

jest.setTimeout(60_000);

const printed = v.object({
  ids: v.array(v.string()),
  event: v.looseObject({ shardId: v.optional(v.string()), isFinalInvokeForWindow: v.optional(v.boolean()) }),
});
type Printed = v.InferOutput<typeof printed>;
const streams = v.object({
  streams: v.tuple([
    v.object({
      mapping: v.string(),
      waiting: v.number(),
      shards: v.array(v.object({ shardId: v.string(), windowOpen: v.boolean() })),
    }),
  ]),
});

/** A stack whose stream reader prints what it gets. */
async function streaming(
  mapping: Record<string, unknown>,
  use: (stack: RunningStack, data: string, restart: () => Promise<RunningStack>) => Promise<void>,
  ...options: string[]
): Promise<void> {
  const data = temporaryFolder();
  const assembly = writeFixtureAssembly((template) => withStreamReader(template, mapping));
  const start = () => startStack('--assembly', assembly, '--data', data, ...options);
  let stack = await start();
  try {
    await use(stack, data, async () => {
      await stack.end('SIGTERM');
      stack = await start();
      return stack;
    });
  } finally {
    await stack.end('SIGTERM');
  }
}

const put = async (stack: RunningStack, id: string) =>
  expect((await fetch(`${stack.url}/rows/${id}`, { method: 'POST' })).status).toBe(201);

function received(data: string): Printed[] {
  const log = join(data, 'logs', 'Reader.log');
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const start = line.indexOf('{"ids"');
      return start < 0 ? [] : [v.parse(printed, JSON.parse(line.slice(start)))];
    });
}

const idsOf = (invocations: readonly Printed[]): string[] => invocations.flatMap(({ ids }) => ids);

/** The IDs that have come, once there are so many: what a function prints is written a moment later. */
const sorted = (data: string, count: number) =>
  eventually(`${count} records are printed`, () => {
    const ids = idsOf(received(data)).sort();
    return Promise.resolve(ids.length >= count && ids);
  });

async function backlog(stack: RunningStack) {
  const answer: unknown = await (await fetch(`${stack.url}/_local/streams`)).json();
  return v.parse(streams, answer).streams[0];
}

const drained = (stack: RunningStack) =>
  eventually('the stream is worked off', async () => {
    const { waiting, shards } = await backlog(stack);
    return waiting === 0 && shards.every(({ windowOpen }) => !windowOpen);
  });

const fault = (stack: RunningStack, rule: unknown) =>
  fetch(`${stack.url}/_local/faults`, { method: 'POST', body: JSON.stringify(rule) });

test('a written row reaches the function once, and after a restart the mapping continues from its position', async () => {
  await streaming({}, async (first, data, restart) => {
    for (const id of ['a', 'b', 'c', 'd']) await put(first, id);
    await drained(first);
    expect(await sorted(data, 4)).toEqual(['a', 'b', 'c', 'd']);

    const second = await restart();
    await put(second, 'e');
    await drained(second);
    expect(await sorted(data, 5)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

test('a failed record waits, and is delivered after a restart', async () => {
  await streaming({}, async (first, data, restart) => {
    await fault(first, { kind: 'hold', function: 'Reader', delayMs: 600_000 });
    await put(first, 'fail-once');
    await eventually('it is held', async () =>
      (await (await fetch(`${first.url}/_local/faults`)).text()).includes('"hits":1'),
    );
    expect(await backlog(first)).toMatchObject({ mapping: 'ReaderMapping', waiting: 1 });

    await drained(await restart());
    expect(await sorted(data, 2)).toEqual(['fail-once', 'fail-once']);
  });
});

test('records that wait when the stack is killed are delivered once after its restart', async () => {
  await streaming({}, async (stack, data, restart) => {
    await fault(stack, { kind: 'hold', table: 'Rows', delayMs: 600_000 });
    const ids = Array.from({ length: 30 }, (_, row) => `row-${row + 10}`);
    for (const id of ids) await put(stack, id);
    await stack.end('SIGKILL');
    const second = await restart();
    await drained(second);

    expect(await sorted(data, ids.length)).toEqual(ids);
  });
});

test('within a tumbling window the function gets shard, window and state, and the end of each window', async () => {
  await streaming({ TumblingWindowInSeconds: 1 }, async (stack, data) => {
    for (let row = 0; row < 20; row++) await put(stack, `row-${row}`);
    await drained(stack);
    await sorted(data, 20);
    const invocations = await eventually('the end of a window is printed', () => {
      const all = received(data);
      return Promise.resolve(all.some(({ event }) => event.isFinalInvokeForWindow === true) && all);
    });
    const shards = new Set(invocations.map(({ event }) => event.shardId));

    expect(idsOf(invocations)).toHaveLength(20);
    expect(shards.size).toBe(2);
  });
});

test.each(['redeliver', 're-cut', 'zombie', 'mapping-anew'])(
  'the fault %s brings what was there before',
  async (kind) => {
    await streaming({}, async (stack, data) => {
      await put(stack, 'before');
      await drained(stack);
      await fault(stack, { kind, table: 'Rows', count: 1 });
      await put(stack, 'hit');

      await eventually('it came twice', () =>
        Promise.resolve(idsOf(received(data)).filter((id) => id === 'hit').length === 2),
      );
      const all = await sorted(data, kind === 'mapping-anew' ? 4 : 3);
      await drained(stack);
      expect(all.filter((id) => id === 'before')).toHaveLength(kind === 'mapping-anew' ? 2 : 1);
    });
  },
);

test('records that every reader has passed leave the database, but for as many as are kept', async () => {
  const left = new Set<unknown>();
  const use = async (stack: RunningStack, data: string): Promise<void> => {
    for (let row = 0; row < 12; row++) await put(stack, `row-${row}`);
    await drained(stack);
    await eventually('records are gone', () => {
      const database = new DatabaseSync(join(data, 'dynamodb.sqlite'), { readOnly: true });
      left.add(database.prepare('SELECT count(*) AS count FROM _stream_records').get()?.['count']);
      database.close();
      return Promise.resolve(left.has(5));
    });
  };
  await streaming({}, use, '--keep-records', '5');

  expect([...left].at(-1)).toBe(5);
});
