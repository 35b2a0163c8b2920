import { setImmediate as turn } from 'node:timers/promises';
import { UnreadableDocument } from '../../../lambdas/adapters/configuration-item';
import { writeConversion } from '../../../lambdas/adapters/conversion-item';
import { dispatch, type DispatchStores } from '../../../lambdas/dispatch/dispatch';
import { readDocument } from '../../../lambdas/domain/configuration/document';
import { now } from '../domain/support/factories';
import { conversionOf } from '../domain/outbound/support';
import { noHurry } from '../adapters/support/storage';

const source = readDocument('source', {
  name: 'News',
  postbacks: [{ id: 'main', when: 'every-change', url: 'https://news.example/pb' }],
});
if (!source.ok) throw new Error(JSON.stringify(source.problems));
const { document } = source;

/** Stores whose write of version 1 takes longer than that of version 2, with the versions in the order in which they were written. */
function slowAtFirst() {
  const written: number[] = [];
  const stores: DispatchStores = {
    configuration: {
      find: async () => ({ kind: 'source', id: 'news', version: 1, changedAt: now, author: 'test', document }) as never,
    },
    deliveries: {
      plan: async ({ conversionVersion }) => {
        for (let turns = conversionVersion === 1 ? 50 : 0; turns > 0; turns -= 1) await turn();
        written.push(conversionVersion);
        return 'queue';
      },
    },
    queue: async () => [],
    now: () => now,
  };
  return { stores, written };
}

test('the changes of one conversion are planned in their order, in whatever order the names of its keys come', async () => {
  const { stores, written } = slowAtFirst();
  const pending = conversionOf({ status: 'pending', version: 1 });
  const approved = { ...pending, status: 'approved' as const, version: 2 };
  const item = writeConversion(pending);
  const { clickId = { S: '' }, conversionKey = { S: '' } } = item;

  await dispatch(
    [
      { sequence: '1', at: now, keys: { clickId, conversionKey }, before: undefined, after: item },
      { sequence: '2', at: now, keys: { conversionKey, clickId }, before: item, after: writeConversion(approved) },
    ],
    stores,
    noHurry,
  );

  expect(written).toEqual([1, 2]);
});

test('conversions are planned side by side', async () => {
  const { stores, written } = slowAtFirst();
  const records = [1, 2].map((version) => {
    const item = writeConversion(conversionOf({ status: 'pending', version, conversionKey: `sale#t${version}` }));
    const { clickId = { S: '' }, conversionKey = { S: '' } } = item;
    return { sequence: String(version), at: now, keys: { clickId, conversionKey }, before: undefined, after: item };
  });

  await dispatch(records, stores, noHurry);

  expect(written).toEqual([2, 1]);
});

test('a change whose source cannot be read names the source; one whose conversion cannot has none to name', async () => {
  const { stores } = slowAtFirst();
  const unreadable: DispatchStores = {
    ...stores,
    configuration: {
      find: async () => {
        throw new UnreadableDocument('the document cannot be read');
      },
    },
  };
  const item = writeConversion(conversionOf({ source: 'news' }));
  const keys = { clickId: item['clickId'] ?? { S: '' }, conversionKey: item['conversionKey'] ?? { S: '' } };

  const { unplanned } = await dispatch(
    [
      { sequence: '1', at: now, keys, before: undefined, after: item },
      { sequence: '2', at: now, keys, before: undefined, after: keys },
    ],
    unreadable,
    noHurry,
  );

  expect(unplanned.map(({ sequence, source: named }) => [sequence, named])).toEqual([
    ['1', 'news'],
    ['2', undefined],
  ]);
});
