import { groups, type Group } from '../../lambdas/domain/reports/groups';
import { metrics, type Metric } from '../../lambdas/domain/reports/metrics';
import type { NaiveCondition } from '../../test/lambdas/domain/reports/support/naive';
import type { NamedRates } from '../../test/lambdas/domain/reports/support/naive-money';
import { awkwardTexts } from './month';
import { namedCost, type Question } from './question';

/** Questions of one kind. */
export interface Shape {
  readonly title: string;
  readonly questions: readonly Question[];
}

const month: Question = { from: '2026-10-01', to: '2026-11-03', timezone: 'UTC', by: 'click', groups: [] };
const dates = ['click', 'conversion', 'booked'] as const;
const zones = [
  'Europe/Berlin',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/Los_Angeles',
];
const timeGroups = [
  ['day', 'hour', 'hourOfDay', 'weekday', 'month'],
  ['week', 'hour'],
];
const depths = [
  ['campaign', 'country'],
  ['status', 'event'],
  ['day', 'campaign'],
  ['sub3', 'country', 'campaign'],
  ['source', 'sub1', 'device', 'browser'],
  ['campaign', 'country', 'device', 'os', 'weekday'],
];

/** Rates with a missing day, a weekend, a currency that no document has, two documents for one day, and rates that do not divide. */
const monthRates: readonly NamedRates[] = [
  {
    id: 'bank',
    base: 'USD',
    days: { '2026-10-05': { EUR: '0.9', JPY: '151' }, '2026-10-20': { JPY: '149.37', KWD: '0.3071' } },
  },
  {
    id: 'ecb',
    base: 'EUR',
    days: Object.fromEntries(
      ['05', '06', '07', '08', '09', '12', '13', '14', '15', '16', '27'].map((day, index) => [
        `2026-10-${day}`,
        { USD: `1.0${871 + index}`, JPY: `16${index}.${333 + index}`, ...(index % 4 === 0 && { KWD: '0.3333' }) },
      ]),
    ),
  },
];

const spring = { campaign: 'spring', from: '2026-09-01' };
const monthCosts = [
  namedCost('spend', {
    ...spring,
    from: '2026-10-04',
    to: '2026-10-25',
    amount: '257',
    currency: 'USD',
    source: 'news',
    timezone: 'Australia/Lord_Howe',
  }),
  namedCost('fee', { campaign: 'autumn', from: '2026-10-10', to: '2026-10-12', amount: '0.000001', currency: 'EUR' }),
  namedCost('more', { ...spring, from: '2026-10-14', to: '2026-10-14', amount: '33.333333', currency: 'JPY' }),
  namedCost('cpc', { ...spring, model: 'cpc', amount: '0.333333', currency: 'USD', sub1: "O'Brien" }),
  namedCost('cpm', {
    source: 'push',
    from: '2026-10-25',
    model: 'cpm',
    amount: '2.507',
    currency: 'EUR',
    timezone: 'Europe/Berlin',
  }),
  namedCost('cpa', {
    campaign: 'autumn',
    from: '2026-10-02',
    to: '2026-10-31',
    model: 'cpa',
    amount: '4',
    currency: 'EUR',
    event: 'sale',
  }),
  namedCost('cpa-all', {
    campaign: 'autumn',
    from: '2026-09-01',
    model: 'cpa',
    amount: '1.5',
    currency: 'JPY',
    statuses: ['approved', 'reversed'],
  }),
  namedCost('share', { ...spring, from: '2026-10-01', model: 'revshare', percent: '33.3333', sub3: 'x' }),
  namedCost('lost', { campaign: 'winter', from: '2026-10-01', to: '2026-10-31', amount: '9', currency: 'USD' }),
];

const filters: readonly (readonly NaiveCondition[])[] = [
  [{ field: 'country', test: 'is', values: ['US', 'DE'] }],
  [{ field: 'country', test: 'is', values: [''] }],
  [{ field: 'sub1', test: 'is not', values: ['', 'A'] }],
  [{ field: 'event', test: 'is', values: ['lead'] }],
  [{ field: 'status', test: 'is not', values: ['rejected', 'reversed'] }],
  [
    { field: 'sub1', test: 'contains', values: ['a', '%'] },
    { field: 'device', test: 'is not', values: ['mobile'] },
    { field: 'campaign', test: 'is', values: ['spring'] },
  ],
  [{ field: 'source', test: 'is', values: ['nobody'] }],
  // One row per text shows which of them matched.
  [{ field: 'sub2', test: 'is', values: awkwardTexts.slice(0, 12) }],
  [{ field: 'sub2', test: 'is not', values: awkwardTexts.slice(0, 12) }],
  [{ field: 'sub2', test: 'contains', values: ["'", '\\', '\t', '\u0301', '$'] }],
  [{ field: 'sub2', test: 'contains', values: ['\u{1f642}', ' ', 'L'] }],
];

