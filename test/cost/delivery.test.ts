import { assumed } from '../../cost/assumptions';
import { costOfMillionDeliveries } from '../../cost/delivery-cost';
import { totalDollars } from '../../cost/line';
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

const million = (together: number): number =>
  totalDollars(costOfMillionDeliveries(measured.delivery, prod, assumed, together).whenSent);

test('a million deliveries cost at most $4.50 when they are sent, from two at a time on, and $3.30 ten at a time', () => {
  expect(million(2)).toBeLessThanOrEqual(4.5);
  expect(million(10)).toBeLessThanOrEqual(3.3);
});

test('a million that come one by one cost at most $5.60', () => {
  expect(million(1)).toBeLessThanOrEqual(5.6);
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

test('a delivery is planned, claimed and settled by one write each, and listed by one more', async () => {
  const bench = new Bench(storage, 'priced');
  bench.configure({ url: 'https://postback.source.example/conversions?id={external_id}&payout={payout}' });
  storage.proxy.forget();
  await bench.change(undefined, conversionOf({ clickId: newClickId(), source: 'priced' }));
  await bench.work();

  // The conversion is read, too: the bench has it in memory. The put also writes an entry of the index by source.
  const operations = storage.proxy.calls().map((call) => call.split(' ')[0]);
  expect(operations.sort()).toEqual(['GetItem', 'PutItem', 'UpdateItem', 'UpdateItem']);
  expect(measured.delivery).toMatchObject({ writeUnits: 1 + 1 + 1 + 1, readUnits: 0.5 + 0.5, roundTrips: 4 });
});
