import { parse } from 'csv-parse/sync';
import { renderReport } from '../../../../lambdas/admin/reports/render';
import { queryOf } from '../../domain/reports/support/ask-report';
import { storeFacts, type FactStore } from '../../domain/reports/support/duckdb';
import { clickFact, conversionFact, type Fact } from '../../domain/reports/support/facts';
import { record, type Reply } from '../support/admin-caller';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { reportFacts, type ReportFacts } from '../support/report-facts';

const noon = '2026-11-02T12:00:00Z';
const later = { click: noon, conversion: '2026-11-02T13:00:00Z', booked: '2026-11-02T13:00:00Z' };
const formula = '=HYPERLINK("http://evil.example")';

let store: FactStore;
let facts: ReportFacts;
let stack: AdminStack;
beforeAll(async () => {
  const subs = ['a', 'a', 'b', 'ü,"1"', formula, null];
  store = await storeFacts({
    clicks: subs.map((sub1, index): Fact =>
      clickFact(noon, { click_id: `c${index}`, sub1, cost: 10_000, cost_currency: 'USD' }),
    ),
    conversions: [
      conversionFact(later, { sub1: 'a' }),
      conversionFact(later, { sub1: 'a', currency: 'EUR', amount: -2_500_000, status: 'pending' }),
    ],
  });
  facts = reportFacts(store);
  stack = await startAdminStack({ reports: () => facts.services });
});
beforeEach(() => {
  facts.slow = false;
  facts.asked.length = 0;
});
afterAll(async () => {
  await stack.stop();
  store.stop();
});

const day = 'from=2026-11-02&to=2026-11-02';
const ask = (query: string): Promise<Reply> => stack.call('GET', `/reports?${query}`);

test('a report has its rows, its total, and as of when and of what it was counted', async () => {
  const reply = await ask(`${day}&group=sub1&timezone=Europe/Berlin&metrics=clicks,conversions,revenue,roi`);
  expect([reply.status, reply.headers['cache-control']]).toStrictEqual([200, 'no-store']);
  expect(reply.body).toStrictEqual({
    countedThrough: '2026-11-29T11:59:30.000Z',
    version: 'v1',
    period: {
      from: '2026-11-01T23:00:00.000Z',
      to: '2026-11-02T23:00:00.000Z',
      timezone: 'Europe/Berlin',
      by: 'click',
    },
    groups: ['sub1'],
    metrics: ['clicks', 'conversions', 'revenue', 'roi'],
    rows: [
      { group: { sub1: 'a' }, clicks: 2, conversions: 2, revenue: { EUR: '-2.5', USD: '10' }, roi: null },
      { group: { sub1: formula }, clicks: 1, conversions: 0, revenue: {}, roi: -1 },
      { group: { sub1: 'b' }, clicks: 1, conversions: 0, revenue: {}, roi: -1 },
      { group: { sub1: 'ü,"1"' }, clicks: 1, conversions: 0, revenue: {}, roi: -1 },
      { group: { sub1: null }, clicks: 1, conversions: 0, revenue: {}, roi: -1 },
    ],
    total: { clicks: 6, conversions: 2, revenue: { EUR: '-2.5', USD: '10' }, roi: null },
    notes: ['ROI is empty where there are several currencies: choose one currency for all money.'],
  });
});

test('the CSV has the numbers of the JSON, a column for each currency, and as of when it was counted', async () => {
  const query = `${day}&group=sub1`;
  const [json, csv] = [await ask(query), await ask(`${query}&format=csv`)];
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'x-counted-through': '2026-11-29T11:59:30.000Z',
    'x-report-version': 'v1',
    'x-report-notes': (json.body['notes'] as string[]).join(' '),
  });
  const lines = parse<Record<string, string>>(csv.text, { columns: true });
  const rows = [...(json.body['rows'] as object[]), json.body['total'] as object].map((row) => record(row));
  expect(lines.map(({ row }) => row)).toStrictEqual([...rows.slice(1).map(() => 'group'), 'total']);
  const header = Object.keys(lines[0] ?? {});
  for (const [index, row] of rows.entries()) {
    for (const metric of json.body['metrics'] as string[]) {
      const value = row[metric];
      for (const column of header.filter((name) => name.split(' ')[0] === metric)) {
        const [, currency] = column.split(' ');
        const told = currency === undefined ? value : value === null ? null : (record(value)[currency] ?? '0');
        expect([column, lines[index]?.[column]]).toStrictEqual([
          column,
          told === null ? '' : `${told as string | number}`,
        ]);
      }
    }
  }
  expect(header.filter((name) => name.startsWith('revenue '))).toStrictEqual(['revenue EUR', 'revenue USD']);
  // A spreadsheet would run the one, and takes the other for what it is.
  expect(lines.map(({ sub1 }) => sub1)).toStrictEqual(['a', `'${formula}`, 'b', 'ü,"1"', '', '']);
  expect(lines[0]?.['revenue EUR']).toBe('-2.5');
});

