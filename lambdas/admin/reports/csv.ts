import { stringify } from 'csv-stringify/sync';
import { isMetric, type Metric } from '../../domain/reports/metrics';
import type { Report, ReportRow } from '../../domain/reports/report';
import type { ReportQuery } from '../../domain/reports/report-query';

const moneyMetrics: readonly Metric[] = ['revenue', 'revenueApproved', 'cost', 'profit', 'epc', 'cpc', 'cpa'];

type Line = Readonly<Record<string, string>>;

/**
 * Returns the report as CSV, with a separate column for each currency of a metric; `row` is a group, all others, or the total. A group's
 * value that begins with `=`, `+`, `-` or `@` gets an apostrophe, since a spreadsheet would run it as a formula.
 */
export function reportCsv(query: ReportQuery, { rows, total }: Report): string {
  const table = csvTable(query, currenciesIn([...rows, total]));
  return [table.header, ...rows.map(table.lineOf), table.totalOf(total)].join('');
}

/** The lines of a report, each with its line break. */
interface CsvTable {
  readonly header: string;
  lineOf(row: ReportRow): string;
  totalOf(total: Report['total']): string;
}

/** @param currencies every one that a row has money in; a row with another is an error, and never a line that lacks it */
export function csvTable(query: ReportQuery, currencies: readonly string[]): CsvTable {
  const columns = ['row', ...query.groups, ...query.metrics.flatMap((metric) => columnsOf(metric, currencies))];
  const written = (line: Line): string =>
    stringify([line], {
      columns,
      cast: { string: (value, { column }) => ({ value, escape_formulas: isGroup(query, String(column)) }) },
    });
  return {
    header: stringify([columns]),
    lineOf: (row) => written({ ...groupCells(row), ...measureCells(row, currencies) }),
    totalOf: (total) => written({ row: 'total', ...measureCells(total, currencies) }),
  };
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
    const stranger = Object.keys(value).find((currency) => !currencies.includes(currency));
    if (stranger !== undefined) throw new Error(`the report has no column for ${stranger}`);
    return currencies.map((currency): [string, string] => [`${name} ${currency}`, value[currency] ?? '0']);
  });
  return Object.fromEntries(cells);
}
