import { shareReading } from '../../local/dynamodb/table-streams';
import { type ChangeRecord, pageSize, type StreamCursor, type TableStream } from '../../local/dynamodb/table-stream';

const changeOf = (sequence: number): ChangeRecord => ({
  sequence: BigInt(sequence),
  createdAt: 0,
  keys: {},
  record: {},
});

/** A stream that grows, and how many changes were fetched from it in all. */
function growingStream() {
  const changes: ChangeRecord[] = [];
  let fetched = 0;
  const stream: TableStream = {
    label: 'stream',
    from: (after) => {
      let at = after;
      return {
        next: () => {
          const page = changes.filter(({ sequence }) => sequence > at).slice(0, pageSize);
          at = page.at(-1)?.sequence ?? at;
          fetched += page.length;
          return Promise.resolve(page);
        },
      };
    },
  };
  const grow = (count: number): void => {
    for (let added = 0; added < count; added++) changes.push(changeOf(changes.length + 1));
  };
  return { shared: shareReading(stream), grow, fetched: () => fetched };
}

/** Sequence numbers of everything that a cursor gives until it gives nothing. */
async function readAll(cursor: StreamCursor): Promise<number[]> {
  const read: number[] = [];
  for (let page = await cursor.next(); page.length > 0; page = await cursor.next()) {
    read.push(...page.map(({ sequence }) => Number(sequence)));
  }
  return read;
}

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test('four readers of one stream fetch each change once', async () => {
  const { shared, grow, fetched } = growingStream();
  const cursors = [0, 0, 0, 0].map(() => shared.from(0n));
  grow(10);
  expect(await Promise.all(cursors.map(readAll))).toEqual(cursors.map(() => numbers(1, 10)));
  grow(5);
  expect(await Promise.all(cursors.map(readAll))).toEqual(cursors.map(() => numbers(11, 15)));

  expect(fetched()).toBe(15);
});

test('a reader that is far behind the others misses nothing, and shares again when it has come up', async () => {
  const { shared, grow, fetched } = growingStream();
  const [first, late] = [shared.from(0n), shared.from(0n)];
  grow(5 * pageSize);
  expect(await readAll(first)).toHaveLength(5 * pageSize);
  expect(await readAll(late)).toEqual(numbers(1, 5 * pageSize));

  const before = fetched();
  grow(3);
  expect(await readAll(first)).toHaveLength(3);
  expect(await readAll(late)).toHaveLength(3);
  expect(fetched() - before).toBe(3);
});

test('a reader that begins before the first one, or after the last change, reads from its own place', async () => {
  const { shared, grow } = growingStream();
  grow(2 * pageSize + 10);

  expect(await readAll(shared.from(100n))).toEqual(numbers(101, 2 * pageSize + 10));
  expect(await readAll(shared.from(3n))).toEqual(numbers(4, 2 * pageSize + 10));
  expect(await readAll(shared.from(BigInt(2 * pageSize)))).toEqual(numbers(2 * pageSize + 1, 2 * pageSize + 10));
});

test('a reader ahead of what the others have read waits for its own place', async () => {
  const { shared, grow } = growingStream();
  const slow = shared.from(0n);
  await slow.next();
  grow(2 * pageSize + 10);

  expect(await readAll(shared.from(BigInt(2 * pageSize + 5)))).toEqual(numbers(2 * pageSize + 6, 2 * pageSize + 10));
  expect(await readAll(slow)).toHaveLength(2 * pageSize + 10);
});
