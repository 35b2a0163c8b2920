import { ledgerKey, type Finding, type Ledger, type StoredConversion } from './ledger';

type Entry = StoredConversion['history'][number];

/** Whether a history entry made or changed the conversion. */
export function isCounted({ reason }: Entry): boolean {
  return reason === 'OK' || reason === 'OK_UPDATED';
}

/** The payable amount is the sum of the history's changes, in each currency. */
export function deltaFindings({ conversions }: Ledger): readonly Finding[] {
  return conversions.flatMap((conversion): readonly Finding[] => {
    const { status, amount, currency = 'XXX' } = conversion;
    const payable = status === 'approved' && amount !== undefined ? { [currency]: amount } : {};
    const sums = sumsOf(conversion.history.map(({ deltas }) => deltas));
    if (JSON.stringify(sumsOf([payable])) === JSON.stringify(sums)) return [];
    const what = `${ledgerKey(conversion)} pays ${JSON.stringify(payable)}, and its history adds up to ${JSON.stringify(sums)}`;
    return [{ kind: 'reported wrong', what }];
  });
}

/** Stored values that were never sent. */
export function unsentFindings({ postbacks, conversions }: Ledger): readonly Finding[] {
  const keys = new Set(postbacks.map(ledgerKey));
  const amounts = new Set(postbacks.map((postback) => `${ledgerKey(postback)}=${postback.content.amount ?? ''}`));
  return conversions.flatMap((conversion): readonly Finding[] => {
    const key = ledgerKey(conversion);
    if (!keys.has(key)) return [{ kind: 'duplicated', what: `${key} was never sent` }];
    return conversion.history
      .filter((entry) => !amounts.has(`${key}=${entry.amount ?? ''}`))
      .map((entry) => ({ kind: 'duplicated', what: `${key}=${entry.amount ?? ''} was never sent` }));
  });
}

/** Sums by currency, in millionths; amounts of the proof have at most six digits after the point. */
function sumsOf(all: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const deltas of all) {
    for (const [currency, amount] of Object.entries(deltas)) {
      sums.set(currency, (sums.get(currency) ?? 0) + Math.round(Number(amount) * 1_000_000));
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0).toSorted());
}
