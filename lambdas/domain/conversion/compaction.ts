import { occurredAt, type Conversion, type HistoryEntry, type Sighting } from './conversion';
import { foldClaims, type Fold } from './fold';
import { nothing } from './fold-state';
import { compareClaims } from '../request/claim';
import { claimsOfCurrency, keyCurrencyAfter } from './key-currency';
import { addDeltas } from './payable';
import { withSighting } from './retries';

/** Claims that one conversion keeps one by one: some 30 kB of a row. */
export const historyLimit = 100;

/**
 * Keeps a history within its limit, so that a key accepts any number of claims. The oldest claim without effect in its older half is
 * dropped first; where every claim has one, that half is settled: replaced by its state, from which later arrivals continue. The newer half
 * stays whole, whatever its claims did: a late claim may give one of them an effect.
 */
export function boundHistory(conversion: Conversion, { changed, order, state }: Fold): Conversion {
  const { history, settled: before = nothing } = conversion;
  const bounded = { ...conversion, occurredAt: occurredAt(conversion) };
  if (history.length <= historyLimit) return conversion;
  const oldestFirst = [...history].sort(compareClaims);
  const needed = new Set([...changed, ...claimsOfCurrency(before, order).map(({ requestId }) => requestId)]);
  const older = oldestFirst.slice(0, historyLimit / 2);
  const spare = older.find((entry) => !needed.has(entry.requestId) && entry !== history.at(-1));
  if (spare !== undefined) {
    return { ...without(bounded, new Set([spare])), droppedClaims: withSighting(conversion.droppedClaims, spare) };
  }
  const settledClaims = older.reduce<readonly Sighting[]>(withSighting, conversion.settledClaims ?? []);
  // They are folded in the currency that the whole history gives them, and leave open what they did not decide.
  const { keyCurrency, currencyAwaits } = keyCurrencyAfter(before, older);
  const settled = { ...foldClaims(older, before, state).state, keyCurrency, currencyAwaits };
  return { ...without(bounded, new Set(older)), settled, settledClaims };
}

/** Adds the deltas of the dropped claims to the first that stays: the deltas still add up to the payable amount. */
function without(conversion: Conversion, dropped: ReadonlySet<HistoryEntry>): Conversion {
  const [first, ...others] = conversion.history.filter((entry) => !dropped.has(entry));
  if (first === undefined) return conversion;
  const deltas = addDeltas(first.deltas, ...[...dropped].map((entry) => entry.deltas));
  return { ...conversion, history: [{ ...first, deltas }, ...others] };
}
