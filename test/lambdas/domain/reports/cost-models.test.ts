import * as fc from 'fast-check';
import { readDocument } from '../../../../lambdas/domain/configuration/document';
import type { Cost } from '../../../../lambdas/domain/configuration/cost';
import { costsOf } from '../../../../lambdas/domain/reports/documents';
import { askReport, queryOf, type Asked } from './support/ask-report';
import { storeFacts, type FactStore } from './support/duckdb';
import { clickFact, conversionFact, randomFacts, type Fact, type Facts } from './support/facts';
import { naiveReport } from './support/naive';
import type { NamedCost } from './support/naive-costs';

/** A document of costs as the API takes it. */
function cost(fields: object): Cost {
  const reading = readDocument('cost', fields);
  if (!reading.ok) throw new Error(JSON.stringify([fields, reading.problems]));
  return reading.document;
}

async function costReport(store: FactStore, documents: readonly NamedCost[], asked: Asked) {
  const question = { metrics: 'clicks,conversions,revenue,cost', ...asked };
  return askReport(store, question, { costs: costsOf(documents, queryOf(question)) });
}

const zones = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York'];
const prices = ['0', '0.000001', '0.01', '2.5', '99999999.999', '0.333333'];

const scope = fc.record(
  {
    campaign: fc.constantFrom('spring', 'autumn'),
    offer: fc.constantFrom('main', 'other'),
    source: fc.constantFrom('news', 'push'),
    sub1: fc.constantFrom("O'Brien", 'a|b', "'); --", 'A', 'nobody'),
    sub3: fc.constantFrom('x', 'y'),
  },
  { requiredKeys: ['campaign'] },
);
const period = fc.record(
  {
    from: fc.constantFrom('2026-09-01', '2026-10-04', '2026-10-10', '2026-10-25'),
    to: fc.constantFrom('2026-10-25', '2026-10-31', '2026-11-01'),
    timezone: fc.constantFrom(...zones),
  },
  { requiredKeys: ['from'] },
);
const price = fc.record({ amount: fc.constantFrom(...prices), currency: fc.constantFrom('USD', 'EUR', 'JPY') });
const paidConversions = fc.record(
  {
    event: fc.constantFrom('sale', 'lead'),
    statuses: fc.constantFrom(['approved'], ['approved', 'pending', 'reversed'], ['pending', 'rejected']),
  },
  { requiredKeys: [] },
);
const merged = (...parts: readonly fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((fields) => cost(Object.assign({}, ...fields)));
const document = fc.oneof(
  merged(scope, period, price, fc.constant({ to: '2026-11-02' })),
  merged(scope, period, price, fc.constant({ model: 'cpc' })),
  merged(scope, period, price, fc.constantFrom({ amount: '2.5', model: 'cpm' }, { amount: '0.007', model: 'cpm' })),
  merged(scope, period, price, paidConversions, fc.constant({ model: 'cpa' })),
  merged(
    scope,
    period,
    paidConversions,
    fc.constantFrom({ percent: '30' }, { percent: 33.3333 }, { percent: '100' }),
    fc.constant({ model: 'revshare' }),
  ),
);

describe('with random documents of costs', () => {
  const facts: Facts = randomFacts(16, 300);
  let store: FactStore;
  beforeAll(async () => {
    store = await storeFacts(facts);
  });
  afterAll(() => store.stop());

  test('every cell costs what one works out by hand from the rows, and rows add up to the total', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('click' as const, 'conversion' as const, 'booked' as const),
        fc.constantFrom([], ['campaign'], ['source', 'sub1'], ['event', 'status'], ['sub3', 'country', 'offer']),
        fc.constantFrom('2026-10-02T00:00:00Z', '2026-10-20T13:30:00Z'),
        async (documents, by, groups, from) => {
          const to = '2026-11-03T18:15:00Z';
          const all = documents.map((one, index) => ({ id: `d${index}`, document: one }));
          const report = await costReport(store, all, {
            from,
            to,
            by,
            ...(groups.length > 0 && { group: groups.join(',') }),
          });
          const naive = naiveReport(facts, {
            from: Date.parse(from),
            to: Date.parse(to),
            timezone: 'UTC',
            by,
            groups,
            costs: all,
            metrics: ['clicks', 'conversions', 'revenue', 'cost'],
          });
          expect(costing(report.rows)).toStrictEqual(costing(naive.rows));
          expect(report.total.measures.cost).toStrictEqual(naive.total.cost);
        },
      ),
      { numRuns: 60, seed: 1_611 },
    );
  });
});

/** What each group costs, in one order. */
function costing(
  rows: readonly { readonly group: object; readonly measures: { readonly cost?: unknown } }[],
): readonly string[] {
  return rows.map(({ group, measures }) => JSON.stringify([group, measures.cost])).sort();
}

const noon = '2026-11-02T12:00:00Z';
const today = { from: '2026-11-02', to: '2026-11-02' };
const sold = { click: noon, conversion: noon, booked: noon };

async function costIn(
  facts: { readonly clicks?: readonly Fact[]; readonly conversions?: readonly Fact[] },
  documents: readonly object[],
  asked: readonly Asked[],
) {
  const store = await storeFacts({ clicks: [], conversions: [], ...facts }, 1);
  const all = documents.map((fields, index) => ({ id: `d${index}`, document: cost(fields) }));
  const found = [];
  for (const one of asked) found.push((await costReport(store, all, one)).total.measures.cost);
  store.stop();
  return found;
}

const own = { cost: 7_000_000, cost_currency: 'EUR' };
const spring = { campaign: 'spring', from: '2026-11-01' };
const cpc = { ...spring, model: 'cpc', amount: '0.25', currency: 'USD' };

