import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerRow } from '../../../lambdas/domain/reports/tally';

const headers = { 'x-trino-user': 'proof', 'x-trino-catalog': 'hive', 'x-trino-schema': 'facts' };

/** The parsed fields of a page of an answer: https://trino.io/docs/current/develop/client-protocol.html */
interface Page {
  readonly nextUri?: string;
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string };
}

/** Runs one statement to its end. Rejects with Trino's message if it fails. */
export async function runStatement(url: string, sql: string): Promise<readonly AnswerRow[]> {
  const rows: AnswerRow[] = [];
  let page = await pageOf(`${url}/v1/statement`, { method: 'POST', body: sql });
  for (;;) {
    if (page.error !== undefined) throw new Error(page.error.message);
    for (const row of page.data ?? []) rows.push(row.map(textOf));
    if (page.nextUri === undefined) return rows;
    page = await pageOf(page.nextUri, {});
  }
}

const busy: readonly number[] = [429, 502, 503, 504];

async function pageOf(url: string, init: RequestInit): Promise<Page> {
  for (;;) {
    const response = await fetch(url, { ...init, headers });
    if (response.ok) return readPage(await response.json());
    if (!busy.includes(response.status)) throw new Error(`Trino answered ${response.status}: ${await response.text()}`);
    await pause(100);
  }
}

function readPage(value: unknown): Page {
  if (typeof value !== 'object' || value === null) throw new Error('Trino answered no object');
  const nextUri = 'nextUri' in value && typeof value.nextUri === 'string' ? value.nextUri : undefined;
  const data = 'data' in value && Array.isArray(value.data) ? value.data.map(readRow) : [];
  const failure = 'error' in value && typeof value.error === 'object' ? value.error : null;
  const message = failure !== null && 'message' in failure ? String(failure.message) : 'no message';
  return { data, ...(nextUri !== undefined && { nextUri }), ...(failure !== null && { error: { message } }) };
}

function readRow(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('a row of Trino is no list');
  return value;
}

/** Decimals come as texts, and all other numbers of an answer are safe integers. */
function textOf(value: unknown): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw new Error(`a value of Trino is neither text nor whole number: ${JSON.stringify(value)}`);
}
