import type { RequestId } from '../values/request-id';
import type { Claim } from '../request/claim';
import { conversionKeyOf, type Conversion, type ConversionSubject } from './conversion';
import { foldClaims } from './fold';
import { findRetry, findSighting, windowHours } from './retries';
import { isOfSender } from './reversal';

/** The integration version in force, with the time at which it was saved; `changedAt` in milliseconds since 1970. */
interface Saved {
  readonly version: number;
  readonly changedAt: number;
}

/** Other environments may judge by the version before for this long after a new one was saved. */
const overlapHours = 1;

/**
 * Whether the first sending of a claim may have another key: the mapping that it was read by was replaced within the retry window.
 * `inForce` is absent where the integration was deleted.
 */
export function mayHaveOtherKey({ receivedAt, retryHours }: Claim, inForce: Saved | undefined): boolean {
  if (inForce === undefined) return true;
  return inForce.version > 1 && windowHours(inForce.changedAt, receivedAt) <= retryHours + overlapHours;
}

/**
 * The conversion of another key that a claim repeats. A statement that had no effect there is not repeated: it may be a conversion
 * that the former mapping mistook for a duplicate.
 */
export function findUnderOtherKey(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  const key = conversionKeyOf(subject);
  const own = conversions.find(({ conversionKey }) => conversionKey === key);
  if (own !== undefined && repeatedRequests(own, claim).length > 0) return undefined;
  return conversions.find((one) => one.metBy === undefined && isOfSender(one, subject) && hasCounted(one, claim));
}

function hasCounted(conversion: Conversion, claim: Claim): boolean {
  const { history, settled, droppedClaims = [] } = conversion;
  const known = new Set([...history, ...droppedClaims].map(({ requestId }) => requestId));
  const { changed } = foldClaims(history, settled);
  return repeatedRequests(conversion, claim).some((requestId) => changed.has(requestId) || !known.has(requestId));
}

/** The requests of a conversion that a claim repeats: its own request, or the same statement within the retry window. */
export function repeatedRequests(conversion: Conversion, claim: Claim): readonly RequestId[] {
  const { history, settledClaims = [], droppedClaims = [], repeats = [] } = conversion;
  const sightings = [...settledClaims, ...droppedClaims, ...repeats];
  const isOwn = [...history, ...sightings].some(({ requestId }) => requestId === claim.requestId);
  const retried = findRetry(history, claim) ?? findSighting(sightings, claim);
  return [...(isOwn ? [claim.requestId] : []), ...(retried === undefined ? [] : [retried.known.requestId])];
}
