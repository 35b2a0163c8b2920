import { parse } from 'csv-parse/sync';
import { exportReport } from '../../../../lambdas/admin/reports/export-report';
import type { RoutedRequest } from '../../../../lambdas/admin/http/request';
import { servicesFromEnvironment, type Services } from '../../../../lambdas/admin/http/services';
import { groups } from '../../../../lambdas/domain/reports/groups';
import { storeFacts, type FactStore } from '../../domain/reports/support/duckdb';
import { conversionFact, randomFacts } from '../../domain/reports/support/facts';
import { record, type Reply } from '../support/admin-caller';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { reportFacts, type ReportFacts } from '../support/report-facts';

const formula = '=HYPERLINK("http://evil.example")';
const noon = '2026-10-05T12:00:00Z';
const once = { click: noon, conversion: noon, booked: noon };
const random = randomFacts(5, 250);

let store: FactStore;
let facts: ReportFacts;
let stack: AdminStack;
let services: Services;
beforeAll(async () => {
  const conversions = [
    ...random.conversions,
    conversionFact(once, { sub2: formula }),
    // Money that comes to nothing in all, and to something in two rows.
    conversionFact(once, { sub2: 'up', currency: 'CHF' }),
    conversionFact(once, { sub2: 'down', currency: 'CHF', count: 0, amount: -10_000_000 }),
  ];
  store = await storeFacts({ ...random, conversions });
  facts = reportFacts(store);
  stack = await startAdminStack({ reports: () => facts.services });
  services = { ...servicesFromEnvironment(stack.client), reports: () => facts.services };
  const spend = { campaign: 'spring', from: '2026-10-01', to: '2026-10-20', amount: '257', currency: 'GBP' };
  await stack.call('PUT', '/costs/spend', { body: spend });
  const share = { campaign: 'autumn', from: '2026-10-01', model: 'revshare', percent: '12.5' };
  await stack.call('PUT', '/costs/share', { body: share });
});
beforeEach(() => {
  facts.slow = false;
  facts.asked.length = 0;
});
afterAll(async () => {
  await stack.stop();
  store.stop();
});

const period = 'from=2026-10-01&to=2026-11-05';
const ask = (path: string): Promise<Reply> => stack.call('GET', path);

function requestOf(query: string): RoutedRequest {
  return {
    id: '',
    requestId: 'r',
    method: 'GET',
    segments: ['reports', 'export'],
    query: new URLSearchParams(query),
    body: '',
    author: 'unknown',
    sourceIp: '127.0.0.1',
    baseUrl: 'https://tracker.example',
    now: Date.now(),
    deadline: { remaining: () => 60_000 },
  };
}

/** All pages of an export, each of so many bytes. */
async function pagesOf(query: string, bytes: number): Promise<readonly string[]> {
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const more = cursor === undefined ? '' : `&cursor=${cursor}`;
    const { body = '', headers = {} } = await exportReport(requestOf(`${query}${more}`), services, bytes);
    pages.push(body);
    cursor = headers['x-next-cursor'] === undefined ? undefined : String(headers['x-next-cursor']);
  } while (cursor !== undefined);
  return pages;
}

type Lines = readonly Readonly<Record<string, string>>[];

/** Lines in one order. Columns of nothing but zeros say nothing: an export has those of every currency. */
function linesOf(text: string): Lines {
  const lines = parse<Record<string, string>>(text, { columns: true });
  const said = Object.keys(lines[0] ?? {}).filter((name) =>
    lines.some((line) => !['', '0'].includes(line[name] ?? '')),
  );
  return lines
    .map((line) => Object.fromEntries(said.map((name) => [name, line[name] ?? ''])))
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

test.each([...groups, 'day,campaign', 'sub1,sub2,country,event,status'])(
  'pages put together are the report whose rows are not cut, by %s',
  async (group) => {
    const query = `${period}&timezone=Europe/Berlin&group=${group}`;
    const pages = await pagesOf(query, 9000);
    const whole = await ask(`/reports?${query}&format=csv`);
    expect(linesOf(pages.join(''))).toStrictEqual(linesOf(whole.text));
    // One query and one version, however many pages.
    expect(facts.asked).toHaveLength(2);
  },
);

test('a page ends where it is full, the first names the columns, and the last has the total', async () => {
  const pages = await pagesOf(`${period}&group=sub1,sub3,country&metrics=clicks,cost`, 500);
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.every((page) => page.length < 700)).toBe(true);
  const [first = '', ...others] = pages;
  expect(first).toMatch(/^row,sub1,sub3,country,clicks,cost EUR,cost GBP,/);
  expect(others.some((page) => /^row,/m.test(page))).toBe(false);
  expect(pages.map((page) => /^total,/m.test(page))).toStrictEqual([...others.map(() => false), true]);
});

