import * as v from 'valibot';
import type { AdminApi } from '../../operator/api/admin-api';
import { Failure } from '../../operator/failure';
import { showNothing } from '../../operator/progress';
import { changesNothing, prepareRecount, takeRecount } from '../../operator/recount/recount';

const cell = (count: number, amount: string) => ({
  set: 'conversions',
  campaign: 'spring',
  quarter: '2026-11-23T10:15:00.000Z',
  event: 'sale',
  status: 'approved',
  currency: 'USD',
  count,
  amount,
});

const answer = (phase: string, fields: object = {}) => ({
  id: 'r1',
  phase,
  startedAt: '2026-11-30T12:00:00.000Z',
  scanned: 0,
  young: 0,
  unreadable: 0,
  clicksAdded: 0,
  copiesRemoved: 0,
  corrections: 0,
  cells: [],
  ...fields,
});

/** An API that answers what it is given, in its order, and notes what it was asked. */
function apiOf(answers: readonly object[]): AdminApi & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    publicUrl: 'https://tracker.example',
    async call(method, path, schema, settings) {
      asked.push(`${method} ${path.join('/')} ${JSON.stringify(settings?.body ?? {})}`);
      const next = left.shift();
      if (next === undefined) throw new Failure('unreachable', 'no answer');
      return v.parse(schema, next);
    },
    text: () => Promise.reject(new Error('no text')),
    ask: () => Promise.reject(new Error('nothing is asked so')),
    async *pages() {
      yield* [];
    },
    all: async () => [],
  };
}

test('a recount is continued until it is ready, and its changes are added up by cell', async () => {
  const api = apiOf([
    answer('scanning'),
    answer('comparing', { scanned: 40 }),
    answer('comparing', { scanned: 40, cells: [cell(1, '10')] }),
    answer('ready', { scanned: 40, corrections: 2, cells: [cell(1, '2.5'), { ...cell(-1, '-1'), status: 'pending' }] }),
  ]);
  const { recount, cells } = await prepareRecount(api, { purpose: 'rebuild' }, showNothing);

  expect(api.asked).toEqual([
    'POST reports/recount {"purpose":"rebuild"}',
    ...Array.from({ length: 3 }, () => 'POST reports/recount/step {"id":"r1"}'),
  ]);
  expect([recount.scanned, changesNothing(recount)]).toEqual([40, false]);
  expect(cells.all().map(({ status, count, amount }) => [status, count, amount])).toEqual([
    ['approved', 2n, 12_500_000n],
    ['pending', -1n, -1_000_000n],
  ]);
});

test('one that was ready before it was broken off is not counted again', async () => {
  const api = apiOf([answer('ready', { clicksAdded: 3 }), answer('taken', { clicksAdded: 3 })]);
  const { recount } = await prepareRecount(api, { purpose: 'rebuild' }, showNothing);

  expect(await takeRecount(api, recount)).toMatchObject({ phase: 'taken' });
  expect(api.asked).toHaveLength(2);
});

test('where a step fails, progress ends and the failure is shown: the recount waits', async () => {
  const ends = jest.fn();
  const api = apiOf([answer('scanning')]);
  const prepared = prepareRecount(api, { purpose: 'rebuild' }, () => ({ advance: () => undefined, end: ends }));

  await expect(prepared).rejects.toThrow('no answer');
  expect(ends).toHaveBeenCalledTimes(1);
});
