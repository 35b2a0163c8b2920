import { isRatio } from '../../../lambdas/domain/reports/metrics';
import { style } from '../../terminal/style';
import { table } from '../../terminal/table';
import { widthOf } from '../../terminal/width';
import { reportedDays } from './reported-days';
import { measureOf, type Measure, type Report, type ReportRow } from '../../../operator/report/ask-report';

const barWidth = 6;
const narrowestGroup = 12;
const gapWidth = 2;

const headings: Readonly<Record<string, string>> = {
  conversions: 'conv',
  currency: 'cur',
  botClicks: 'bots',
  uniqueClicks: 'unique',
  revenueApproved: 'approved rev',
  medianSecondsToConversion: 'median s',
  under1Minute: '< 1 min',
  under5Minutes: '< 5 min',
  under1Hour: '< 1 h',
  under1Day: '< 1 d',
  under7Days: '< 7 d',
};

/**
 * Formats a report as a table: a line per row with a bar of its first count, and a further line per further currency. Cuts groups where
 * the table would be wider than the terminal.
 */
export function reportText(report: Report, width: number = process.stdout.columns ?? 80): string {
  const columns = ['group', 'bar', ...columnsOf(report)];
  const lines = withEqualDecimals(columns, [
    ...report.rows.flatMap((row) => linesOf(row, nameOf(row, report), report)),
    ...totalLines(report),
  ]);
  const others = columns.slice(1).map((name, index) => {
    const cells = lines.map((line) => widthOf(line[index + 1] ?? ''));
    return Math.max(widthOf(headings[name] ?? name), ...cells) + gapWidth;
  });
  const rest = width - others.reduce((sum, own) => sum + own, 0);
  const shown = lines.map(([name = '', ...cells]) => [cut(name, Math.max(narrowestGroup, rest)), ...cells]);
  const [groupHeading, ...metricHeadings] = [
    report.groups.join(', '),
    '',
    ...columnsOf(report).map((name) => headings[name] ?? name),
  ];
  const parts = [
    periodLine(report),
    '',
    table([cut(groupHeading ?? '', Math.max(narrowestGroup, rest)), ...metricHeadings], shown, width),
    '',
    countedLine(report),
    ...report.notes.map((note) => `- ${note}`),
  ];
  return parts.join('\n');
}

function periodLine(report: Report): string {
  const { from, to, timezone, by } = report.period;
  const currency = onlyCurrency(report);
  const money = currency === undefined ? '' : `, money in ${currency}`;
  return `${reportedDays(from, to, timezone)}, ${timezone}, by ${by} date${money}`;
}

function countedLine({ countedThrough, version }: Report): string {
  const counted = countedThrough === null ? 'Nothing was counted yet' : `Counted through ${countedThrough}`;
  return style.quiet(`${counted}, version ${version}.`);
}

const moneyMetrics = ['revenue', 'revenueApproved', 'cost', 'profit', 'epc', 'cpc', 'cpa'];

/** Pads the amounts of a column to the same number of decimals, at least two, without rounding. */
function withEqualDecimals(
  columns: readonly string[],
  lines: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const decimals = columns.map((name, column) =>
    moneyMetrics.includes(name) ? Math.max(2, ...lines.map((line) => decimalsOf(line[column] ?? ''))) : undefined,
  );
  return lines.map((line) =>
    line.map((cell, column) => {
      const most = decimals[column];
      if (most === undefined || cell === '') return cell;
      return (cell.includes('.') ? cell : `${cell}.`) + '0'.repeat(most - decimalsOf(cell));
    }),
  );
}

function decimalsOf(amount: string): number {
  return amount.split('.')[1]?.length ?? 0;
}

/** Shows the currency once: above the table if there is only one, else before the first metric of money. */
function columnsOf(report: Report): readonly string[] {
  const { metrics } = report;
  const first = metrics.find((metric) => moneyMetrics.includes(metric));
  const isShown = onlyCurrency(report) === undefined;
  return metrics.flatMap((metric) => (isShown && metric === first ? ['currency', metric] : [metric]));
}

function onlyCurrency(report: Report): string | undefined {
  const [only, ...others] = new Set([...report.rows, report.total].flatMap((row) => currenciesOf(row, report)));
  return others.length === 0 ? only : undefined;
}

function totalLines(report: Report): readonly (readonly string[])[] {
  const [first = [], ...more] = linesOf(report.total, style.heading('total'), report);
  const [name = '', , ...cells] = first;
  return [[name, '', ...cells], ...more];
}

function linesOf(row: ReportRow, name: string, report: Report): readonly (readonly string[])[] {
  const columns = columnsOf(report);
  const currencies = currenciesOf(row, report);
  return (currencies.length === 0 ? [''] : currencies).map((currency, line) => [
    line === 0 ? name : '',
    line === 0 ? barOf(row, report) : '',
    ...columns.map((column) => {
      if (column === 'currency') return currency;
      const measure = measureOf(row, column);
      if (typeof measure === 'object' && measure !== null) return measure[currency] ?? '';
      return line === 0 ? textOf(column, measure) : '';
    }),
  ]);
}

function currenciesOf(row: ReportRow, { metrics }: Report): readonly string[] {
  const found = metrics.flatMap((metric) => {
    const measure = measureOf(row, metric);
    return typeof measure === 'object' && measure !== null ? Object.keys(measure) : [];
  });
  return [...new Set(found)].sort();
}

/** Formats a ratio as percent with two decimals: the API returns all digits. */
function textOf(metric: string, measure: Measure): string {
  if (typeof measure !== 'number') return '';
  if (!isRatio(metric)) return String(measure);
  return `${(measure * 100).toFixed(2)}%`;
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

function barOf(row: ReportRow, report: Report): string {
  const metric = report.metrics.find((name) => typeof measureOf(report.total, name) === 'number');
  if (metric === undefined) return '';
  const sizeOf = (of: ReportRow): number => {
    const value = measureOf(of, metric);
    return typeof value === 'number' ? Math.max(0, value) : 0;
  };
  const largest = Math.max(0, ...report.rows.map(sizeOf));
  const size = largest === 0 ? 0 : Math.round((sizeOf(row) / largest) * barWidth * 8);
  return '█'.repeat(Math.floor(size / 8)) + (eighths[size % 8] ?? '');
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function nameOf({ group = {}, other }: ReportRow, { groups }: Report): string {
  if (other === true) return style.quiet('all others');
  const values = groups.map((name) => {
    const value = group[name] ?? null;
    return value === null ? '-' : name === 'weekday' ? (weekdays[Number(value) - 1] ?? value) : value;
  });
  return values.join(', ');
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const letter of text) {
    if (widthOf(kept + letter) > width - 1) break;
    kept += letter;
  }
  return `${kept}…`;
}
