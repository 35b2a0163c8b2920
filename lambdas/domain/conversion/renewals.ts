import { isNegative } from '../values/amount';
import { amountIn, type Claim } from '../request/claim';
import type { Conversion, ConversionSubject } from './conversion';
import { overOf } from './likeliest';
import { windowHours } from './retries';
import { isSaleOf, isSameStatement } from './reversal';

/**
 * Whether a renewal with another status than the key has is the next one, and no change of those before it: no other claim of the key
 * is within its retry window. A failed payment takes no earlier one back, a hold waits for its own
 * approval, and a paid one counts with its own amount.
 */
export function isOtherRenewal(
  claim: Claim,
  { transactionId }: Pick<Conversion, 'transactionId'>,
  others: readonly Claim[],
): boolean {
  const amount = claim.amount ?? claim.fallback.amount;
  const isUnpaid = claim.status === 'approved' && (amount === undefined || isNegative(amount));
  if (claim.renewal !== true || transactionId !== undefined || isUnpaid) return false;
  return others.every((other) => other.reversal !== undefined || !isNear(other, claim));
}

/** Whether a claim may be a further payment of what the click has paid for before: of a subscription, or of the same order. */
export function mayBeFurtherPayment({ renewal, order, reversal }: Claim): boolean {
  return reversal === undefined && (renewal === true || order !== undefined);
}

/** The conversion of the first payment, which was in time: a further one is, whenever it comes. */
export function findFirstPayment(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  if (!mayBeFurtherPayment(claim)) return undefined;
  const sales = conversions.filter((one) => isSaleOf(one, subject));
  return sales.find(({ history }) => claim.order === undefined || history.some(({ order }) => order === claim.order));
}

/** Whether a claim may be about one of several renewals of its click that count separately. */
export function isAboutRenewal({ renewal, status, reversal }: Claim, { transactionId }: ConversionSubject): boolean {
  return renewal === true && reversal === undefined && status === 'rejected' && transactionId === undefined;
}

/**
 * The renewal that a rejection is about: of those within the retry window before it the last of its amount, else the last. One of its amount that is
 * rejected already is meant before another one.
 */
export function findRejected(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  if (!isAboutRenewal(claim, subject)) return undefined;
  const renewals = conversions.filter(
    (one) => one.event === subject.event && one.transactionId === undefined && isSaleOf(one, subject),
  );
  const near = renewals.filter(({ history }) => history.some((entry) => isNear(entry, claim)));
  const holding = near.find(({ history }) => history.some((entry) => isSameStatement(entry, claim)));
  if (holding !== undefined) return holding;
  const approved = near
    .filter((one) => one.status === 'approved' && startOf(one) <= claim.eventTime)
    .toSorted((left, right) => startOf(right) - startOf(left));
  const ofAmount = approved.find(
    ({ amount, currency }) => amount !== undefined && amount === amountIn(claim, currency),
  );
  return ofAmount ?? overOf(near, claim) ?? approved[0];
}

const startOf = ({ history }: Conversion): number => Math.min(...history.map(({ eventTime }) => eventTime));

function isNear(other: Claim, claim: Claim): boolean {
  return Math.abs(windowHours(other.eventTime, claim.eventTime)) <= Math.max(other.retryHours, claim.retryHours);
}
