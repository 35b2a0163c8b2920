import { storeFacts, type FactStore } from '../../domain/reports/support/duckdb';
import { clickFact, conversionFact, type Fact } from '../../domain/reports/support/facts';
import { record, type Reply } from '../support/admin-caller';
import { startAdminStack, type AdminStack } from '../support/admin-stack';
import { reportFacts } from '../support/report-facts';

let store: FactStore;
let stack: AdminStack;
beforeAll(async () => {
  // 7 March in New York is from 5:00 to 5:00 UTC.
  const clicks = Array.from({ length: 700 }, (_, index): Fact =>
    clickFact(Date.parse('2026-03-07T05:00:00Z') + index * 120_000, {
      click_id: `c${index}`,
      campaign: index % 2 === 0 ? 'spring' : 'autumn',
      source: index % 4 === 0 ? 'news' : null,
      sub2: `s${index % 9}`,
      cost: 20_000,
      cost_currency: 'USD',
    }),
  );
  const at = (time: string) => ({ click: time, conversion: time, booked: time });
  store = await storeFacts({
    clicks,
    conversions: [
      conversionFact(at('2026-03-07T12:00:00Z'), { amount: 10_000_000 }),
      conversionFact(at('2026-03-08T02:00:00Z'), { amount: 10_000_000 }),
      conversionFact(at('2026-03-07T12:00:00Z'), { amount: 5_000_000, currency: 'JPY' }),
    ],
  });
  stack = await startAdminStack({ reports: () => reportFacts(store).services });
});
afterAll(async () => {
  await stack.stop();
  store.stop();
});

const newYork = 'from=2026-03-07&to=2026-03-07&timezone=America/New_York';
const ask = (more: string): Promise<Reply> => stack.call('GET', `/reports?${newYork}&${more}`);
const put = (path: string, body: object): Promise<Reply> => stack.call('PUT', path, { body });

async function costs(more = 'group=campaign'): Promise<readonly unknown[]> {
  const { body } = await ask(`${more}&metrics=cost&sort=campaign`);
  const rows = (body['rows'] as object[]).map((row) => record(row)['cost']);
  return [...rows, record(body['total'])['cost']];
}

const spend = {
  campaign: 'spring',
  from: '2026-03-07',
  to: '2026-03-07',
  timezone: 'America/New_York',
  amount: '257',
  currency: 'USD',
};

test('spend of a day takes the place of what its clicks said, to the cent, and is gone once it is deleted', async () => {
  const before = await ask('group=campaign&metrics=cost');
  expect(await costs()).toStrictEqual([{ USD: '7' }, { USD: '7' }, { USD: '14' }]);
  expect((await put('/costs/newyork', spend)).status).toBe(201);
  expect(await costs()).toStrictEqual([{ USD: '7' }, { USD: '257' }, { USD: '264' }]);
  const during = await ask('group=campaign&metrics=cost');
  expect((await put('/costs/newyork', { ...spend, source: 'news', amount: '100.01', currency: 'EUR' })).status).toBe(
    200,
  );
  expect(await costs()).toStrictEqual([{ USD: '7' }, { EUR: '100.01', USD: '3.5' }, { EUR: '100.01', USD: '10.5' }]);
  expect((await stack.call('DELETE', '/costs/newyork')).status).toBe(204);
  expect(await costs()).toStrictEqual([{ USD: '7' }, { USD: '7' }, { USD: '14' }]);
  const after = await ask('group=campaign&metrics=cost');
  expect(during.body['version']).not.toBe(before.body['version']);
  expect(after.body['version']).toBe(before.body['version']);
});

test('a dated model holds when a report is read, and is withdrawn by its deletion', async () => {
  const before = await ask('group=campaign&metrics=cost');
  const model = { campaign: 'spring', from: '2026-03-07', timezone: 'America/New_York', currency: 'EUR' };
  expect((await put('/costs/click', { ...model, model: 'cpc', amount: '0.1' })).status).toBe(201);
  expect(await costs()).toStrictEqual([{ USD: '7' }, { EUR: '35' }, { EUR: '35', USD: '7' }]);
  const during = await ask('group=campaign&metrics=cost');
  expect(during.body['version']).not.toBe(before.body['version']);
  const share = { campaign: 'spring', source: 'news', from: '2026-03-07', model: 'revshare', percent: 30 };
  expect((await put('/costs/share', share)).body).toMatchObject({ percent: '30', version: 1 });
  // The sales of "news" pay, and its clicks, of which there are 175, no longer.
  expect(await costs()).toStrictEqual([
    { USD: '7' },
    { EUR: '17.5', JPY: '1.5', USD: '6' },
    { EUR: '17.5', JPY: '1.5', USD: '13' },
  ]);
  expect((await stack.call('DELETE', '/costs/share')).status).toBe(204);
  expect((await ask('group=campaign&metrics=cost')).body['version']).toBe(during.body['version']);
  expect((await stack.call('DELETE', '/costs/click')).status).toBe(204);
  expect((await ask('group=campaign&metrics=cost')).body).toStrictEqual(before.body);
});

