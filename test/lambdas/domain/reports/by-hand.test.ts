import { groups } from '../../../../lambdas/domain/reports/groups';
import { askReport, type Asked } from './support/ask-report';
import { storeFacts, type FactStore } from './support/duckdb';
import { randomFacts } from './support/facts';
import { naiveReport, type NaiveQuestion } from './support/naive';

const facts = randomFacts(20_261_129);
let store: FactStore;
beforeAll(async () => {
  store = await storeFacts(facts);
});
afterAll(() => store.stop());

const from = '2026-10-02T00:00:00Z';
const to = '2026-11-03T18:15:00Z';
const question: NaiveQuestion = {
  from: Date.parse(from),
  to: Date.parse(to),
  timezone: 'UTC',
  by: 'click',
  groups: [],
};

/** The report by the product and by hand, its rows in one order. */
async function both(asked: Asked, by: Partial<NaiveQuestion>) {
  const report = await askReport(store, { from, to, ...asked });
  const naive = naiveReport(facts, { ...question, ...by });
  const sorted = <Row extends { readonly group: object }>(rows: readonly Row[]): readonly Row[] =>
    [...rows].sort((left, right) => (JSON.stringify(left.group) < JSON.stringify(right.group) ? -1 : 1));
  return [
    { rows: sorted(report.rows), total: report.total.measures },
    { rows: sorted(naive.rows), total: naive.total },
  ] as const;
}

describe('every cell of a report is what one counts by hand from the rows', () => {
  test.each(groups)('by %s', async (group) => {
    const [report, naive] = await both({ group }, { groups: [group] });
    expect(report).toStrictEqual(naive);
    expect(naive.rows.length).toBeGreaterThan(0);
  });

  test.each([
    ['campaign', 'country'],
    ['sub1', 'event'],
    ['status', 'event'],
    ['day', 'campaign'],
    ['sub3', 'country', 'campaign'],
    ['campaign', 'country', 'device', 'os', 'weekday'],
  ])('by %s, %s and so on', async (...chosen) => {
    const named = chosen.filter((name) => name !== undefined);
    const [report, naive] = await both({ group: named.join(',') }, { groups: named });
    expect(report).toStrictEqual(naive);
  });

  test('without groups there is the total alone', async () => {
    const [report, naive] = await both({}, {});
    expect(report).toStrictEqual(naive);
    expect(report.rows).toStrictEqual([]);
  });

  test.each(['click', 'conversion', 'booked'] as const)('on the %s date', async (by) => {
    for (const group of ['day', 'status', 'campaign']) {
      const [report, naive] = await both({ group, by }, { groups: [group], by });
      expect(report).toStrictEqual(naive);
    }
  });

  test.each([
    'Europe/Berlin',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
    'America/Los_Angeles',
  ])('in %s', async (timezone) => {
    for (const group of ['day', 'hour', 'hourOfDay', 'weekday', 'week', 'month']) {
      const [report, naive] = await both({ group, timezone }, { groups: [group], timezone });
      expect(report).toStrictEqual(naive);
    }
  });
});

test('the order of the groups changes no number of a leaf', async () => {
  const leaves = async (group: string): Promise<readonly string[]> => {
    const { rows } = await askReport(store, { from, to, group });
    return rows.map(({ group: values, measures }) => JSON.stringify([Object.entries(values).sort(), measures])).sort();
  };
  expect(await leaves('campaign,country,sub3')).toStrictEqual(await leaves('sub3,country,campaign'));
});
