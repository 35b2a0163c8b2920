import { parse } from 'csv-parse/sync';
import { exportReport } from '../../../../lambdas/admin/reports/export-report';
import { servicesFromEnvironment } from '../../../../lambdas/admin/http/services';
import { storeFacts, type FactStore } from '../../domain/reports/support/duckdb';
import { clickFact, conversionFact } from '../../domain/reports/support/facts';
import { atLength } from '../../../support/at-length';
import { record } from '../support/admin-caller';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { reportFacts, type ReportFacts } from '../support/report-facts';

/** More than the 10,000 rows of an answer. */
const values = atLength(50_000, 10_500);
const millionths = (count: number): string => `0.${String(count).padStart(6, '0')}`;
const noon = '2026-11-02T12:00:00Z';
const sold = { click: noon, conversion: noon, booked: noon };

let store: FactStore;
let facts: ReportFacts;
let stack: AdminStack;
beforeAll(async () => {
  // Keyword 7 is clicked seven times, and keyword 10 and each after it once.
  const often = Array.from({ length: 10 }, (_, value) => Array.from({ length: value }, () => value)).flat();
  const keywords = [...Array.from({ length: values }, (_, value) => value), ...often];
  store = await storeFacts(
    {
      clicks: keywords.map((value, at) =>
        clickFact(noon, { click_id: `c${at}`, sub1: `kw${value}`, cost: 1, cost_currency: 'USD' }),
      ),
      conversions: [7, values - 1].map((value) => conversionFact(sold, { sub1: `kw${value}`, amount: 2_500_000 })),
    },
    1,
  );
  facts = reportFacts(store);
  stack = await startAdminStack({ reports: () => facts.services });
});
afterAll(async () => {
  await stack.stop();
  store.stop();
});

const query = 'from=2026-11-02&to=2026-11-02&group=sub1&metrics=clicks,conversions,revenue,cost';
const total = { clicks: values + 45, conversions: 2, revenue: { USD: '5' }, cost: { USD: millionths(values + 45) } };

test('of many thousand values of a sub a report has the first, and all others in one row that adds up to the total', async () => {
  const { status, body } = await stack.call('GET', `/reports?${query}&sort=-clicks&limit=3`);
  expect([status, body['rows'], body['total']]).toStrictEqual([
    200,
    [
      ...[9, 8, 7].map((value) => ({
        group: { sub1: `kw${value}` },
        clicks: value + 1,
        conversions: value === 7 ? 1 : 0,
        revenue: value === 7 ? { USD: '2.5' } : {},
        cost: { USD: `0.0000${value === 9 ? '1' : `0${value + 1}`}` },
      })),
      {
        group: { sub1: null },
        other: true,
        clicks: values + 45 - 27,
        conversions: 1,
        revenue: { USD: '2.5' },
        cost: { USD: millionths(values + 45 - 27) },
      },
    ],
    total,
  ]);
});

test('without a limit it has 10,000 rows and says so, and still adds up', async () => {
  const { body } = await stack.call('GET', `/reports?${query}`);
  const rows = Array.isArray(body['rows']) ? body['rows'].map(record) : [];
  expect([rows.length, rows.at(-1)?.['other']]).toStrictEqual([10_001, true]);
  expect(rows.reduce((sum, row) => sum + Number(row['clicks']), 0)).toBe(total.clicks);
  expect(body['notes']).toContainEqual(expect.stringMatching(/^Only the first/));
});

test('as CSV every one of them is there, page by page, of one query', async () => {
  facts.asked.length = 0;
  const services = { ...servicesFromEnvironment(stack.client), reports: () => facts.services };
  const lines: string[] = [];
  let cursor: string | undefined;
  do {
    const { body = '', headers = {} } = await exportReport(
      {
        id: '',
        requestId: 'r',
        method: 'GET',
        segments: ['reports', 'export'],
        query: new URLSearchParams(cursor === undefined ? query : `${query}&cursor=${cursor}`),
        body: '',
        author: 'unknown',
        sourceIp: '127.0.0.1',
        baseUrl: 'https://tracker.example',
        now: Date.now(),
        deadline: { remaining: () => 60_000 },
      },
      services,
    );
    lines.push(body);
    cursor = headers['x-next-cursor'] === undefined ? undefined : String(headers['x-next-cursor']);
  } while (cursor !== undefined);
  const rows = parse<Record<string, string>>(lines.join(''), { columns: true });
  const groups = rows.slice(0, -1);
  expect([new Set(groups.map(({ sub1 }) => sub1)).size, groups.length, facts.asked.length]).toStrictEqual([
    values,
    values,
    1,
  ]);
  expect(groups.reduce((sum, row) => sum + Number(row['clicks']), 0)).toBe(total.clicks);
  expect(rows.at(-1)).toMatchObject({ row: 'total', clicks: String(total.clicks), 'cost USD': total.cost.USD });
});