test('spend on clicks that there are not is named', async () => {
  await put('/costs/lost', { ...spend, sub2: "it's" });
  expect((await ask('metrics=cost')).body['notes']).toContain(
    'The cost "lost" is not included: no click of its period matches it.',
  );
  await stack.call('DELETE', '/costs/lost');
});

test('money is converted by the rates that the team loaded, by the day; what has none is named', async () => {
  const days = { '2026-03-06': { USD: '1.25' }, '2026-03-08': { USD: '2' } };
  await put('/rates/ecb-2026-03', { base: 'EUR', days });
  const { body } = await ask('metrics=revenue,cost&currency=EUR');
  expect(body['total']).toStrictEqual({
    revenue: { EUR: '13' },
    // 570 clicks before midnight UTC, 130 after it.
    cost: { EUR: '10.42' },
    notConverted: { revenue: { JPY: '5' }, revenueApproved: { JPY: '5' } },
  });
  expect(body['notes']).toContain(
    'Not converted: 5 JPY of approved revenue. Import rates from JPY into EUR for its days.',
  );
  await put('/rates/own', { base: 'USD', days: { '2026-03-07': { JPY: '150' } } });
  const both = await ask('metrics=revenue&currency=USD');
  expect(both.body['total']).toStrictEqual({ revenue: { USD: '20.033333' } });
});

test.each([
  [{ ...spend, from: '2026-03-08' }, 'to: must not be before "from"'],
  [{ ...spend, to: '2026-02-30' }, 'to: must be a day such as "2026-11-01"'],
  [{ ...spend, amount: '-1' }, 'amount: must be a decimal such as "12.50"'],
  [{ ...spend, amount: '0,05' }, 'amount: must be a decimal such as "12.50"'],
  [{ ...spend, currency: 'XYZ' }, 'currency: must be an ISO 4217 currency code'],
  [{ ...spend, timezone: 'New York' }, 'timezone: must be an IANA time zone'],
  [{ ...spend, campaign: undefined }, 'campaign: must be given'],
  [{ ...spend, sub11: 'a' }, 'sub11: is no field of this document'],
  [{ ...spend, percent: '30' }, 'percent: needs a "model" that it belongs to'],
  [{ ...spend, to: undefined }, 'to: must be given'],
  [{ ...spend, model: 'cpv' }, 'model: must be one of cpc, cpm, cpa, revshare'],
  [{ ...spend, model: 'cpc', campaign: undefined }, 'campaign: must be given, or "source"'],
  [{ ...spend, model: 'cpc', currency: undefined }, 'currency: must be given'],
  [{ ...spend, model: 'cpc', event: 'sale' }, 'event: is no field of the model cpc'],
  [{ ...spend, model: 'cpm', amount: '2.0005' }, 'amount: must have at most 3 digits after its point'],
  [{ ...spend, model: 'revshare', percent: '30' }, 'amount: is no field of the model revshare'],
  [{ campaign: 'spring', from: '2026-03-07', model: 'revshare', percent: '101' }, 'percent: must be a percentage'],
  [{ campaign: 'spring', from: '2026-03-07', model: 'revshare', percent: '0.00001' }, 'percent: must be a percentage'],
  [{ ...spend, model: 'cpa', statuses: [] }, 'statuses: must name a status'],
])('a cost that is wrong is rejected with its field: %j', async (document, problem) => {
  const reply = await put('/costs/wrong', document);
  expect([reply.status, reply.body['message']]).toStrictEqual([400, expect.stringContaining(problem)]);
});

test.each([
  [{ base: 'EUR', days: { '2026-11-02': { USD: 1.1 } } }, 'days.2026-11-02.USD: must be a text such as "1.0871"'],
  [{ base: 'EUR', days: { '2026-11-02': { USD: '0' } } }, 'must be a decimal above 0'],
  [{ base: 'EUR', days: { '2026-11-02': { usd: '1' } } }, 'must be an ISO 4217 currency code'],
  [{ base: 'EUR', days: { 'Nov 2': { USD: '1' } } }, 'must be a day such as "2026-11-02"'],
])('rates that are wrong are rejected with their field: %j', async (document, problem) => {
  const reply = await put('/rates/wrong', document);
  expect([reply.status, reply.body['message']]).toStrictEqual([400, expect.stringContaining(problem)]);
});