describe('precedence', () => {
  const clicks = [
    clickFact(noon, own),
    clickFact(noon, { ...own, source: 'push' }),
    clickFact(noon, { ...own, campaign: 'autumn' }),
  ];

  test('a model takes the place of what clicks say, and no other click', async () => {
    expect(await costIn({ clicks }, [cpc], [today])).toStrictEqual([{ EUR: '7', USD: '0.5' }]);
  });

  test('an amount of a period takes the place of a model', async () => {
    const spend = {
      campaign: 'spring',
      source: 'push',
      from: '2026-11-02',
      to: '2026-11-02',
      amount: '9',
      currency: 'USD',
    };
    expect(await costIn({ clicks }, [cpc, spend], [today])).toStrictEqual([{ EUR: '7', USD: '9.25' }]);
  });

  test('who names more goes before who names less, and a later price before an earlier one', async () => {
    const push = { ...cpc, source: 'push', amount: '1' };
    const raised = { ...cpc, from: '2026-11-02', amount: '0.3' };
    expect(await costIn({ clicks }, [push, cpc], [today])).toStrictEqual([{ EUR: '7', USD: '1.25' }]);
    expect(await costIn({ clicks }, [cpc, raised], [today, { from: '2026-11-01', to: '2026-11-01' }])).toStrictEqual([
      { EUR: '7', USD: '0.6' },
      {},
    ]);
  });

  test('a model of a source holds in every campaign', async () => {
    const news = { source: 'news', from: '2026-11-01', model: 'cpm', amount: '2.5', currency: 'USD' };
    expect(await costIn({ clicks }, [news], [today])).toStrictEqual([{ EUR: '7', USD: '0.005' }]);
  });

  test('where conversions are paid for, clicks cost nothing, and a price for an event goes before one for all', async () => {
    const cpa = { ...spring, model: 'cpa', amount: '3', currency: 'USD' };
    const lead = { ...cpa, event: 'Lead', amount: '0.5' };
    const world = { clicks, conversions: [conversionFact(sold), conversionFact(sold, { event: 'lead' })] };
    expect(await costIn(world, [cpa, lead], [today])).toStrictEqual([{ EUR: '7', USD: '3.5' }]);
  });
});

describe('a sale that is reversed', () => {
  const sale = { click: '2026-02-28T12:00:00Z', conversion: '2026-03-03T12:00:00Z' };
  const conversions = [
    conversionFact({ ...sale, booked: '2026-03-03T12:00:00Z' }),
    conversionFact({ ...sale, booked: '2026-04-10T12:00:00Z' }, { count: -1, amount: -10_000_000 }),
    conversionFact({ ...sale, booked: '2026-04-10T12:00:00Z' }, { status: 'reversed' }),
  ];
  const model = {
    campaign: 'spring',
    from: '2026-02-01',
    to: '2026-02-28',
    model: 'cpa',
    amount: '4',
    currency: 'EUR',
  };
  const months = ['2026-02', '2026-03', '2026-04'].map((month) => ({ from: `${month}-01`, to: `${month}-28` }));
  const booked = months.map((month) => ({ ...month, by: 'booked' }));

  test('costs no longer, and where it is booked the cost comes back in the month of the reversal', async () => {
    expect(await costIn({ conversions }, [model], months)).toStrictEqual([{}, {}, {}]);
    expect(await costIn({ conversions }, [model], booked)).toStrictEqual([{}, { EUR: '4' }, { EUR: '-4' }]);
    const share = { ...model, amount: undefined, currency: undefined, model: 'revshare', percent: '30' };
    expect(await costIn({ conversions }, [share], booked)).toStrictEqual([{}, { USD: '3' }, { USD: '-3' }]);
  });

  test('goes on costing where the model names that status', async () => {
    const kept = { ...model, statuses: ['approved', 'pending', 'reversed'] };
    expect(await costIn({ conversions }, [kept], booked)).toStrictEqual([{}, { EUR: '4' }, {}]);
    expect(await costIn({ conversions }, [kept], months)).toStrictEqual([{ EUR: '4' }, {}, {}]);
  });
});

test('a share of revenue keeps every digit, in every grouping', async () => {
  const conversions = Array.from({ length: 3 }, (_, index) => conversionFact(sold, { amount: 1, sub1: `s${index}` }));
  const store = await storeFacts({ clicks: [], conversions }, 1);
  const share = { id: 'share', document: cost({ ...spring, model: 'revshare', percent: '33.3333' }) };
  const { rows, total } = await costReport(store, [share], { ...today, group: 'sub1' });
  store.stop();
  expect(rows.map(({ measures }) => measures.cost)).toStrictEqual(rows.map(() => ({ USD: '0.000000333333' })));
  expect(total.measures.cost).toStrictEqual({ USD: '0.000000999999' });
});

test('a cost that cannot be read is no concern where a model says what the click costs', async () => {
  const store = await storeFacts({ clicks: [clickFact(noon, { cost_unreadable: true })], conversions: [] }, 1);
  const report = await costReport(store, [{ id: 'cpc', document: cost(cpc) }], today);
  store.stop();
  expect([report.total.measures.cost, report.notes]).toStrictEqual([{ USD: '0.25' }, []]);
});

test('a report by another date says where the cost of conversions is', async () => {
  const store = await storeFacts({ clicks: [], conversions: [conversionFact(sold)] }, 1);
  const model = { id: 'cpa', document: cost({ ...spring, model: 'cpa', amount: '1', currency: 'USD' }) };
  const { notes } = await costReport(store, [model], { ...today, by: 'booked' });
  store.stop();
  expect(notes).toContain('What a model pays for conversions is counted with these conversions.');
});