test('a report that is not ready says where to ask again, and then is the one of the version that it was asked of', async () => {
  facts.slow = true;
  const reply = await ask(`${day}&group=sub1&metrics=clicks`);
  expect([reply.status, reply.headers['retry-after'], reply.body['status']]).toStrictEqual([202, '2', 'running']);
  const again = String(reply.headers['location']);
  expect(reply.body['link']).toBe(`https://tracker.example${again}`);
  facts.counted.version = 'v2';
  const still = await stack.call('GET', again.replace('/admin/v1', ''));
  expect(still.status).toBe(202);
  facts.slow = false;
  const ready = await stack.call('GET', String(still.headers['location']).replace('/admin/v1', ''));
  facts.counted.version = 'v1';
  expect([ready.status, ready.body['version'], facts.asked.length]).toStrictEqual([200, 'v1', 1]);
  expect(record(ready.body['total'])).toStrictEqual({ clicks: 6 });
});

test('a cursor of another report, a made-up one and one of a query that is gone are rejected', async () => {
  facts.slow = true;
  const { body } = await ask(`${day}&group=sub1`);
  const other = await ask(`${day}&group=sub2&cursor=${String(body['cursor'])}`);
  expect([other.status, other.body['message']]).toStrictEqual([
    400,
    expect.stringContaining('belongs to another query'),
  ]);
  const made = await ask(`${day}&cursor=abc`);
  expect([made.status, made.body['message']]).toStrictEqual([
    400,
    expect.stringContaining('is not one that this list gave'),
  ]);
  const envelope = record(JSON.parse(Buffer.from(String(body['cursor']), 'base64url').toString()));
  const gone = { ...envelope, position: { ...record(envelope['position']), id: 'query-999' } };
  const reply = await ask(`${day}&group=sub1&cursor=${Buffer.from(JSON.stringify(gone)).toString('base64url')}`);
  expect([reply.status, reply.body['message']]).toStrictEqual([400, expect.stringContaining('a report that is gone')]);
});

test('wrong parameters are all named, and nothing is asked', async () => {
  const reply = await ask(
    'from=yesterday&group=planet&filter=a&sort=up&limit=0&timezone=Mars&by=day&metrics=x&currency=y&format=z',
  );
  expect(reply.status).toBe(400);
  const paths = (reply.body['problems'] as { path: string }[]).map(({ path }) => path);
  expect(paths.sort()).toStrictEqual([
    'by',
    'currency',
    'filter',
    'format',
    'from',
    'group',
    'limit',
    'metrics',
    'sort',
    'timezone',
  ]);
  expect((await ask('from=2026-11-02&to=2026-11-01')).body['message']).toContain('from: must be before to');
  expect((await ask('groups=campaign')).body['message']).toContain('groups: is no parameter here');
  expect(facts.asked).toStrictEqual([]);
});

test('where nothing was counted yet the report is empty and says so', async () => {
  const reply = await ask('from=2025-01-01&to=2025-01-02&group=campaign');
  expect([reply.status, reply.body['rows'], facts.asked]).toStrictEqual([200, [], []]);
  expect(record(reply.body['total'])['clicks']).toBe(0);
});

test('what is too large for one answer is cut: the rest is added up in one row, and a note says so', () => {
  const query = queryOf({ group: 'sub1', metrics: 'clicks,revenue' });
  const tally = (sub: string, clicks: number) => ({
    values: [sub],
    clicks,
    botClicks: 0,
    uniqueClicks: 0,
    unmarkedClicks: 0,
    unreadableCosts: 0,
    conversions: { approved: 0, pending: 0, rejected: 0, reversed: 0 },
    botConversions: 0,
    money: { approved: new Map([['USD', BigInt(clicks)]]), pending: new Map(), cost: new Map() },
    notConverted: { approved: new Map(), pending: new Map(), cost: new Map() },
    medianSeconds: undefined,
    soon: {},
  });
  const rows = Array.from({ length: 20_000 }, (_, index) => tally(`sub-${index}`, index));
  const total = tally(
    '',
    rows.reduce((sum, { clicks }) => sum + clicks, 0),
  );
  const state = { version: 'v1', countedThrough: undefined };
  for (const format of ['json', 'csv'] as const) {
    const answer = renderReport(query, { rows, total, unspent: [], hasPaid: false }, state, format, 20_000);
    expect(JSON.stringify(answer.body).length).toBeLessThanOrEqual(20_000);
    const text = format === 'json' ? answer.body : String(answer.headers?.['x-report-notes']);
    expect(text).toMatch(/Only the first \d+ of 20000 rows are shown; the others are added up in one\./);
  }
  const whole = record(
    JSON.parse(String(renderReport(query, { rows, total, unspent: [], hasPaid: false }, state, 'json').body)),
  );
  const shown = whole['rows'] as { clicks: number; other?: true }[];
  expect([shown.length, shown.at(-1)?.other]).toStrictEqual([10_001, true]);
  expect(shown.reduce((sum, { clicks }) => sum + clicks, 0)).toBe(total.clicks);
});
