import { compareAmounts, zero } from './amount';
import type { Claim } from './claim';
import type { Conversion, ConversionSubject } from './conversion';
import { foldClaims, meets } from './fold';

/** Whether a row holds nothing but reversals whose sale has not arrived. */
export function isWaiting({ history, settled }: Conversion): boolean {
  return foldClaims(history, settled).state.status === undefined;
}

/**
 * The conversion of a click that a reversal is about: the one that holds it already, else the one that it names, else the only one that it
 * can mean. `undefined` where there is none, or more than one.
 */
export function findReversed(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  const sales = conversions.filter(
    (one) => one.test === subject.test && one.integration === subject.integration && !isWaiting(one),
  );
  const holding = sales.find(({ history }) => history.some((entry) => isSameStatement(entry, claim)));
  if (holding !== undefined) return holding;
  const ofKey = sales.filter(
    ({ event, transactionId }) => event === subject.event && transactionId === subject.transactionId,
  );
  if (ofKey.length > 0) return likeliest(ofKey, claim);
  const ofEvent = claim.anyEvent === true ? sales : sales.filter(({ event }) => event === subject.event);
  const named = ofEvent.filter(({ transactionId }) => transactionId === subject.transactionId);
  return onlyOne(subject.transactionId === undefined ? ofEvent : named) ?? onlyOne(named.length > 0 ? [] : ofEvent);
}

/** The reversals among a click's conversions that have waited for this sale. */
export function findWaitingReversals(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  sale: Claim,
): readonly Conversion[] {
  return conversions.filter((one) => {
    const [reversal] = one.history;
    if (reversal === undefined || one.metBy !== undefined || one.test !== subject.test) return false;
    if (one.integration !== subject.integration || !isWaiting(one)) return false;
    const isOfEvent = reversal.anyEvent === true || one.event === subject.event;
    const isNamed = one.transactionId === undefined || one.transactionId === subject.transactionId;
    const isOnlySale = conversions.every((other) => other.metBy !== undefined || isWaiting(other));
    return isOfEvent && (isNamed || isOnlySale) && meets(reversal, sale);
  });
}

/**
 * Of the row of a key and those that count separately, the first that is approved and has the amount that is taken back, else one that has
 * as much, else any: each renewal is refunded once.
 */
function likeliest(rows: readonly Conversion[], { amount, currency }: Claim): Conversion | undefined {
  const approved = rows.filter(({ status }) => status === 'approved');
  const meant = approved.length > 0 ? approved : rows;
  if (amount === undefined) return meant[0];
  const comparisons = meant
    .filter((row) => row.amount !== undefined && (currency === undefined || row.currency === currency))
    .map((row) => [row, compareAmounts(row.amount ?? zero, amount)] as const);
  const [found = meant[0]] =
    comparisons.find(([, difference]) => difference === 0) ??
    comparisons.find(([, difference]) => difference > 0) ??
    [];
  return found;
}

/** Of several only the one that is approved can be meant. */
function onlyOne(candidates: readonly Conversion[]): Conversion | undefined {
  const approved = candidates.filter(({ status }) => status === 'approved');
  const meant = approved.length > 0 ? approved : candidates;
  return meant.length === 1 ? meant[0] : undefined;
}

function isSameStatement(entry: Claim, claim: Claim): boolean {
  return entry.requestId === claim.requestId || (claim.statement !== '' && entry.statement === claim.statement);
}