/** The metrics whose parts of the statement depend on the groups; one for each need of a statement. */
const few: readonly Metric[] = ['clicks', 'uniqueClicks', 'conversions', 'revenue', 'cost'];
const needs: readonly (readonly Metric[])[] = [
  ['clicks'],
  ['uniqueClicks'],
  ['revenue', 'cr'],
  ['cost', 'botClicks'],
  ['medianSecondsToConversion'],
  ['under1Minute', 'under7Days'],
];

const asking = (title: string, questions: readonly Partial<Question>[]): Shape => ({
  title,
  questions: questions.map((one) => ({ ...month, ...one })),
});

/** Returns every shape of a report, and the random questions. */
export function shapesOf(random: () => number, chances: number): readonly Shape[] {
  return [
    asking(
      'each group alone',
      groups.map((group) => ({ groups: [group], metrics: few })),
    ),
    asking(
      'several groups, and none',
      [[], ...depths].map((some) => ({ groups: some })),
    ),
    asking(
      'three dates',
      dates.flatMap((by) => [[], ['day'], ['status', 'sub3']].map((some) => ({ by, groups: some }))),
    ),
    asking(
      'time zones',
      zones.flatMap((timezone) => timeGroups.map((some) => ({ timezone, groups: some, metrics: few }))),
    ),
    asking('parts of a day', [
      { from: '2026-10-25T00:15:00Z', to: '2026-10-25T01:45:00Z', groups: ['hour'], timezone: 'Europe/Berlin' },
      { from: '2026-10-14T12:00:00Z', to: '2026-10-14T12:15:00Z', groups: ['sub2'] },
      { from: '2025-01-01', to: '2025-01-02', groups: ['campaign'] },
    ]),
    asking(
      'few metrics',
      needs.map((some) => ({ metrics: some, groups: ['campaign', 'sub1'], costs: monthCosts })),
    ),
    asking(
      'filters',
      filters.map((conditions) => ({ conditions, groups: ['sub2'] })),
    ),
    asking(
      'costs',
      dates.flatMap((by) =>
        [[], ['offer', 'integration'], ['event', 'source', 'sub1'], ['sub3', 'country', 'hour']].map((some) => ({
          by,
          groups: some,
          costs: monthCosts,
          timezone: 'Australia/Lord_Howe',
        })),
      ),
    ),
    asking(
      'currencies',
      dates.flatMap((by) =>
        ['EUR', 'JPY'].map((currency) => ({
          by,
          currency,
          groups: ['campaign', 'day'],
          costs: monthCosts,
          rates: monthRates,
        })),
      ),
    ),
    asking(
      'the first rows and all others',
      [['sub1'], ['status', 'sub2']].flatMap((some) =>
        [1, 3].map((limit) => ({ groups: some, limit, costs: monthCosts })),
      ),
    ),
    asking(
      'exports',
      [...depths.slice(-3), ['sub2'], ['hour']].map((some) => ({
        groups: some,
        isExport: true as const,
        costs: monthCosts,
      })),
    ),
    asking(
      'by chance',
      Array.from({ length: chances }, () => byChance(random)),
    ),
  ];
}

function byChance(random: () => number): Partial<Question> {
  const oneOf = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  };
  const several = <Value>(values: readonly Value[], most: number): readonly Value[] =>
    values
      .map((value) => ({ value, at: random() }))
      .toSorted((left, right) => left.at - right.at)
      .slice(0, Math.floor(random() * (most + 1)))
      .map(({ value }) => value);
  const isConverted = random() < 0.3;
  return {
    from: oneOf(['2026-10-01', '2026-10-04', '2026-10-02T13:30:00Z']),
    to: oneOf(['2026-10-25', '2026-11-01', '2026-11-03T18:15:00Z']),
    timezone: oneOf(['UTC', ...zones]),
    by: oneOf(dates),
    groups: several<Group>(groups, 5),
    conditions: several(filters.slice(0, 6), 1).flat(),
    costs: several(monthCosts, 6),
    metrics:
      random() < 0.3
        ? [oneOf(metrics), ...several(metrics, 4)].filter((metric, at, all) => all.indexOf(metric) === at)
        : metrics,
    ...(isConverted && { currency: oneOf(['EUR', 'USD', 'JPY']), rates: monthRates }),
  };
}
