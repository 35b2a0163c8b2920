import { assumed, itemOverheadBytes } from '../../cost/assumptions';
import { costOfMillionDeliveries, deliveryCounts } from '../../cost/delivery-cost';
import { totalDollars } from '../../cost/line';
import { itemBytes } from '../../cost/measure/item-bytes';
import { measured } from '../../cost/measured';
import { monthOf } from '../../cost/month-cost';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';
import { newClickId } from '../lambdas/adapters/support/claims';
import { startStorage, type Storage } from '../lambdas/adapters/support/storage';
import { Bench } from '../lambdas/deliver/bench';
import { conversionOf } from '../lambdas/domain/outbound/support';
import { templateOf } from './support/templates';

jest.setTimeout(120_000);

let prod: Inventory;
let storage: Storage;

beforeAll(async () => {
  process.env['STAGE'] = 'test';
  [prod, storage] = await Promise.all([templateOf('prod').then(inventoryOf), startStorage()]);
});
afterAll(() => storage.stop());

const million = (together: number): number => totalDollars(costOfMillionDeliveries(prod, assumed, together).whenSent);

test('a million deliveries that come ten at a time cost at most $4.50 when they are sent', () => {
  expect(million(10)).toBeLessThanOrEqual(4.5);
});

test('a million that come one by one cost at most $6.50', () => {
  expect(million(1)).toBeLessThanOrEqual(6.5);
});

test('each of a month adds the same, and none adds nothing', () => {
  const month = (deliveries: number): number => {
    const { whenSent, whileKept } = monthOf(
      { clicks: 0, postbacks: 0, deliveries },
      prod,
      measured,
      assumed,
    ).deliveries;
    return totalDollars([...whenSent, ...whileKept]);
  };
  expect(month(0)).toBe(0);
  expect(month(3_000_000)).toBeCloseTo(3 * month(1_000_000), 6);
});

test('a delivery asks the tables what the model says, and its row weighs no more', async () => {
  const bench = new Bench(storage, 'priced');
  bench.configure({ url: 'https://postback.source.example/conversions?id={external_id}&payout={payout}' });
  storage.proxy.forget();
  await bench.change(undefined, conversionOf({ clickId: newClickId(), source: 'priced' }));
  await bench.work();

  const operations = storage.proxy.calls().map((call) => call.split(' ')[0]);
  // The conversion is read, too: the bench has it in memory.
  expect(operations.sort()).toEqual(['GetItem', 'PutItem', 'UpdateItem', 'UpdateItem']);
  expect(deliveryCounts.readUnits).toBe(1 + 1);
  // The put also writes an entry of the index by source.
  expect(deliveryCounts.writeUnits).toBe(1 + 1 + 2);
  const row = (await storage.items('deliveries')).find(({ sourceId }) => sourceId?.S === 'priced');
  const indexed = ['group', 'occasion', 'sourceAndDay', 'createdAtAndId'].map((name) => [
    name,
    row?.[name] ?? { S: '' },
  ]);
  const bytes = itemBytes(row ?? {}) + itemBytes(Object.fromEntries(indexed)) + itemOverheadBytes;
  expect(bytes).toBeGreaterThan(deliveryCounts.itemBytes - 200);
  expect(bytes).toBeLessThanOrEqual(deliveryCounts.itemBytes);
});
