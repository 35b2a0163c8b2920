import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { scanTable, type SegmentPosition } from '../../../lambdas/adapters/table-scan';
import { tableNames } from '../../storage/local-dynamodb';
import { startStorage, type Storage } from './support/storage';

let storage: Storage;
const large = 'x'.repeat(300_000);
const keys = Array.from({ length: 12 }, (_, index) => `click-${index}`);

beforeAll(async () => {
  storage = await startStorage();
  for (const clickId of keys) {
    const Item = { clickId: { S: clickId }, text: { S: large } };
    await storage.direct.send(new PutItemCommand({ TableName: tableNames.clicks, Item }));
  }
});
afterAll(() => storage.stop());

test('a scan that runs out of time finishes its page, and continues from there', async () => {
  const found: string[] = [];
  let positions: readonly SegmentPosition[] = ['start', 'start'];
  let calls = 0;
  while (positions.some((position) => position !== 'end')) {
    // Time for one page of each segment, and so little of it that no answer comes within.
    let left = positions.filter((position) => position !== 'end').length;
    const deadline = { remaining: () => (left-- > 0 ? 0.001 : 0) };
    positions = await scanTable(storage.client, tableNames.clicks, positions, deadline, (item) => {
      found.push(item['clickId']?.S ?? '');
    });
    calls += 1;
  }
  expect(calls).toBeGreaterThan(1);
  expect(found.toSorted()).toEqual(keys.toSorted());
});
