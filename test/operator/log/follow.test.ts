import type { AdminApi, Query } from '../../../operator/api/admin-api';
import { follow } from '../../../operator/log/follow';
import * as v from 'valibot';

interface Row {
  readonly requestId: string;
  readonly receivedAt: string;
  readonly reason: string;
}

/** A log that answers pages of two, newest first, and counts how many were asked for. */
function logOf(rows: Row[]): { api: AdminApi; pagesRead(): number } {
  let read = 0;
  const unused = (): never => {
    throw new Error('only pages are read');
  };
  async function* pages<Item>(
    _path: readonly string[],
    item: v.GenericSchema<unknown, Item>,
    { since = '' }: Query = {},
  ): AsyncGenerator<readonly Item[]> {
    const newestFirst = rows.filter(({ receivedAt }) => receivedAt >= String(since)).reverse();
    for (let at = 0; at === 0 || at < newestFirst.length; at += 2) {
      read++;
      const page = newestFirst.slice(at, at + 2).map((row) => ({
        method: 'GET',
        path: '/postback',
        raw: '',
        httpStatus: 200,
        message: '',
        attempts: 1,
        result: row.reason === 'OK' ? 'recorded' : 'queued',
        ...row,
      }));
      yield v.parse(v.array(item), page);
    }
  }
  return { api: { publicUrl: '', ask: unused, call: unused, text: unused, all: unused, pages }, pagesRead: () => read };
}

const at = (secondsAgo: number): string => new Date(Date.now() - secondsAgo * 1000).toISOString();
const told = (rows: readonly Row[]): readonly string[] => rows.map(({ requestId, reason }) => `${requestId} ${reason}`);

test('each row is returned once, oldest first, and again when it has another verdict', async () => {
  const rows: Row[] = [
    { requestId: 'a', receivedAt: at(20), reason: 'OK' },
    { requestId: 'b', receivedAt: at(10), reason: 'PENDING_RETRY' },
  ];
  const log = follow(logOf(rows).api, {}, at(30));

  expect(told(await log.next())).toEqual(['a OK', 'b PENDING_RETRY']);
  expect(await log.next()).toEqual([]);
  rows[1] = { requestId: 'b', receivedAt: rows[1]?.receivedAt ?? '', reason: 'OK' };
  rows.push({ requestId: 'c', receivedAt: at(1), reason: 'OK' });
  expect(told(await log.next())).toEqual(['b OK', 'c OK']);
});

test('a row that the log has late is not missed', async () => {
  const rows: Row[] = [{ requestId: 'b', receivedAt: at(1), reason: 'OK' }];
  const log = follow(logOf(rows).api, {}, at(30));
  await log.next();
  rows.unshift({ requestId: 'a', receivedAt: at(5), reason: 'OK' });

  expect(told(await log.next())).toEqual(['a OK']);
});

test('a log with nothing new is asked for one page, however much it has', async () => {
  const rows = Array.from({ length: 9 }, (_, number) => ({
    requestId: `r${number}`,
    receivedAt: at(20 - number),
    reason: 'OK',
  }));
  const { api, pagesRead } = logOf(rows);
  const log = follow(api, {}, at(30));
  await log.next();
  const before = pagesRead();
  await log.next();

  expect(pagesRead() - before).toBe(1);
});
