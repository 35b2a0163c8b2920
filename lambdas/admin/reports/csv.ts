import { stringify } from 'csv-stringify/sync';
import { isMetric, type Metric } from '../../domain/reports/metrics';
import type { Report, ReportRow } from '../../domain/reports/report';
import type { ReportQuery } from '../../domain/reports/report-query';

const moneyMetrics: readonly Metric[] = ['revenue', 'revenueApproved', 'cost', 'profit', 'epc', 'cpc', 'cpa'];

type Line = Readonly<Record<string, string>>;

/**
 * The report as CSV: a column of its own for each currency of a metric, and `row` saying whether a line is a group, all others, or the
 * total. A spreadsheet runs what begins with `=`, `+`, `-` or `@` as a formula: such a value of a group gets an apostrophe before it.
 */
export function reportCsv(query: ReportQuery, { rows, total }: Report): string {
  const currencies = currenciesIn([...rows, total]);
  const columns = ['row', ...query.groups, ...query.metrics.flatMap((metric) => columnsOf(metric, currencies))];
  const lines = [
    ...rows.map((row) => ({ ...groupCells(row), ...measureCells(row, currencies) })),
    { row: 'total', ...measureCells(total, currencies) },
  ];
  return stringify(lines, {
    header: true,
    columns,
    cast: { string: (value, { column }) => ({ value, escape_formulas: isGroup(query, String(column)) }) },
  });
}

function isGroup({ groups }: ReportQuery, column: string): boolean {
  return groups.some((group) => group === column);
}

function columnsOf(metric: Metric, currencies: readonly string[]): readonly string[] {
  return moneyMetrics.includes(metric) ? currencies.map((currency) => `${metric} ${currency}`) : [metric];
}

function currenciesIn(rows: readonly Report['total'][]): readonly string[] {
  const found = rows.flatMap(({ measures }) =>
    Object.values(measures).flatMap((value) => (typeof value === 'object' && value !== null ? Object.keys(value) : [])),
  );
  return [...new Set(found)].sort();
}

function groupCells({ group, other }: ReportRow): Line {
  const values = Object.entries(group).map(([name, value]): [string, string] => [name, value ?? '']);
  return { row: other === true ? 'other' : 'group', ...Object.fromEntries(values) };
}

function measureCells({ measures }: Report['total'], currencies: readonly string[]): Line {
  const cells = Object.entries(measures).flatMap(([name, value]): [string, string][] => {
    if (!isMetric(name) || value === null || value === undefined) return [];
    if (typeof value === 'number') return [[name, String(value)]];
    return currencies.map((currency): [string, string] => [`${name} ${currency}`, value[currency] ?? '0']);
  });
  return Object.fromEntries(cells);
}
