import { factColumns, quarterOf, type Column, type FactSet } from '../../lambdas/domain/facts/columns';

/** Milliseconds since 1970 of its first moment. */
export const month = Date.UTC(2026, 10, 1);
export const monthDays = 30;
/** Two of a hundred clicks. */
export const conversionsPerClick = 0.02;

const day = 86_400_000;
const engineTypes = { text: 'varchar', number: 'bigint', flag: 'boolean' } as const satisfies Record<
  Column['type'],
  string
>;

/** The columns of made rows, in DuckDB's SQL: each by the number `i` of the click; columns that nothing is said of are null. */
export function madeRows(set: FactSet, clicks: number): string {
  const columns: readonly Column[] = factColumns[set];
  const values = set === 'clicks' ? clickColumns(clicks) : conversionColumns(clicks);
  return columns
    .map(({ name, type }) => `${values[name] ?? `cast(null as ${engineTypes[type]})`} as "${name}"`)
    .join(', ');
}

function clickColumns(clicks: number): Readonly<Record<string, string>> {
  const time = `cast(${month} + i * ${Math.floor((monthDays * day) / clicks)} as bigint)`;
  return {
    ...dimensions,
    click_id: `md5('click' || i)`,
    clicked_at: time,
    click_quarter: quarter(time),
    visitor: `md5('visitor' || (i % 300000))`,
    cost: 'cast(i % 1000 as bigint)',
    cost_currency: `'USD'`,
    bot: '(i % 50 = 0)',
    cost_unreadable: 'false',
  };
}

function conversionColumns(clicks: number): Readonly<Record<string, string>> {
  const step = Math.floor((monthDays * day) / clicks / conversionsPerClick);
  const time = `cast(${month} + i * ${step} as bigint)`;
  return {
    ...dimensions,
    click_id: `md5('click' || (i * ${1 / conversionsPerClick}))`,
    clicked_at: time,
    click_quarter: quarter(time),
    conversion_quarter: quarter(time),
    booked_quarter: quarter(time),
    bot: 'false',
    event: `'sale'`,
    status: `['approved', 'approved', 'pending', 'rejected'][i % 4 + 1]`,
    currency: `['USD', 'EUR'][i % 2 + 1]`,
    count: 'cast(1 as bigint)',
    amount: 'cast(1000000 + i % 90000000 as bigint)',
    seconds: 'cast(i * 31 % 90000 as bigint)',
  };
}

const dimensions = {
  campaign: `'campaign' || (i % 5)`,
  offer: `'main'`,
  source: `'source' || (i % 20)`,
  sub1: `'keyword' || (i * 7919 % 100000)`,
  country: `'C' || (i * 31 % 120)`,
  device: `['mobile', 'desktop', 'tablet'][i % 3 + 1]`,
  test: 'false',
};

const quarter = (time: string): string => `cast(${quarterOf(month)} + (${time} - ${month}) // 900000 as bigint)`;
