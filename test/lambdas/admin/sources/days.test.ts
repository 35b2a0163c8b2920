import type { DayStretch, DeliveriesReader } from '../../../../lambdas/adapters/deliveries-reader';
import { deliveriesTable } from '../../../../lambdas/adapters/deliveries-table';
import type { StoredDelivery } from '../../../../lambdas/adapters/delivery-item';
import { getSourceDays } from '../../../../lambdas/admin/sources/days';
import { environmentVariable } from '../../../../lambdas/contract';
import { deliveryIdOf } from '../../../../lambdas/domain/outbound/delivery-id';
import { tableNames } from '../../../storage/local-dynamodb';
import { noHurry } from '../../adapters/support/storage';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { newClickId } from '../support/log-rows';

jest.setTimeout(60_000);

interface Row {
  readonly day: string;
  readonly postback: string;
  readonly conversions: number;
  readonly deliveries: number;
}

const clickId = newClickId();
const day = 86_400_000;
/** Noon of a day of UTC, some days ago. */
const noon = Math.floor(Date.now() / day) * day - 3 * day + day / 2;
const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);

function planned(at: number, place: number) {
  const conversionKey = `sale#T${place}`;
  const id = deliveryIdOf({ clickId, conversionKey }, 'daily', 'main', 'first');
  return { id, sourceId: 'daily', postbackId: 'main', clickId, conversionKey, conversionVersion: 1, at } as const;
}

describe('the days of a source', () => {
  let stack: AdminStack;

  beforeAll(async () => {
    process.env[environmentVariable.deliveryQueueUrl] = 'http://127.0.0.1:9/queue';
    stack = await startAdminStack();
    const table = deliveriesTable(stack.client, tableNames.deliveries);
    // One at noon, and 150 within the hour before midnight in UTC: in Kathmandu that is the next day.
    const made = [
      planned(noon, 0),
      ...Array.from({ length: 150 }, (_, at) => planned(noon + day / 2 - 60_000 * 30, at + 1)),
    ];
    for (const { at, ...one } of made) {
      const reported = { when: 'first', event: 'sale', status: 'approved', state: 'due' } as const;
      await table.plan({ ...one, ...reported }, at, noHurry);
    }
  });
  afterAll(() => stack.stop());

  async function days(query: string): Promise<readonly Row[]> {
    const { status, body } = await stack.call('GET', `/sources/daily/days?${query}`);
    expect(status).toBe(200);
    return (body as { items: readonly Row[] }).items;
  }

  test('begin at the midnight of the zone that is asked for, and have each delivery once', async () => {
    const inUtc = await days('');
    expect(inUtc.map((row) => [row.day, row.deliveries])).toEqual([[dayText(noon), 151]]);
    const inKathmandu = await days('timezone=Asia/Kathmandu');
    expect(inKathmandu.map((row) => [row.day, row.deliveries])).toEqual([
      [dayText(noon + day), 150],
      [dayText(noon), 1],
    ]);
    expect(inKathmandu[0]).toMatchObject({
      postback: 'main',
      conversions: 150,
      eligible: 150,
      sent: 0,
      states: { due: 150 },
      reasons: [{ state: 'due', count: 150 }],
    });
  });

  test.each([
    ['from=2026-02-30', 'a day of the calendar'],
    ['to=:', 'a day of the calendar'],
    ['from=2026-11-02&to=2026-11-01', 'must not be after to'],
    ['from=2026-01-01&to=2026-11-01', '91 days before to'],
    ['timezone=Nowhere', 'IANA time zone'],
  ])('say what is wrong with %s', async (query, problem) => {
    const { status, text } = await stack.call('GET', `/sources/daily/days?${query}`);
    expect([status, text]).toEqual([400, expect.stringContaining(problem)]);
  });
});

describe('many deliveries', () => {
  const perDay = 10_000;
  const today = Date.parse('2026-11-23T00:00:00.000Z');
  const rows = Array.from({ length: 3 * perDay }, (_, at) => {
    const { at: createdAt, ...one } = planned(today - Math.floor(at / perDay) * day + (at % perDay) * 7000, at);
    return { ...one, when: 'first', event: 'sale', status: 'approved', state: 'due', attempts: 0, createdAt } as const;
  });
  const sorted = rows
    .map((row) => ({ row: row as StoredDelivery, place: `${new Date(row.createdAt).toISOString()}#${row.id}` }))
    .sort((left, right) => (left.place < right.place ? 1 : -1));
  let calls = 0;
  const reader: Pick<DeliveriesReader, 'ofDay'> = {
    async ofDay({ from, to }: DayStretch) {
      calls += 1;
      const found = sorted.filter(({ place }) => place >= from && place <= to);
      const first = found.slice(0, 2000);
      const last = first.length < found.length ? first.at(-1)?.place : undefined;
      return { deliveries: first.map(({ row }) => row), ...(last !== undefined && { last }) };
    },
  };

  async function page(cursor: string | undefined, remaining = 25_000) {
    const query = new URLSearchParams({
      from: '2026-11-21',
      to: '2026-11-23',
      ...(cursor !== undefined && { cursor }),
    });
    const request = { id: 'daily', query, now: today + day / 2, deadline: { remaining: () => remaining } };
    const answer = await getSourceDays(request as never, { outbound: () => ({ reader }) } as never);
    return JSON.parse(answer.body ?? '') as { readonly items: readonly Row[]; readonly cursor?: string };
  }

  test('are answered by the day: a page ends where one has read enough, and no day is cut', async () => {
    const first = await page(undefined);
    expect(first.items.map((row) => [row.day, row.deliveries])).toEqual([
      ['2026-11-23', perDay],
      ['2026-11-22', perDay],
    ]);
    const second = await page(first.cursor);
    expect(second).toEqual({ items: [expect.objectContaining({ day: '2026-11-21', conversions: perDay })] });
    expect(calls).toBeLessThan(100);
  });

  test('are answered a few days at a time where that is asked for', async () => {
    const query = new URLSearchParams({ from: '2026-11-21', to: '2026-11-23', limit: '1' });
    const request = { id: 'daily', query, now: today + day / 2, deadline: { remaining: () => 25_000 } };
    const answer = await getSourceDays(request as never, { outbound: () => ({ reader }) } as never);
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ items: [{ day: '2026-11-23' }], cursor: expect.anything() });
  });

  test('of a day that no call can count are rejected, and not counted in part', async () => {
    await expect(page(undefined, 1000)).rejects.toMatchObject({
      code: 'REPORT_TOO_LARGE',
      message: expect.stringContaining('2026-11-23'),
    });
  });
});
