import type { LedgerTally } from '../ledger/ledger';
import type { OutboundTally } from '../outbound/outbound-ledger';
import { holds, type Outcome } from '../prove-scenario';

const columns: readonly (readonly [string, keyof LedgerTally])[] = [
  ['attempted', 'attempted'],
  ['acknowledged', 'acknowledged'],
  ['stored', 'stored'],
  ['queued', 'queued'],
  ['dead-lettered', 'deadLettered'],
  ['lost', 'lost'],
  ['duplicated', 'duplicated'],
  ['stored wrong', 'storedWrong'],
  ['reported wrong', 'reportedWrong'],
];

/** The outcomes as rows of text, with a head and a sum. */
export function tableRows(outcomes: readonly Outcome[]): readonly (readonly string[])[] {
  const body = outcomes.map((outcome) => [
    outcome.scenario.title,
    ...columns.map(([, field]) => figure(outcome.tally[field])),
  ]);
  const sums = columns.map(([, field]) => figure(outcomes.reduce((sum, { tally }) => sum + tally[field], 0)));
  return [['fault', ...columns.map(([name]) => name)], ...body, ['all', ...sums]];
}

const outboundColumns: readonly (readonly [string, keyof OutboundTally])[] = [
  ['changes', 'changes'],
  ['calls', 'calls'],
  ['delivered', 'delivered'],
  ['failed', 'failed'],
  ['exhausted', 'exhausted'],
  ['held', 'held'],
  ['superseded', 'superseded'],
  ['skipped', 'skipped'],
  ['lost', 'lost'],
  ['without a reason', 'withoutReason'],
  ['under two IDs', 'twice'],
];

/** Reports to traffic sources, for the scenarios that have any. */
export function outboundRows(outcomes: readonly Outcome[]): readonly (readonly string[])[] {
  const rows = outcomes.flatMap(({ scenario, outbound }) =>
    outbound === undefined ? [] : [[scenario.name, ...outboundColumns.map(([, field]) => figure(outbound[field]))]],
  );
  return rows.length === 0 ? [] : [['scenario', ...outboundColumns.map(([name]) => name)], ...rows];
}

export function reportTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...body.map(line)].join('\n');
}

/** The same for a terminal. */
export function plainTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(cell).join('  ')).join('\n');
}

/** One line about one scenario, and a line for each thing that must not be. */
export function outcomeLines(outcome: Outcome): readonly string[] {
  const { scenario, tally, answers, findings, unproven, seconds, clicks, requests, orphanedRows, givenUp } = outcome;
  const counts = [...answers].map(([name, times]) => `${figure(times)} ${name}`).join(', ');
  const extras = [
    ...(givenUp > 0 ? [`${figure(givenUp)} given up and put back`] : []),
    ...(orphanedRows > 0 ? [`${figure(orphanedRows)} log rows of killed requests`] : []),
  ];
  const result = holds(outcome) ? 'ok' : 'FAILED';
  const figures = `${figure(tally.attempted)} postbacks, ${figure(clicks)} clicks, ${figure(requests)} requests`;
  return [
    `${result}  ${scenario.name}: ${figures} in ${seconds.toFixed(0)} s; answers: ${[counts, ...extras].join('; ')}`,
    ...unproven.map((what) => `    proves nothing: ${what}`),
    ...findings.slice(0, 10).map(({ kind, what }) => `    ${kind}: ${what}`),
    ...(findings.length > 10 ? [`    and ${findings.length - 10} more`] : []),
  ];
}

export function figure(value: number): string {
  return value.toLocaleString('en-US');
}
