import { reportSql } from '../../../../lambdas/domain/reports/report-sql';
import { askReport, queryOf, type Asked } from './support/ask-report';
import { storeFacts } from './support/duckdb';
import { clickFact, conversionFact, randomFacts, type Fact } from './support/facts';
import type { Report } from '../../../../lambdas/domain/reports/report';
import type { DayRates } from '../../../../lambdas/domain/reports/conversion-rates';
import type { Spend } from '../../../../lambdas/domain/reports/costs';
import type { Currency } from '../../../../lambdas/domain/values/currency';

interface World {
  readonly clicks?: readonly Fact[];
  readonly conversions?: readonly Fact[];
}
type More = Parameters<typeof askReport>[2];

/** Asks some facts several questions. */
async function reports(world: World, questions: readonly Asked[], more?: More): Promise<readonly Report[]> {
  const store = await storeFacts({ clicks: [], conversions: [], ...world }, 1);
  try {
    const answers: Report[] = [];
    for (const asked of questions) answers.push(await askReport(store, asked, more));
    return answers;
  } finally {
    store.stop();
  }
}

async function totals(world: World, questions: readonly Asked[], more?: More) {
  return (await reports(world, questions, more)).map(({ total }) => total.measures);
}

const february = { from: '2026-02-01', to: '2026-02-28' };
const march = { from: '2026-03-01', to: '2026-03-31' };
const april = { from: '2026-04-01', to: '2026-04-30' };

describe('a sale clicked on 28 February, approved on 3 March and reversed on 10 April', () => {
  const sale = { click: '2026-02-28T12:00:00Z', conversion: '2026-03-03T12:00:00Z' };
  const approved = conversionFact({ ...sale, booked: '2026-03-03T12:00:00Z' });
  const reversal = [
    conversionFact({ ...sale, booked: '2026-04-10T12:00:00Z' }, { count: -1, amount: -10_000_000 }),
    conversionFact({ ...sale, booked: '2026-04-10T12:00:00Z' }, { status: 'reversed' }),
  ];
  const dates = [february, march, april].flatMap((month) =>
    (['click', 'conversion', 'booked'] as const).map((by) => ({ ...month, by, metrics: 'approved,reversed,revenue' })),
  );
  const none = { approved: 0, reversed: 0, revenue: {} };
  const standing = { approved: 1, reversed: 0, revenue: { USD: '10' } };
  const reversed = { approved: 0, reversed: 1, revenue: {} };

  test('falls by each of its dates where it belongs: a month that was booked stays as it was', async () => {
    expect(await totals({ conversions: [approved] }, dates)).toStrictEqual([
      standing,
      none,
      none,
      none,
      standing,
      standing,
      none,
      none,
      none,
    ]);
    expect(await totals({ conversions: [approved, ...reversal] }, dates)).toStrictEqual([
      reversed,
      none,
      none,
      none,
      reversed,
      standing,
      none,
      none,
      { approved: -1, reversed: 1, revenue: { USD: '-10' } },
    ]);
  });

  test('with its amount corrected from 10 to 12.50 has 2.50 more at the same three places', async () => {
    const correction = conversionFact({ ...sale, booked: '2026-04-02T12:00:00Z' }, { count: 0, amount: 2_500_000 });
    const told = (revenue: object, count = 1): object => ({ approved: count, reversed: 0, revenue });
    expect(await totals({ conversions: [approved, correction] }, dates)).toStrictEqual([
      told({ USD: '12.5' }),
      none,
      none,
      none,
      told({ USD: '12.5' }),
      told({ USD: '10' }),
      none,
      none,
      told({ USD: '2.5' }, 0),
    ]);
  });

  test('has a median only of conversions that stand', async () => {
    const [report] = await totals({ conversions: [approved, ...reversal] }, [{ ...february }]);
    expect(report?.medianSecondsToConversion).toBeNull();
  });
});

