import { costOfStrangers, strangers } from '../../cost/strangers';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';
import { templateOf } from './support/templates';

jest.setTimeout(60_000);

let prod: Inventory;

beforeAll(async () => {
  prod = inventoryOf(await templateOf('prod'));
});

// The model's prices, rounded up: a change that makes a flood dearer shows here.
const withoutReads = 1.63;
const dollarsOfRead = 0.125;

test.each(strangers)('a million strangers with $what cost API, functions and $reads reads each', (stranger) => {
  const { whenSent, total, tables, whileKept } = costOfStrangers(stranger, prod);

  expect(total).toBeLessThanOrEqual(withoutReads + stranger.reads * dollarsOfRead);
  expect(tables).toBeLessThanOrEqual(0.015 + stranger.reads * dollarsOfRead);
  expect(whileKept).toBeLessThanOrEqual(0.02);
  expect(whenSent.map(({ part }) => part)).not.toContain('SQS');
});
