import { quarterOf } from '../../../../lambdas/domain/facts/columns';
import { storeFacts, type FactStore } from '../../domain/reports/support/duckdb';
import { clickFact, conversionFact } from '../../domain/reports/support/facts';
import { campaignDocument, integrationDocument } from '../support/admin-stack';
import { reportFacts } from '../support/report-facts';
import { startTracker, type Tracker } from '../support/tracker';

const hour = 3_600_000;
const now = Date.now();
const clickedAt = now - 2 * hour;
const quarter = new Date(quarterOf(clickedAt) * 900_000).toISOString();
const period = { since: new Date(now - 24 * hour).toISOString(), until: new Date(now).toISOString() };

let store: FactStore;
let tracker: Tracker;
beforeAll(async () => {
  store = await storeFacts(
    {
      clicks: [
        clickFact(clickedAt, { click_id: 'one' }),
        clickFact(clickedAt, { click_id: 'forgotten' }),
        clickFact(clickedAt, { click_id: '' }),
        clickFact(now - 40 * 24 * hour, { click_id: 'long ago' }),
      ],
      conversions: [
        conversionFact({ click: clickedAt, conversion: now, booked: now }, { event: 'conversion' }),
        conversionFact(
          { click: clickedAt, conversion: now, booked: now },
          { event: 'conversion', count: 0, amount: 2_500_000 },
        ),
      ],
    },
    1,
  );
  tracker = await startTracker({ reports: () => reportFacts(store).services });
  await tracker.put('integrations', 'acme', { ...integrationDocument, currency: 'USD', auth: { token: 'off' } });
  await tracker.put('campaigns', 'spring', campaignDocument('acme'));
});
afterAll(async () => {
  await tracker.stop();
  store.stop();
});

const names = { campaign: 'spring', quarter };
const nothing = { event: null, status: null, currency: null };
/** The cells of one click and its sale of 12.50 USD. */
const clickAndSale = [
  { ...names, ...nothing, set: 'clicks', count: 1, amount: '0' },
  { ...names, set: 'conversions', event: 'conversion', status: 'approved', currency: 'USD', count: 1, amount: '12.5' },
];

test('what is stored is added up by cell, a stretch with each call, and erased clicks are named', async () => {
  const [click, forgotten] = [await tracker.click({ clickedAt }), await tracker.click({ clickedAt })];
  await tracker.click({ clickedAt: now - 40 * 24 * hour });
  await tracker.postback({ clickid: click.clickId, amount: '12.50', txid: 'T1' });
  await tracker.call('DELETE', `/clicks/${forgotten.clickId}`);

  const { status, body } = await tracker.call('GET', `/reports/audit/stored?${new URLSearchParams(period).toString()}`);

  expect([status, body['scanned'], body['cursor']]).toEqual([200, 4, undefined]);
  expect(body['erased']).toEqual([forgotten.clickId]);
  expect(body['cells']).toEqual(clickAndSale);
});

test('what is counted is added up by cell, without clicks that were erased', async () => {
  const body = { ...period, erased: ['forgotten'] };

  const reply = await tracker.call('POST', '/reports/audit/counted', { body });

  expect(reply.body).toEqual({
    version: 'v1',
    countedThrough: '2026-11-29T11:59:30.000Z',
    cells: clickAndSale,
  });
});

test.each([
  [{ since: period.until, until: period.since }, 'must be before until'],
  [{ since: '2026-01-01', until: '2026-03-01' }, 'must be at most 31 days before until'],
])('a period that cannot be audited is rejected: %j', async (asked, problem) => {
  const reply = await tracker.call('GET', `/reports/audit/stored?${new URLSearchParams(asked).toString()}`);

  expect([reply.status, reply.text.includes(problem)]).toEqual([400, true]);
});
