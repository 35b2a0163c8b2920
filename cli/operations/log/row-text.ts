import { style } from '../../terminal/style';
import { table } from '../../terminal/table';
import type { LogRow } from '../../../operator/answers';
import { browserText } from '../../../operator/log/browser-text';
import type { BatchProgress } from '../../../operator/log/batch-progress';

/** Colours a result by its meaning: accepted, waiting, rejected. */
export function resultText(result: string, text = result): string {
  if (result === 'rejected' || result === 'error') return style.bad(text);
  return result === 'queued' ? style.warning(text) : style.good(text);
}

export function moneyText({
  amount,
  currency,
}: {
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
}): string {
  if (amount === undefined) return 'no amount';
  return currency === undefined ? amount : `${amount} ${currency}`;
}

const headings = ['received', 'request', 'integration', 'result', 'reason', 'amount', 'click'] as const;

function cells(row: LogRow, batch: BatchProgress | undefined): readonly string[] {
  const { receivedAt, requestId, integration = '', result, conversion, clickId = '' } = row;
  return [
    receivedAt,
    requestId,
    integration,
    resultText(batch !== undefined && batch.judged === batch.rows ? 'batch' : result),
    batch === undefined ? reasonText(row) : `${batch.judged} of ${batch.rows} rows judged`,
    conversion === undefined ? '' : moneyText(conversion),
    clickId,
  ];
}

/** Formats the reason, and its origin if that was a browser. */
function reasonText(row: LogRow): string {
  const browser = browserText(row);
  return browser === undefined ? row.reason : `${row.reason}, ${browser}`;
}

/** @param batches progress of the batches among the rows, if known */
export function rowsTable(rows: readonly LogRow[], batches: ReadonlyMap<string, BatchProgress> = new Map()): string {
  const lines = rows.map((row) => cells(row, batches.get(row.requestId)));
  return table(headings, lines);
}

/** Formats one row on one line, with the message of a rejection. */
export function rowLine(row: LogRow): string {
  const { receivedAt, requestId, integration = '-', result, reason, conversion, message, attempts } = row;
  const detail = conversion === undefined ? message : moneyText(conversion);
  const again = attempts > 1 ? style.quiet(` (judged ${attempts} times)`) : '';
  return oneLine(
    `${receivedAt}  ${requestId}  ${integration.padEnd(16)}  ${resultText(result, result.padEnd(9))}  ${reason.padEnd(18)}  ${detail}${again}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ');
}