test('rows come in the order of their groups, times forward', async () => {
  const hours = linesInOrder((await ask(`/reports/export?${period}&group=hourOfDay&metrics=clicks`)).text, 'hourOfDay');
  expect(hours).toStrictEqual(Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')));
  const days = linesInOrder((await ask(`/reports/export?${period}&group=day&metrics=clicks`)).text, 'day');
  expect(days).toStrictEqual([...days].sort());
});

function linesInOrder(text: string, column: string): readonly (string | undefined)[] {
  const lines = parse<Record<string, string>>(text, { columns: true });
  return lines.filter(({ row }) => row === 'group').map((line) => line[column]);
}

test('it says as of when and of what it was counted, and its total is the one of the JSON', async () => {
  const [csv, json] = [await ask(`/reports/export?${period}&group=sub2`), await ask(`/reports?${period}`)];
  expect(csv.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'x-counted-through': '2026-11-29T11:59:30.000Z',
    'x-report-version': String(json.body['version']),
  });
  const lines = parse<Record<string, string>>(csv.text, { columns: true });
  const total = record(json.body['total']);
  expect(lines.at(-1)?.['clicks']).toBe(String(total['clicks']));
  expect(lines.at(-1)?.['cost GBP']).toBe('257');
  expect(lines.at(-1)?.['revenue USD']).toBe(record(total['revenue'])['USD']);
  // A spreadsheet would run it.
  expect(lines.map(({ sub2 }) => sub2)).toContain(`'${formula}`);
  // Nothing in all, and yet in two rows.
  expect([record(total['revenue'])['CHF'], lines.at(-1)?.['revenue CHF']]).toStrictEqual([undefined, '0']);
  expect(lines.filter((line) => line['revenue CHF'] === '-10').map(({ sub2 }) => sub2)).toStrictEqual(['down']);
});

test('money is converted as in the report', async () => {
  await stack.call('PUT', '/rates/all', { body: { base: 'EUR', days: { '2026-10-01': { USD: '1.25', GBP: '0.8' } } } });
  const query = `${period}&to=2026-10-06&group=campaign,day&currency=EUR&metrics=revenue,cost,epc`.replace(
    '&to=2026-11-05',
    '',
  );
  const pages = await pagesOf(query, 300);
  expect(linesOf(pages.join(''))).toStrictEqual(linesOf((await ask(`/reports?${query}&format=csv`)).text));
  await stack.call('DELETE', '/rates/all');
});

test('without groups, and where nothing was counted, there is the total alone', async () => {
  expect((await ask(`/reports/export?${period}&metrics=clicks`)).text).toMatch(/^row,clicks\ntotal,\d+\n$/);
  const nothing = await ask('/reports/export?from=2025-01-01&to=2025-01-02&group=campaign&metrics=clicks,revenue');
  expect(nothing.text).toBe('row,campaign,clicks\ntotal,,0\n');
  const filtered = await ask(`/reports/export?${period}&group=sub1&filter=campaign:none&metrics=clicks`);
  expect(filtered.text).toBe('row,sub1,clicks\ntotal,,0\n');
});

test('what is not ready says where to ask again, and goes on there', async () => {
  facts.slow = true;
  const reply = await ask(`/reports/export?${period}&group=sub1`);
  expect([reply.status, reply.headers['retry-after']]).toStrictEqual([202, '2']);
  const again = String(reply.headers['location']);
  expect(again).toMatch(/^\/admin\/v1\/reports\/export\?.*cursor=/);
  facts.slow = false;
  const ready = await ask(again.replace('/admin/v1', ''));
  expect([ready.status, facts.asked.length]).toStrictEqual([200, 1]);
  expect(ready.text).toMatch(/^row,sub1,/);
});

test('pages of one export never mix costs: once they change, it has to be asked anew', async () => {
  const first = await exportReport(requestOf(`${period}&group=sub1`), services, 300);
  const cursor = String(first.headers?.['x-next-cursor']);
  await stack.call('PUT', '/costs/late', {
    body: { campaign: 'autumn', from: '2026-10-01', model: 'cpc', amount: '1', currency: 'USD' },
  });
  const next = await ask(`/reports/export?${period}&group=sub1&cursor=${cursor}`);
  expect([next.status, next.body['message']]).toStrictEqual([
    400,
    expect.stringContaining('costs or rates that were changed'),
  ]);
  await stack.call('DELETE', '/costs/late');
  expect((await ask(`/reports/export?${period}&group=sub1&cursor=${cursor}`)).status).toBe(200);
});

test('sorting and a limit are for reports that fit one answer', async () => {
  const reply = await ask(`/reports/export?${period}&group=sub1&sort=-clicks`);
  expect([reply.status, reply.body['message']]).toStrictEqual([
    400,
    expect.stringContaining('sort: is no parameter here'),
  ]);
});
