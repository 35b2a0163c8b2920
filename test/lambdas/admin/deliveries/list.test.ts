import { deliveriesTable } from '../../../../lambdas/adapters/deliveries-table';
import { environmentVariable } from '../../../../lambdas/contract';
import { deliveryIdOf } from '../../../../lambdas/domain/outbound/delivery-id';
import { tableNames } from '../../../storage/local-dynamodb';
import { noHurry } from '../../adapters/support/storage';
import { newClickId } from '../support/log-rows';
import { startAdminStack, type AdminStack } from '../support/admin-stack';

jest.setTimeout(60_000);

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.now();
const clickId = newClickId();

let stack: AdminStack;
/** IDs of the deliveries of the source, the newest first. */
const ids: string[] = [];

beforeAll(async () => {
  // No list queues anything.
  process.env[environmentVariable.deliveryQueueUrl] = 'http://127.0.0.1:9/queue';
  stack = await startAdminStack();
  const table = deliveriesTable(stack.client, tableNames.deliveries);
  // Seven in three days, two of them in one millisecond.
  for (const [place, age] of [0, 0, 1, 20, 30, 50, 60].entries()) {
    const conversionKey = `sale#T${place}`;
    const id = deliveryIdOf({ clickId, conversionKey }, 'news', 'main', 'first');
    const planned = { id, sourceId: 'news', postbackId: 'main', clickId, conversionKey, conversionVersion: 1 } as const;
    const reported = { when: 'first', event: 'sale', status: 'approved', state: 'due' } as const;
    await table.plan({ ...planned, ...reported }, now - age * hour, noHurry);
    ids.push(id);
  }
  ids.splice(0, 2, ...ids.slice(0, 2).sort().reverse());
});
afterAll(() => stack.stop());

const at = (time: number): string => encodeURIComponent(new Date(time).toISOString());

async function listed(
  query: string,
): Promise<{ readonly ids: readonly string[]; readonly cursor: string | undefined }> {
  const { status, body } = await stack.call('GET', `/deliveries?source=news&${query}`);
  expect(status).toBe(200);
  const { items, cursor } = body as { items: readonly { id: string }[]; cursor?: string };
  return { ids: items.map(({ id }) => id), cursor };
}

test('deliveries of a source come newest first, of the last 24 hours where nothing else is said', async () => {
  expect((await listed('')).ids).toEqual(ids.slice(0, 4));
});

test.each([1, 2, 3, 7])(
  'pages of %i have every delivery once, across days and within one millisecond',
  async (limit) => {
    const seen: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const page: Awaited<ReturnType<typeof listed>> = await listed(
        `since=${at(now - 3 * day)}&limit=${limit}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.ids);
      cursor = page.cursor;
    }
    expect(seen).toEqual(ids);
  },
);

describe('of a source that rejected one of two, while a newer change overtook a third', () => {
  const reported = { when: 'first', event: 'sale', status: 'approved' } as const;
  const idOf = (conversionKey: string) => deliveryIdOf({ clickId, conversionKey }, 'filtered', 'main', 'first');

  beforeAll(async () => {
    const table = deliveriesTable(stack.client, tableNames.deliveries);
    const ends = [
      ['sale#F0', { state: 'delivered', reason: 'ACCEPTED', attempts: 1 }],
      ['sale#F1', { state: 'failed', reason: 'REFUSED', attempts: 1 }],
      // As the first release wrote it.
      ['sale#F2', { state: 'superseded', attempts: 0 }],
    ] as const;
    for (const [conversionKey, settlement] of ends) {
      const id = idOf(conversionKey);
      const about = { id, sourceId: 'filtered', postbackId: 'main', clickId, conversionKey, conversionVersion: 1 };
      await table.plan({ ...about, ...reported, state: 'due' }, now, noHurry);
      const lease = { token: id, until: now + hour };
      await table.claim(id, lease, now, noHurry);
      await table.settle(id, lease, settlement, noHurry);
    }
  });

  test.each([
    ['state=delivered', 'sale#F0'],
    ['state=failed', 'sale#F1'],
    ['reason=REFUSED', 'sale#F1'],
    ['state=superseded', 'sale#F2'],
    ['reason=NEWER_CHANGE', 'sale#F2'],
  ])('%s finds the one that is so', async (query, conversionKey) => {
    const { body } = await stack.call('GET', `/deliveries?source=filtered&${query}`);
    expect(body).toMatchObject({ items: [{ id: idOf(conversionKey), reason: expect.any(String) }] });
  });

  test('a state and a reason that do not go together find none', async () => {
    const { body } = await stack.call('GET', '/deliveries?source=filtered&state=delivered&reason=REFUSED');
    expect(body).toMatchObject({ items: [] });
  });
});

test.each([
  ['wholly ahead of now', now + 2 * hour, now + 3 * hour],
  ['beyond any retention', now - 5000 * day, now - 4000 * day],
])('a period %s holds nothing', async (_, since, until) => {
  expect(await listed(`since=${at(since)}&until=${at(until)}`)).toEqual({ ids: [], cursor: undefined });
});
