import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { Cells, driftBetween, type Cell, type CellSum } from '../lambdas/domain/facts/audit-cells';
import { quarterOf } from '../lambdas/domain/facts/columns';
import { millionthsOfSum } from '../lambdas/domain/reports/millionths';
import type { Finding, StoredConversion } from './ledger/ledger';
import { call } from './stack/http';
import type { StackProcess } from './stack/process';

const cellSchema = v.object({
  set: v.picklist(['clicks', 'conversions']),
  campaign: v.string(),
  quarter: v.string(),
  event: v.nullable(v.string()),
  status: v.nullable(v.string()),
  currency: v.nullable(v.string()),
  count: v.number(),
  amount: v.string(),
});
const storedSchema = v.object({
  cells: v.array(cellSchema),
  erased: v.array(v.string()),
  cursor: v.optional(v.string()),
});
const countedSchema = v.object({ cells: v.array(cellSchema) });

/** Longer than any fault holds a batch back. */
const patienceMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;

/** What a run counts, once nothing waits in the streams. */
export interface Counted {
  readonly findings: readonly Finding[];
  /** Why it proves nothing, where it does not. */
  readonly unproven: readonly string[];
}

/**
 * Compares what the reports count with what the tables hold, in every cell, and with the conversions of the ledger, which were checked
 * against the naive model, by status and currency.
 * @param since before the first click, in milliseconds since 1970
 */
export async function proveCounted(
  stack: StackProcess,
  conversions: readonly StoredConversion[],
  since: number,
): Promise<Counted> {
  const waiting = await streamsAtRest(stack);
  if (waiting > 0) return { findings: [], unproven: [`${waiting} changes were never counted`] };
  const period = { since: new Date(since).toISOString(), until: new Date(since + 30 * dayMilliseconds).toISOString() };
  const { stored, erased } = await storedCells(stack, period);
  const counted = await countedCells(stack, { ...period, erased });
  const drift = driftBetween(stored, counted).map(
    ({ campaign, set, event, status, currency, stored: is, counted: shown }): Finding => ({
      kind: 'told wrong',
      what: `the reports count ${textOf(shown)} where the table has ${textOf(is)}: ${[campaign, set, event, status, currency].join(' ')}`,
    }),
  );
  return { findings: [...drift, ...ledgerFindings(conversions, counted)], unproven: [] };
}

const textOf = ({ count, amount }: CellSum): string => `${count} of ${amount}`;

async function streamsAtRest(stack: StackProcess): Promise<number> {
  const deadline = Date.now() + patienceMilliseconds;
  for (let empty = 0; Date.now() < deadline;) {
    empty = (await stack.control.uncounted()) === 0 ? empty + 1 : 0;
    if (empty === 3) return 0;
    await pause(300);
  }
  return stack.control.uncounted();
}

async function storedCells(
  stack: StackProcess,
  { since, until }: { readonly since: string; readonly until: string },
): Promise<{ readonly stored: Cells; readonly erased: readonly string[] }> {
  const stored = new Cells();
  const erased: string[] = [];
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const query = new URLSearchParams({ since, until, ...(cursor !== undefined && { cursor }) });
    const page = v.parse(storedSchema, await call(`${stack.url}/admin/v1/reports/audit/stored?${query.toString()}`));
    page.cells.map(cellOf).forEach((cell) => stored.add(cell));
    erased.push(...page.erased);
    cursor = page.cursor;
  }
  return { stored, erased };
}

async function countedCells(stack: StackProcess, asked: object): Promise<Cells> {
  const url = `${stack.url}/admin/v1/reports/audit/counted`;
  const counted = new Cells();
  const { cells } = v.parse(countedSchema, await call(url, { method: 'POST', body: JSON.stringify(asked) }));
  cells.map(cellOf).forEach((cell) => counted.add(cell));
  return counted;
}

function cellOf({ quarter, count, amount, ...name }: v.InferOutput<typeof cellSchema>): Cell {
  return { ...name, quarter: quarterOf(Date.parse(quarter)), count: BigInt(count), amount: millionthsOfSum(amount) };
}

/** Sums by status and currency: the ledger knows neither the campaign nor the time of a click. */
function ledgerFindings(conversions: readonly StoredConversion[], counted: Cells): readonly Finding[] {
  const [ours, theirs] = [new Map<string, CellSum>(), new Map<string, CellSum>()];
  const add = (sums: Map<string, CellSum>, name: string, more: CellSum): void => {
    const { count, amount } = sums.get(name) ?? { count: 0n, amount: 0n };
    sums.set(name, { count: count + more.count, amount: amount + more.amount });
  };
  for (const { status, currency, amount = '0' } of conversions) {
    add(ours, `${status} ${currency ?? ''}`, { count: 1n, amount: millionthsOfSum(amount) });
  }
  for (const { set, status, currency, count, amount } of counted.all()) {
    if (set === 'conversions') add(theirs, `${status ?? ''} ${currency ?? ''}`, { count, amount });
  }
  const nothing = { count: 0n, amount: 0n };
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((name): readonly Finding[] => {
    const [expected, shown] = [textOf(ours.get(name) ?? nothing), textOf(theirs.get(name) ?? nothing)];
    return expected === shown
      ? []
      : [{ kind: 'told wrong', what: `the reports count ${shown} ${name} where the ledger has ${expected}` }];
  });
}
