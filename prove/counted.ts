import { setTimeout as pause } from 'node:timers/promises';
import type { Cells, CellSum } from '../lambdas/domain/facts/audit-cells';
import { millionthsOfSum } from '../lambdas/domain/reports/millionths';
import type { Finding, StoredConversion } from './ledger/ledger';
import type { StackProcess } from './stack/process';
import { adminApiOver } from '../operator/api/admin-api';
import { sendPlainly } from '../operator/api/connection';
import { comparedCells } from '../operator/audit/audit';

/** Longer than any fault holds a batch back. */
const patienceMilliseconds = 60_000;
const dayMilliseconds = 86_400_000;
const daySeconds = 86_400;

/** The counts of a run, once nothing waits in the streams. */
export interface CountedProof {
  readonly findings: readonly Finding[];
  /** Reasons for which it proves nothing; empty where it does. */
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
): Promise<CountedProof> {
  const waiting = await streamsAtRest(stack);
  if (waiting > 0) return { findings: [], unproven: [`${waiting} changes were never counted`] };
  const period = { since: new Date(since).toISOString(), until: new Date(since + 30 * dayMilliseconds).toISOString() };
  const api = adminApiOver({ publicUrl: stack.url, adminUrl: `${stack.url}/admin/v1`, send: sendPlainly });
  const { counted, drift: differing } = await comparedCells(api, period);
  // After the clock moved by days, clicks expire: the sweep of each minute removes counted clicks.
  const mayBeGone = (await stack.control.forward(0)) > daySeconds;
  const compared = differing.filter(({ set }) => set === 'conversions' || !mayBeGone);
  const drift = compared.map(({ campaign, set, event, status, currency, stored: is, counted: shown }): Finding => ({
    kind: 'reported wrong',
    what: `the reports count ${textOf(shown)} where the table has ${textOf(is)}: ${[campaign, set, event, status, currency].join(' ')}`,
  }));
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
      : [{ kind: 'reported wrong', what: `the reports count ${shown} ${name} where the ledger has ${expected}` }];
  });
}
