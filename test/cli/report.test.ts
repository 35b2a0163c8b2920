import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { widthOf } from '../../cli/terminal/width';
import { record } from '../lambdas/admin/support/admin-caller';
import { startAdminStack, type AdminStack } from '../lambdas/admin/support/admin-stack';
import { reportFacts, type ReportFacts } from '../lambdas/admin/support/report-facts';
import { storeFacts, type FactStore } from '../lambdas/domain/reports/support/duckdb';
import { clickFact, conversionFact, type Fact } from '../lambdas/domain/reports/support/facts';
import { trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(60_000);

const noon = '2026-11-02T12:00:00Z';
const sold = { click: noon, conversion: noon, booked: noon };
const longName = 'a-campaign-with-a-name-that-is-longer-than-any-column-of-a-table';

let store: FactStore;
let facts: ReportFacts;
let stack: AdminStack;
let server: Server;
let tracker: Tracker;
let folder: string;
beforeAll(async () => {
  const clicks = ['spring', 'spring', 'spring', 'autumn', longName].map((campaign, index): Fact =>
    clickFact(noon, { click_id: `c${index}`, campaign, cost: 250_000, cost_currency: 'USD' }),
  );
  store = await storeFacts({
    clicks,
    conversions: [
      conversionFact(sold, { amount: 12_500_000 }),
      conversionFact(sold, { amount: 123_456_780_000, currency: 'EUR', campaign: longName }),
      conversionFact(sold, { amount: 9_876_540_000, currency: 'USD', campaign: longName }),
    ],
  });
  facts = reportFacts(store);
  stack = await startAdminStack({ reports: () => facts.services });
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/admin/v1', '');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      void stack.call(request.method ?? 'GET', path, body === '' ? {} : { text: body }).then((reply) => {
        response.writeHead(reply.status, reply.headers);
        response.end(reply.text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tracker = trackerIn({ TRACKER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  folder = mkdtempSync(join(tmpdir(), 'tracker-report-'));
});
afterAll(async () => {
  server.close();
  await stack.stop();
  store.stop();
  rmSync(folder, { recursive: true });
});

const day = ['--from', '2026-11-02', '--to', '2026-11-02'];

test('a report is a table that fits 80 columns, with a bar in each row and a line for each currency', async () => {
  const run = await tracker('report', ...day, '--group', 'campaign');
  expect([run.code, run.stderr]).toStrictEqual([0, '']);
  const lines = run.stdout.split('\n');
  expect(
    Math.max(
      ...lines
        .slice(
          0,
          lines.findIndex((line) => line.startsWith('Counted')),
        )
        .map(widthOf),
    ),
  ).toBeLessThanOrEqual(80);
  expect(run.stdout).toContain('2026-11-02, UTC, by click date');
  expect(lines.find((line) => line.startsWith('spring'))).toMatch(
    /^spring +█{6} +3 +1 +33\.33% +USD +12\.50 +0\.75 +11\.75/,
  );
  expect(run.stdout).toContain('123456.78');
  expect(lines.find((line) => line.startsWith('autumn'))).toMatch(/^autumn +██ +1 +0 +0\.00% +USD/);
  expect(lines.find((line) => line.startsWith('total'))).toContain('EUR');
  expect(run.stdout).toContain('Counted through 2026-11-29T11:59:30.000Z, version v1.');
  const withRoi = await tracker('report', ...day, '--metrics', 'roi');
  expect(withRoi.stdout).toContain(
    '- ROI is empty where there are several currencies: choose one currency for all money.',
  );
});

test('the screen, the JSON and the CSV have one number', async () => {
  const file = join(folder, 'report.csv');
  const given = ['report', ...day, '--group', 'campaign', '--sort', '-clicks'];
  const [json, csv] = [await tracker(...given, '--json'), await tracker(...given, '--csv', file)];
  expect(csv.stdout).toContain(`Written to ${file}.`);
  expect(csv.stdout).toContain('Counted through 2026-11-29T11:59:30.000Z, version v1.');
  const lines = parse<Record<string, string>>(readFileSync(file, 'utf8'), { columns: true });
  const answered = await stack.call('GET', '/reports?from=2026-11-02&to=2026-11-02&group=campaign&sort=-clicks');
  expect(json.json()).toStrictEqual(answered.body);
  const total = record(answered.body['total']);
  expect(lines.at(-1)).toMatchObject({
    row: 'total',
    clicks: String(total['clicks'] as number),
    'revenue EUR': record(total['revenue'])['EUR'],
    'cost USD': record(total['cost'])['USD'],
    cr: String(total['cr'] as number),
  });
});

test('a CSV without an order or a limit has every row, and is a file only when it is whole', async () => {
  const file = join(folder, 'whole.csv');
  const run = await tracker('report', ...day, '--group', 'campaign,source', '--csv', file);
  expect(run.stdout).toContain(`Counted through 2026-11-29T11:59:30.000Z, version v1.`);
  const answered = await stack.call('GET', '/reports/export?from=2026-11-02&to=2026-11-02&group=campaign,source');
  expect(readFileSync(file, 'utf8')).toBe(answered.text);
  expect(existsSync(`${file}.part`)).toBe(false);
  const wrong = await tracker('report', ...day, '--group', 'planet', '--csv', join(folder, 'wrong.csv'));
  expect([wrong.code, readdirSync(folder).filter((name) => name.startsWith('wrong'))]).toStrictEqual([2, []]);
});

test('a report is saved under a name, asked for by it, and what is said beside it holds', async () => {
  const saved = ['--group', 'campaign', '--filter', 'campaign:spring', '--metrics', 'clicks'];
  const made = await tracker('report', 'save', 'weekly', ...day, ...saved, '--yes');
  expect([made.code, made.stdout]).toStrictEqual([0, expect.stringContaining('Made the report weekly: version 1.')]);
  expect((await stack.call('GET', '/saved-reports/weekly')).body).toMatchObject({
    group: 'campaign',
    filter: 'campaign:spring',
    from: '2026-11-02',
    metrics: 'clicks',
  });
  const asked = await tracker('report', '--saved', 'weekly', '--json');
  const same = await stack.call(
    'GET',
    '/reports?from=2026-11-02&to=2026-11-02&group=campaign&filter=campaign:spring&metrics=clicks',
  );
  expect(asked.json()).toStrictEqual(same.body);
  const other = await tracker('report', '--saved', 'weekly', '--days', '1', '--filter', 'campaign:autumn', '--json');
  expect(other.json()).toMatchObject({
    period: { from: '2026-11-02T00:00:00.000Z' },
    rows: [{ group: { campaign: 'autumn' }, clicks: 1 }],
  });
  expect((await tracker('report', 'list')).stdout).toContain('weekly');
  const wrong = await tracker('report', 'save', 'weekly', '--sort', 'revenue', '--metrics', 'clicks');
  expect([wrong.code, wrong.stderr]).toStrictEqual([2, expect.stringContaining('sort must be one of the metrics')]);
  expect((await tracker('report', 'delete', 'weekly', '--yes')).code).toBe(0);
  expect((await tracker('report', '--saved', 'weekly')).code).toBe(3);
});

test('a report that takes long is waited for', async () => {
  facts.slow = true;
  const run = tracker('report', ...day);
  while (facts.asked.length === 0 || facts.slow) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (facts.asked.length > 0) facts.slow = false;
  }
  expect((await run).code).toBe(0);
});

test('a rejected report prints the messages of the API, and nothing else', async () => {
  const run = await tracker('report', '--group', 'planet', '--filter', 'a:b');
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('"planet" is no group; there are campaign, ');
  expect(run.stderr).toContain('"a" is no field to filter on');
  expect(run.stdout).toBe('');
});

test('several filters must all match, and the metric of the sort is shown', async () => {
  const run = await tracker(
    'report',
    ...day,
    '--group',
    'campaign',
    '--filter',
    'campaign:spring',
    'country:US',
    '--sort',
    '-epc',
  );
  expect(run.stdout).toMatch(/EPC/);
  expect(run.stdout).not.toContain('autumn');
});

test('rates are imported as the European Central Bank publishes them, and again change nothing', async () => {
  const file = join(folder, 'eurofxref-hist.csv');
  const lines = ['Date,USD,JPY,RUB,', '2026-11-02,1.25,160.25,N/A,', '2026-10-30,1.2,,N/A,', '2019-12-31,1.1,120,70,'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const first = await tracker('rates', 'import', file, '--json');
  expect([first.stderr, first.json()]).toStrictEqual(['', { days: 2, months: 2, changed: 2 }]);
  expect((await tracker('rates', 'import', file, '--json')).json()).toMatchObject({ changed: 0 });
  writeFileSync(file, 'Date, USD\n03 November 2026, 2\n');
  expect((await tracker('rates', 'import', file)).stdout).toContain('1 day of 1 month read, 1 document changed.');
  const stored = await stack.call('GET', '/rates/ecb-2026-11');
  expect(stored.body['days']).toStrictEqual({
    '2026-11-02': { USD: '1.25', JPY: '160.25' },
    '2026-11-03': { USD: '2' },
  });
  const converted = await tracker(
    'report',
    ...day,
    '--metrics',
    'revenue',
    '--currency',
    'EUR',
    '--filter',
    'campaign:spring',
    '--json',
  );
  expect(record(record(converted.json())['total'])['revenue']).toStrictEqual({ EUR: '10' });
});

test.each([
  ['Day,USD\n', 'The first line must be "Date" and currency codes'],
  ['Date,Dollar\n', 'The first line must be "Date" and currency codes'],
  ['Date,USD\nyesterday,1\n', 'Line 2 begins with "yesterday", which is no day.'],
  ['Date,USD\n2026-11-31,1\n', 'Line 2 begins with "2026-11-31", which is no day.'],
  ['Date,USD\n2026-11-02,"1,25"\n', 'Line 2 has "1,25" for USD, which is no rate above 0.'],
])('rates that do not read are rejected with their line: %j', async (text, problem) => {
  const file = join(folder, 'wrong.csv');
  writeFileSync(file, text);
  const run = await tracker('rates', 'import', file);
  expect([run.code, run.stderr]).toStrictEqual([2, expect.stringContaining(problem)]);
});

test('spend is put by options, listed, and withdrawn', async () => {
  const given = [
    '--campaign',
    'spring',
    '--from',
    '2026-11-02',
    '--to',
    '2026-11-02',
    '--amount',
    '257 USD',
    '--sub',
    'sub1=x',
  ];
  expect(await tracker('spend', 'put', 'november', ...given, '--yes')).toMatchObject({ code: 0, stderr: '' });
  expect((await tracker('spend', 'list')).stdout).toMatch(/november .*spring .*2026-11-02 +2026-11-02 +257 +USD/);
  expect((await tracker('spend', 'show', 'november')).stdout).toContain('sub1: x');
  expect((await tracker('spend', 'delete', 'november', '--yes')).code).toBe(0);
  expect((await tracker('spend', 'list', '--json')).json()).toStrictEqual([]);
});

test('a cost model is put by options, reports use it, and what is no model is rejected with its field', async () => {
  const put = (id: string, ...given: readonly string[]) =>
    tracker('spend', 'put', id, '--from', '2026-11-01', ...given, '--yes');
  const cpa = ['--model', 'cpa', '--campaign', 'spring', '--amount', '4 EUR', '--event', 'sale'];
  const statuses = ['--status', 'approved', '--status', 'reversed'];
  expect(await put('spring-cpa', ...cpa, ...statuses)).toMatchObject({ code: 0, stderr: '' });
  expect(await put('news-share', '--model', 'revshare', '--source', 'news', '--percent', '12.5')).toMatchObject({
    code: 0,
  });
  expect((await stack.call('GET', '/costs/spring-cpa')).body).toMatchObject({
    model: 'cpa',
    campaign: 'spring',
    event: 'sale',
    amount: '4',
    currency: 'EUR',
    statuses: ['approved', 'reversed'],
  });
  expect((await stack.call('GET', '/costs/news-share')).body).toMatchObject({ model: 'revshare', percent: '12.5' });
  const report = await tracker('report', ...day, '--filter', 'campaign:spring', '--metrics', 'cost', '--json');
  expect(record(record(report.json())['total'])['cost']).toStrictEqual({ EUR: '4' });

  const noPrice = await put('wrong', '--model', 'cpc', '--campaign', 'spring');
  expect([noPrice.code, noPrice.stderr]).toStrictEqual([2, expect.stringMatching(/amount.*must be given/)]);
  const foreign = await put('wrong', '--model', 'cpc', '--source', 'news', '--amount', '1 USD', '--percent', '3');
  expect([foreign.code, foreign.stderr]).toStrictEqual([2, expect.stringContaining('percent')]);
  for (const id of ['spring-cpa', 'news-share']) {
    expect((await tracker('spend', 'delete', id, '--yes')).code).toBe(0);
  }
});
