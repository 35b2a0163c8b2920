import { chargeOf } from './cost-sql';
import type { Costs } from './costs';
import type { RateOf } from './conversion-rates';
import { needsOf } from './metrics';
import { noCurrency } from './money';
import { reportNotes } from './notes';
import { reportRowOf, reportTotalOf, type Report, type ReportRow } from './report';
import type { ReportQuery } from './report-query';
import { startCounting, type AnswerRow, type Purse } from './tally';

/** The groups of an answer that `exportSql` orders, one after the other: only one of them is kept. */
export interface GroupReading {
  /** Whether a row is of another group than the rows before it. */
  beginsAnother(row: AnswerRow): boolean;
  add(row: AnswerRow): void;
  /** The row of the report that was added up, and nothing of it is kept; `undefined` where it comes to nothing. */
  take(): ReportRow | undefined;
}

export function startGroups(query: ReportQuery, costs: Costs, rateOf: RateOf | undefined): GroupReading {
  let key: string | undefined;
  let counting = startCounting(query, costs, rateOf);
  const keyOf = (row: AnswerRow): string => JSON.stringify(row.slice(2, 2 + query.groups.length));
  return {
    beginsAnother: (row) => key !== undefined && keyOf(row) !== key,
    add(row) {
      key = keyOf(row);
      counting.add(row);
    },
    take() {
      const [tally] = counting.result().rows;
      counting = startCounting(query, costs, rateOf);
      key = undefined;
      return tally === undefined ? undefined : reportRowOf(query, tally);
    },
  };
}

/** The beginning of an export. */
export interface ExportHead {
  readonly total: Report['total'];
  readonly notes: readonly string[];
  /** Every currency that a row may have money in. */
  readonly currencies: readonly string[];
}

export function isTotalRow(row: AnswerRow): boolean {
  return row[1] !== '0';
}

export function exportHead(
  query: ReportQuery,
  costs: Costs,
  rateOf: RateOf | undefined,
  totalRows: readonly AnswerRow[],
): ExportHead {
  const counting = startCounting(query, costs, rateOf);
  for (const row of totalRows) counting.add(row);
  const { total, ...rest } = counting.result();
  const purses = pursesOf(query);
  // Money with a total of zero may not be zero in its rows. A row without a currency mostly has no money at all.
  const named =
    query.currency === undefined ? totalRows.flatMap((row) => currencyOf(row, costs, purses)) : [query.currency];
  const summed = purses.flatMap((purse) => [...total.money[purse].keys()]);
  return {
    total: reportTotalOf(query, total),
    notes: reportNotes(query, { ...rest, total, rows: [] }, false),
    currencies: [...new Set([...named, ...summed])].sort(),
  };
}

/** The kinds of money that the metrics show. */
function pursesOf({ metrics }: ReportQuery): readonly Purse[] {
  const isEarned = metrics.some((metric) => ['revenue', 'revenueApproved', 'profit', 'epc'].includes(metric));
  return [
    ...(isEarned ? (['approved', 'pending'] as const) : []),
    ...(needsOf(metrics).costs ? (['cost'] as const) : []),
  ];
}

function currencyOf(
  [part, , , , , , , named = null]: AnswerRow,
  { spends, models }: Costs,
  purses: readonly Purse[],
): readonly string[] {
  if (named === null) return [];
  switch (part) {
    case 'conversions':
      return purses.includes('approved') ? [named] : [];
    case 'cost':
      return [named];
    case 'spend':
      return spends.slice(Number(named), Number(named) + 1).map(({ currency }) => currency);
    case 'paid': {
      const [charge, code] = named.split(' ');
      const model = models.find((_, index) => String(chargeOf(index)) === charge);
      return model?.pays === 'conversion' ? [model.currency] : [code || noCurrency];
    }
    default:
      return [];
  }
}
