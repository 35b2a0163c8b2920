import { occurredAt, type Conversion, type HistoryEntry, type Sighting } from './conversion';
import { foldClaims, nothing, type Fold } from './fold';
import { compareClaims } from './claim';
import { addDeltas } from './payable';
import { withSighting } from './retries';

/** Claims that one conversion keeps one by one: some 30 kB of a row. */
export const historyLimit = 100;

/**
 * Keeps a history within its limit, so that a key takes claims without end. The oldest claims without effect go first; where every claim
 * has one, the older half is settled: kept as the state that it comes to, which later arrivals continue from.
 */
export function boundHistory(conversion: Conversion, { changed, state }: Fold): Conversion {
  const { history } = conversion;
  const bounded = { ...conversion, occurredAt: occurredAt(conversion) };
  if (history.length <= historyLimit) return conversion;
  const oldestFirst = [...history].sort(compareClaims);
  const spare = oldestFirst.find((entry) => !changed.has(entry.requestId) && entry !== history.at(-1));
  // The claim that named the key's currency may go: the currency stays.
  const before = { ...(conversion.settled ?? nothing), keyCurrency: state.keyCurrency };
  if (spare !== undefined) return { ...without(bounded, new Set([spare])), settled: before };
  const older = new Set(oldestFirst.slice(0, historyLimit / 2));
  const settledClaims = oldestFirst
    .slice(0, historyLimit / 2)
    .reduce<readonly Sighting[]>(withSighting, conversion.settledClaims ?? []);
  const settled = foldClaims([...older], before).state;
  return { ...without(bounded, older), settled, settledClaims };
}

/** What the dropped claims changed is added to the first that stays: the deltas still add up to what is payable. */
function without(conversion: Conversion, dropped: ReadonlySet<HistoryEntry>): Conversion {
  const [first, ...others] = conversion.history.filter((entry) => !dropped.has(entry));
  if (first === undefined) return conversion;
  const deltas = addDeltas(first.deltas, ...[...dropped].map((entry) => entry.deltas));
  return { ...conversion, history: [{ ...first, deltas }, ...others] };
}