describe('with random facts', () => {
  const facts = randomFacts(7, 400);
  const period = { from: '2026-09-30', to: '2026-11-10', timezone: 'Europe/Berlin' };
  const additive = ['clicks', 'botClicks', 'conversions', 'approved', 'pending', 'rejected', 'reversed'] as const;

  test('groups add up to the total in every metric that adds up, at every depth, and with a limit', async () => {
    const depths = ['campaign', 'sub1', 'campaign,country', 'sub1,event,status', 'day,device,campaign,os'];
    const questions = depths.flatMap((group) => [
      { ...period, group },
      { ...period, group, limit: '2' },
    ]);
    for (const { rows, total } of await reports(facts, questions)) {
      for (const metric of additive) {
        const sum = rows.reduce((all, row) => all + Number(row.measures[metric]), 0);
        expect([metric, sum]).toStrictEqual([metric, total.measures[metric]]);
      }
      for (const metric of ['revenue', 'revenueApproved', 'cost', 'profit'] as const) {
        expect([metric, moneySum(rows.map((row) => row.measures[metric]))]).toStrictEqual([
          metric,
          total.measures[metric],
        ]);
      }
    }
  });

  test('approved, pending, rejected and reversed are all conversions, in every row', async () => {
    const [report] = await reports(facts, [{ ...period, group: 'sub1,status' }]);
    for (const { measures, group } of report?.rows ?? []) {
      expect(measures.conversions).toBe(Number(measures.approved) + Number(measures.pending));
      const others = additive.slice(3).filter((status) => status !== group.status);
      expect(others.map((status) => measures[status])).toStrictEqual(others.map(() => 0));
    }
  });

  test('the rows beyond the limit are one row, which has no unique clicks and says so', async () => {
    const [report] = await reports(facts, [{ ...period, group: 'sub1', limit: '3', sort: '-clicks' }]);
    expect(report?.rows.map(({ other }) => other)).toStrictEqual([undefined, undefined, undefined, true]);
    const clicks = report?.rows.slice(0, 3).map(({ measures }) => Number(measures.clicks)) ?? [];
    expect(clicks).toStrictEqual([...clicks].sort((left, right) => right - left));
    expect(report?.rows[3]).toMatchObject({ group: { sub1: null }, measures: { uniqueClicks: null } });
    expect(report?.notes).toContain('The row of all others has no unique clicks and no median.');
  });

  test('the same period in two zones differs by the clicks between their midnights', async () => {
    const [island, utc, between, after] = await totals(facts, [
      { from: '2026-10-04', to: '2026-10-24', timezone: 'Australia/Lord_Howe' },
      { from: '2026-10-04', to: '2026-10-24' },
      { from: '2026-10-03T13:30:00Z', to: '2026-10-04T00:00:00Z' },
      { from: '2026-10-24T13:00:00Z', to: '2026-10-25T00:00:00Z' },
    ]);
    expect([Number(between?.clicks), Number(after?.clicks)].map((count) => count > 0)).toStrictEqual([true, true]);
    expect(Number(island?.clicks) - Number(between?.clicks)).toBe(Number(utc?.clicks) - Number(after?.clicks));
  });

  test('a day of 25 hours has 25 rows where each of its hours was clicked, and one of 23 has 23', async () => {
    const hourly = (day: string): readonly Fact[] =>
      Array.from({ length: 72 }, (_, hour) => clickFact(Date.parse(day) - 24 * 3_600_000 + hour * 3_600_000));
    const asked = (date: string): Asked => ({ from: date, to: date, timezone: 'Europe/Berlin', group: 'hour' });
    const [long, short] = await reports(
      { clicks: [...hourly('2026-10-25T00:00:00Z'), ...hourly('2026-03-29T00:00:00Z')] },
      [asked('2026-10-25'), asked('2026-03-29')],
    );
    const hours = (report: Report | undefined): readonly unknown[] => report?.rows.map(({ group }) => group.hour) ?? [];
    expect([hours(long).length, hours(short).length]).toStrictEqual([25, 23]);
    expect(hours(long).slice(1, 5)).toStrictEqual([
      '2026-10-25T01:00+02:00',
      '2026-10-25T02:00+02:00',
      '2026-10-25T02:00+01:00',
      '2026-10-25T03:00+01:00',
    ]);
  });
});

