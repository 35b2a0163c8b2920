import type { Finding, Ledger, StoredConversion } from './ledger';
import { keyOf, type Unit } from './unit';

type Entry = StoredConversion['history'][number];

/** Whether a history entry made or changed what the conversion is worth. */
export function isCounted({ reason }: Entry): boolean {
  return reason === 'OK' || reason === 'OK_UPDATED';
}

/** How often a unit counts in the conversions of its key. */
export function timesCounted(unit: Unit, rows: readonly StoredConversion[], mode: Ledger['mode']): number {
  const entries = rows.flatMap(({ history }) => history).filter(isCounted);
  return mode === 'ignore' ? entries.length : entries.filter(({ amount }) => amount === unit.amount).length;
}

/** The amount of a conversion is the sum of what its history changed. */
export function amountFindings({ conversions }: Ledger): readonly Finding[] {
  return conversions.flatMap((conversion): readonly Finding[] => {
    const sum = conversion.history.reduce((total, { delta }) => total + centsOf(delta), 0);
    if (sum === centsOf(conversion.amount)) return [];
    const what = `${keyOf(conversion)} is worth ${conversion.amount}, and its history adds up to ${sum / 100}`;
    return [{ kind: 'told wrong', what }];
  });
}

/** What is stored and was never sent. */
export function unsentFindings({ postbacks, conversions }: Ledger): readonly Finding[] {
  const sent = new Set(postbacks.map((postback) => `${keyOf(postback)}=${postback.amount}`));
  return conversions.flatMap((conversion) =>
    conversion.history
      .filter((entry) => isCounted(entry) && !sent.has(`${keyOf(conversion)}=${entry.amount ?? ''}`))
      .map((entry) => ({ kind: 'duplicated' as const, what: `${keyOf(conversion)}=${entry.amount} was never sent` })),
  );
}

/** Whether a conversion was ever worth so much: the sum of its history up to some entry. */
export function wasEverWorth({ history }: StoredConversion, amount: string): boolean {
  let worth = 0;
  return history.some(({ delta }) => {
    worth += centsOf(delta);
    return worth === centsOf(amount);
  });
}

/** Amounts of the proof have at most two digits after the point. */
function centsOf(amount: string): number {
  return Math.round(Number(amount) * 100);
}
