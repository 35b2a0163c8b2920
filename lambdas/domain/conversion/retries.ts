import { wholeHour, type Claim } from '../request/claim';
import { isSameText } from '../trust/statement';
import type { HistoryEntry, Sighting } from './conversion';
import { addDeltas } from './payable';

/** Whole hours from one time to another, both in milliseconds since 1970: the unit of windows. */
export const windowHours = (from: number, to: number): number => wholeHour(to) - wholeHour(from);

type Seen = Pick<Sighting, 'statement' | 'receivedAt' | 'lastSeenAt'>;

/**
 * Whether a claim repeats a statement that was seen: within the retry window after its last sending, or before its first. Windows are
 * counted in whole hours, so that a retry within the hour has nothing to write.
 */
function isRetryOf(seen: Seen, { statement, receivedAt, sequence }: Claim, retryHours: number): boolean {
  if (!isSameText(seen.statement, statement)) return false;
  // The identity of a row covers its whole file, and its place in it: who sends the file again means the same rows, whenever it is.
  if (sequence !== undefined) return true;
  const hour = wholeHour(receivedAt);
  return (
    hour - wholeHour(seen.lastSeenAt ?? seen.receivedAt) <= retryHours &&
    wholeHour(seen.receivedAt) - hour <= retryHours
  );
}

/** The claim that is repeated, and all known ones with the repeat noted; `noted` is absent where there is nothing to write. */
export interface Retry<Known> {
  readonly known: Known;
  readonly noted?: readonly Known[];
}

/**
 * Looks for what a claim repeats in a history. A repeat that came before the first sending moves it back in time, and one that
 * links two sendings makes one of them: whatever the order of arrival, each run of sendings counts once, at its first.
 */
export function findRetry(history: readonly HistoryEntry[], claim: Claim): Retry<HistoryEntry> | undefined {
  const windowOf = (entry: HistoryEntry): number => Math.max(entry.retryHours, claim.retryHours);
  const linked = history.filter((entry) => isRetryOf(entry, claim, windowOf(entry)));
  const [first] = [...linked].sort((left, right) => left.receivedAt - right.receivedAt);
  if (first === undefined) return undefined;
  const last = Math.max(claim.receivedAt, ...linked.map(lastSeen));
  const { requestId, reason } = first;
  const content = claim.receivedAt < first.receivedAt ? { ...claim, requestId, reason } : first;
  const run: HistoryEntry = {
    ...content,
    ...amountAmong([content, claim, ...linked]),
    retryHours: Math.max(...linked.map(windowOf)),
    deltas: addDeltas(...linked.map(({ deltas }) => deltas)),
  };
  const noted = wholeHour(last) > wholeHour(run.receivedAt) ? { ...run, lastSeenAt: last } : run;
  if (isSameRun(first, noted)) return { known: first };
  return {
    known: first,
    noted: history
      .filter((entry) => !linked.includes(entry) || entry === first)
      .map((entry) => (entry === first ? noted : entry)),
  };
}

/** Returns the amount of a run: an amount that was not read of the first sending may be read of another, once the mapping is corrected. */
function amountAmong(sendings: readonly Claim[]): Pick<Claim, 'amount' | 'currency' | 'minorDigits'> {
  const reading = sendings.find(({ amount }) => amount !== undefined);
  return reading === undefined ? {} : amountNamedBy(reading);
}

/** The amount that a claim names, and what it is an amount of. */
export function amountNamedBy(claim: Claim): Pick<Claim, 'amount' | 'currency' | 'minorDigits'> {
  const { amount, currency, minorDigits } = claim;
  return {
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
    ...(minorDigits !== undefined && { minorDigits }),
  };
}

const lastSeen = ({ receivedAt, lastSeenAt }: Seen): number => lastSeenAt ?? receivedAt;

function isSameRun(left: HistoryEntry, right: HistoryEntry): boolean {
  return (
    left.receivedAt === right.receivedAt &&
    left.amount === right.amount &&
    wholeHour(lastSeen(left)) === wholeHour(lastSeen(right))
  );
}

/** Finds the same among claims that keep the sighting alone: separately counted and settled ones. */
export function findSighting(sightings: readonly Sighting[], claim: Claim): Retry<Sighting> | undefined {
  const found = sightings.find((sighting) => isRetryOf(sighting, claim, claim.retryHours));
  if (found === undefined) return undefined;
  if (wholeHour(claim.receivedAt) <= wholeHour(lastSeen(found))) return { known: found };
  return {
    known: found,
    noted: sightings.map((one) => (one === found ? { ...one, lastSeenAt: claim.receivedAt } : one)),
  };
}

/** Sightings that one key holds: more than a sender repeats within its window. */
const sightingsLimit = 500;

/** Hours that the queue may hold a sending of a statement, and deliver it again. */
const queuedHours = 5 * 24;

/**
 * The sightings that may still be retried or delivered again, with the new one last. The last of a hold stays: it says that an approval, which
 * may come weeks later, looks for its row.
 */
export function withSighting(
  sightings: readonly Sighting[] = [],
  claim: Claim & Pick<Sighting, 'lastSeenAt'>,
): readonly Sighting[] {
  const { requestId, statement, receivedAt, retryHours, lastSeenAt } = claim;
  const isHeld = (claim.status ?? claim.fallback.status) === 'pending';
  const lastHold = sightings.findLast(({ held }) => held === true);
  const recent = sightings.filter(
    (one) => one === lastHold || wholeHour(receivedAt) - wholeHour(lastSeen(one)) <= retryHours + queuedHours,
  );
  return [
    ...recent.slice(1 - sightingsLimit),
    {
      requestId,
      statement,
      receivedAt,
      ...(lastSeenAt !== undefined && { lastSeenAt }),
      ...(isHeld && { held: true as const }),
    },
  ];
}