function moneySum(all: readonly unknown[]): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const money of all) {
    for (const [currency, amount] of Object.entries(money as Record<string, string>)) {
      const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
      const millionths = BigInt(whole + fraction.padEnd(6, '0')) * (amount.startsWith('-') ? -1n : 1n);
      sums.set(currency, (sums.get(currency) ?? 0n) + millionths);
    }
  }
  const texts = [...sums]
    .filter(([, sum]) => sum !== 0n)
    .map(([currency, sum]): [string, string] => {
      const digits = String(sum < 0n ? -sum : sum).padStart(7, '0');
      return [currency, `${sum < 0n ? '-' : ''}${`${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')}`];
    });
  return Object.fromEntries(texts.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const today = { from: '2026-11-02', to: '2026-11-02' };
const noon = '2026-11-02T12:00:00Z';
const sold = { click: noon, conversion: noon, booked: noon };

describe('money', () => {
  test('is exact: 0.1 and 0.2 are 0.3, and many of 0.01 lose nothing', async () => {
    const amounts = [100_000, 200_000, ...Array.from({ length: 5000 }, () => 10_000)];
    const [total] = await totals({ conversions: amounts.map((amount) => conversionFact(sold, { amount })) }, [today]);
    expect(total?.revenue).toStrictEqual({ USD: '50.3' });
  });

  test('of amounts that no float can hold stays exact', async () => {
    const conversions = Array.from({ length: 20 }, () => conversionFact(sold, { amount: 999_999_999_999_999_999n }));
    const [total] = await totals({ conversions }, [today]);
    expect(total?.revenue).toStrictEqual({ USD: '19999999999999.99998' });
  });

  test('of two currencies never meets in one number, and has no ROI', async () => {
    const world = {
      clicks: [clickFact(noon, { cost: 2_000_000, cost_currency: 'USD' })],
      conversions: [
        conversionFact(sold),
        conversionFact(sold, { currency: 'EUR', amount: 5_000_000, status: 'pending' }),
      ],
    };
    const [report] = await reports(world, [today]);
    expect(report?.total.measures).toMatchObject({
      revenue: { EUR: '5', USD: '10' },
      revenueApproved: { USD: '10' },
      profit: { EUR: '5', USD: '8' },
      epc: { EUR: '5', USD: '10' },
      roi: null,
    });
    expect(report?.notes).toContain(
      'ROI is empty where there are several currencies: choose one currency for all money.',
    );
  });

  test('without a currency is named', async () => {
    const world = { clicks: [clickFact(noon)], conversions: [conversionFact(sold, { currency: null })] };
    const [report] = await reports(world, [today]);
    expect(report?.total.measures).toMatchObject({ revenue: { XXX: '10' } });
    expect(report?.notes).toContainEqual(expect.stringMatching(/revenue has no currency/));
  });

  test('is added up as decimals: Athena rejects a sum of integers that overflows, and DuckDB widens it', async () => {
    const store = await storeFacts({ clicks: [clickFact(noon)], conversions: [conversionFact(sold)] }, 1);
    const sql = reportSql(queryOf({ ...today, group: 'campaign' }), store.objects, { base: store.base }) ?? '';
    store.stop();
    const added = [...sql.matchAll(/sum\((\w+)\)/g)].map(([, column]) => column);
    expect([...new Set(added)].sort()).toStrictEqual(['number', 'weight']);
  });

  const rates = (date: string, base: string, of: Record<string, string>): DayRates => ({
    day: Date.parse(date) / 86_400_000,
    base: base as Currency,
    rates: of,
  });

  test('that is converted has the rate of its own day, and what has none is listed apart', async () => {
    const on = (day: string, fields: Fact): Fact => {
      const time = `${day}T12:00:00Z`;
      return conversionFact({ click: time, conversion: time, booked: time }, fields);
    };
    const world = {
      clicks: [clickFact('2026-11-02T12:00:00Z', { cost: 1_000_000, cost_currency: 'EUR' })],
      conversions: [
        on('2026-11-02', { amount: 10_000_000 }),
        on('2026-11-03', { amount: 10_000_000 }),
        // A Sunday: the rate of Friday holds.
        on('2026-11-08', { amount: 30_000_000, currency: 'EUR' }),
        on('2026-11-03', { amount: 7_000_000, currency: 'JPY' }),
      ],
    };
    const [report] = await reports(world, [{ from: '2026-11-02', to: '2026-11-09', currency: 'EUR' }], {
      rates: [
        rates('2026-11-02', 'EUR', { USD: '1.25' }),
        rates('2026-11-03', 'EUR', { USD: '1.6' }),
        rates('2026-11-06', 'EUR', { USD: '2' }),
      ],
    });
    expect(report?.total).toMatchObject({
      measures: { revenue: { EUR: '44.25' }, cost: { EUR: '1' }, profit: { EUR: '43.25' }, roi: 43.25 },
      notConverted: { revenue: { JPY: '7' } },
    });
    expect(report?.notes).toContain(
      'Not converted: 7 JPY of approved revenue. Import rates from JPY into EUR for its days.',
    );
    const [crossed] = await totals(world, [{ from: '2026-11-08', to: '2026-11-08', currency: 'USD' }], {
      rates: [rates('2026-11-06', 'EUR', { USD: '2', JPY: '100' })],
    });
    expect(crossed?.revenue).toStrictEqual({ USD: '60' });
  });

  test('is rounded once, after all of it was converted', async () => {
    const conversions = Array.from({ length: 3 }, () => conversionFact(sold, { amount: 1, currency: 'USD' }));
    const [total] = await totals({ conversions }, [{ ...today, currency: 'EUR' }], {
      rates: [rates('2026-11-02', 'EUR', { USD: '3' })],
    });
    expect(total?.revenue).toStrictEqual({ EUR: '0.000001' });
  });
});

describe('spend of a period', () => {
  const day = {
    first: Date.parse('2026-03-07T05:00:00Z') / 900_000,
    last: Date.parse('2026-03-08T05:00:00Z') / 900_000 - 1,
  };
  const spend: Spend = {
    id: 'newyork',
    match: [['campaign', 'spring']],
    ...day,
    millionths: 257_000_000n,
    currency: 'USD',
  };
  const clicks = Array.from({ length: 2500 }, (_, index) =>
    clickFact(Date.parse('2026-03-07T05:00:00Z') + index * 30_000, {
      click_id: `c${index}`,
      sub1: `s${index % 7}`,
      country: index % 3 === 0 ? 'US' : null,
      bot: index % 50 === 0,
      cost: 10_000,
      cost_currency: 'USD',
    }),
  );
  const newYork = { from: '2026-03-07', to: '2026-03-07', timezone: 'America/New_York' };

  test('adds up to the very amount in every grouping, takes the place of what clicks said, and is gone once withdrawn', async () => {
    const questions = ['sub1', 'country', 'sub1,country', 'hour'].map((group) => ({ ...newYork, group }));
    for (const { rows, total } of await reports({ clicks }, questions, { costs: { spends: [spend] } })) {
      expect(total.measures.cost).toStrictEqual({ USD: '257' });
      expect(moneySum(rows.map(({ measures }) => measures.cost))).toStrictEqual({ USD: '257' });
    }
    const [withdrawn] = await totals({ clicks }, [newYork]);
    expect(withdrawn?.cost).toStrictEqual({ USD: '24.5' });
  });

  test('has the same share in a part of its period as in the whole', async () => {
    const halves = [
      { from: '2026-03-07T05:00:00Z', to: '2026-03-07T15:30:00Z' },
      { from: '2026-03-07T15:30:00Z', to: '2026-03-08T05:00:00Z' },
    ];
    const parts = await totals(
      { clicks },
      [...halves, { ...newYork, filter: 'country:US' }, { ...newYork, filter: 'country:' }],
      {
        costs: { spends: [spend] },
      },
    );
    expect(moneySum(parts.slice(0, 2).map((part) => part.cost))).toStrictEqual({ USD: '257' });
    expect(moneySum(parts.slice(2).map((part) => part.cost))).toStrictEqual({ USD: '257' });
  });

  test('leaves alone the clicks that it does not name, adds up with another, and is named where it names none', async () => {
    const others = [clickFact('2026-03-07T12:00:00Z', { campaign: 'autumn', cost: 3_000_000, cost_currency: 'EUR' })];
    const fee: Spend = {
      ...spend,
      id: 'fee',
      match: [
        ['campaign', 'spring'],
        ['sub1', 's1'],
      ],
      millionths: 1n,
    };
    const lost: Spend = { ...spend, id: 'lost', match: [['campaign', "winter's"]] };
    const [report] = await reports({ clicks: [...clicks, ...others] }, [newYork], {
      costs: { spends: [spend, fee, lost] },
    });
    expect(report?.total.measures.cost).toStrictEqual({ EUR: '3', USD: '257.000001' });
    expect(report?.notes).toContain('The cost "lost" is not included: no click of its period matches it.');
  });
});

describe('what does not count', () => {
  const real = {
    clicks: [clickFact(noon, { cost: 1_000_000, cost_currency: 'USD' })],
    conversions: [conversionFact(sold)],
  };
  const bots = { bot: true, cost: 1_000_000, cost_currency: 'USD' };
  const tests = { test: true, cost: 1_000_000, cost_currency: 'USD' };

  test('bots and tests change nothing but the count of bots', async () => {
    const [without] = await totals(real, [today]);
    const world = {
      clicks: [...real.clicks, clickFact(noon, { ...bots, cost_unreadable: true }), clickFact(noon, tests)],
      conversions: [...real.conversions, conversionFact(sold, { bot: true }), conversionFact(sold, { test: true })],
    };
    const [report] = await reports(world, [today]);
    expect(report?.total.measures).toStrictEqual({ ...without, botClicks: 1 });
    expect(report?.notes).toStrictEqual(['Not included: 1 conversion of clicks that look like bots.']);
  });

  test('a group of bots alone is a row only where bots are asked for', async () => {
    const clicks = [clickFact(noon), clickFact(noon, { bot: true, sub1: 'crawler' })];
    const questions = ['clicks,botClicks', 'clicks,cr'].map((metrics) => ({ ...today, group: 'sub1', metrics }));
    const rows = (await reports({ clicks }, questions)).map((report) => report.rows.map(({ group }) => group.sub1));
    expect(rows).toStrictEqual([[null, 'crawler'], [null]]);
  });

  test('what has nothing to be divided by is null, not 0', async () => {
    const [clicksOnly, conversionsOnly, nothing] = await totals(
      { clicks: [clickFact(noon)], conversions: [conversionFact({ ...sold, click: '2026-11-01T12:00:00Z' })] },
      [
        { ...today, by: 'click' },
        { ...today, by: 'conversion', filter: 'country:US,sub1:' },
        { from: '2026-10-01', to: '2026-10-02' },
      ],
    );
    expect(clicksOnly).toMatchObject({ cr: 0, epc: {}, roi: null, cpa: null });
    expect(conversionsOnly).toMatchObject({ cr: 1, roi: null, cpa: {} });
    expect(nothing).toMatchObject({ clicks: 0, cr: null, epc: null, cpc: null, cpa: null, roi: null, revenue: {} });
  });

  test('an object that the manifest does not name counts nothing', async () => {
    const store = await storeFacts({ clicks: [clickFact(noon), clickFact(noon)], conversions: [] }, 1);
    const report = await askReport({ ...store, objects: [] }, today);
    store.stop();
    expect(report.total.measures.clicks).toBe(0);
  });

  test('a click whose visitor is not known is in no unique click, and the report says how many there are', async () => {
    const [report] = await reports({ clicks: [clickFact(noon, { visitor: null }), clickFact(noon)] }, [today]);
    expect(report?.total.measures).toMatchObject({ clicks: 2, uniqueClicks: 1 });
    expect(report?.notes).toStrictEqual(['Unique clicks omit 1 click whose visitor is not known.']);
  });

  test('an unreadable cost is neither 0 nor a guess: the report says how many there are', async () => {
    const [report] = await reports({ clicks: [clickFact(noon, { cost_unreadable: true }), ...real.clicks] }, [today]);
    expect(report?.total.measures).toMatchObject({ clicks: 2, cost: { USD: '1' } });
    expect(report?.notes).toContain('Not included: the cost of 1 click, which could not be read.');
  });
});

test('ten clicks of one person are ten clicks and one unique; those of the next UTC day are one more', async () => {
  const tenOn = (day: string): readonly Fact[] =>
    Array.from({ length: 10 }, (_, minute) => clickFact(`2026-11-${day}T22:0${minute}:00Z`));
  const [one, two] = await totals({ clicks: [...tenOn('02'), ...tenOn('03')] }, [
    today,
    { ...today, to: '2026-11-03' },
  ]);
  expect([one?.clicks, one?.uniqueClicks]).toStrictEqual([10, 1]);
  expect([two?.clicks, two?.uniqueClicks]).toStrictEqual([20, 2]);
});

test('a conversion reversed 200 days after its click falls under the country and the sub of that click', async () => {
  const times = { click: '2026-04-01T12:00:00Z', conversion: '2026-04-02T12:00:00Z' };
  const conversions = [
    conversionFact({ ...times, booked: '2026-04-02T12:00:00Z' }, { sub1: 'kw', country: 'NZ' }),
    conversionFact(
      { ...times, booked: '2026-10-18T12:00:00Z' },
      { sub1: 'kw', country: 'NZ', count: -1, amount: -10_000_000 },
    ),
    conversionFact({ ...times, booked: '2026-10-18T12:00:00Z' }, { sub1: 'kw', country: 'NZ', status: 'reversed' }),
  ];
  const [report] = await reports({ conversions }, [
    { from: '2026-10-01', to: '2026-10-31', by: 'booked', group: 'country,sub1', metrics: 'approved,reversed,revenue' },
  ]);
  expect(report?.rows).toStrictEqual([
    { group: { country: 'NZ', sub1: 'kw' }, measures: { approved: -1, reversed: 1, revenue: { USD: '-10' } } },
  ]);
});

describe('the time from click to conversion', () => {
  const after = (seconds: number, fields: Fact = {}): Fact => {
    const conversion = Date.parse(noon) + seconds * 1000;
    return conversionFact({ click: noon, conversion, booked: conversion }, { sub1: `s${seconds % 3}`, ...fields });
  };
  const times = [0, 59, 60, 299, 300, 3599, 3600, 86_399, 86_400, 604_799, 604_800];
  const shares = 'conversions,under1Minute,under5Minutes,under1Hour,under1Day,under7Days';

  test('is shown as shares that came sooner, limits excluded, of conversions that count', async () => {
    const conversions = [
      ...times.map((seconds) => after(seconds)),
      after(1, { status: 'rejected' }),
      after(1, { bot: true }),
      after(1),
      after(1, { count: -1, amount: -10_000_000 }),
    ];
    expect(await totals({ conversions }, [{ ...today, metrics: shares }])).toStrictEqual([
      {
        conversions: 11,
        under1Minute: 0.181818,
        under5Minutes: 0.363636,
        under1Hour: 0.545455,
        under1Day: 0.727273,
        under7Days: 0.909091,
      },
    ]);
  });

  test('of all others is exact, too, and null where nothing counts', async () => {
    const conversions = [
      after(30, { sub1: 'a' }),
      after(30, { sub1: 'a' }),
      after(30, { sub1: 'b' }),
      after(400, { sub1: 'c' }),
    ];
    const [cut, none] = await reports({ conversions }, [
      { ...today, group: 'sub1', metrics: shares, limit: '1' },
      { from: '2026-10-01', to: '2026-10-02', metrics: shares },
    ]);
    expect(cut?.rows.map(({ measures }) => [measures.under1Minute, measures.under1Hour])).toStrictEqual([
      [1, 1],
      [0.5, 1],
    ]);
    expect(none?.total.measures.under1Day).toBeNull();
  });
});

test('rows are sorted as asked: money by its currency, what has no value last', async () => {
  const clicks = ['a', 'b', 'c'].map((campaign) => clickFact(noon, { campaign }));
  const conversions = [
    conversionFact(sold, { campaign: 'b', amount: 9_000_000 }),
    conversionFact(sold, { campaign: 'c', amount: 10_000_000 }),
    conversionFact(sold, { campaign: 'd', amount: 1 }),
  ];
  const order = async (sort: string): Promise<readonly unknown[]> => {
    const [report] = await reports({ clicks, conversions }, [{ ...today, group: 'campaign', sort }]);
    return report?.rows.map(({ group }) => group.campaign) ?? [];
  };
  expect(await order('-revenue')).toStrictEqual(['c', 'b', 'd', 'a']);
  expect(await order('revenue')).toStrictEqual(['a', 'd', 'b', 'c']);
  expect(await order('-epc')).toStrictEqual(['c', 'b', 'a', 'd']);
  expect(await order('epc')).toStrictEqual(['a', 'b', 'c', 'd']);
  expect(await order('-campaign')).toStrictEqual(['d', 'c', 'b', 'a']);
});
