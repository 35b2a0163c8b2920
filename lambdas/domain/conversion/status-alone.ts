import { isStatusAlone, type Claim } from '../request/claim';
import { isTransitionAllowed, type ConversionStatus } from '../values/status';
import { conversionKeyOf, type Conversion, type ConversionSubject } from './conversion';
import { onlyMeant, withMoney } from './likeliest';
import { repeatedRequests } from './other-key';
import { isSaleOf, isSameStatement } from './reversal';

/** A claim that says what became of a sale. */
type StatusAlone = Claim & { readonly status: ConversionStatus };

/** Whether a claim may be about a conversion of another key: it says what became of a sale, and does not name all of the sale's key. */
export function mayMeanOther(claim: Claim, { transactionId }: ConversionSubject): claim is StatusAlone {
  const { reversal, status, amount, fallback, anyEvent, sentEvent } = claim;
  if (reversal !== undefined || !isStatusAlone({ status, amount, payout: fallback.amount })) return false;
  return anyEvent === true || sentEvent !== undefined || transactionId === undefined;
}

/** The conversion that was changed by a sending of the claim, or by the claim itself, though its key may be another one. */
export function findAgain(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  if (!mayMeanOther(claim, subject)) return undefined;
  return salesThatSay(conversions, subject, claim).find((one) => repeatedRequests(one, claim).length > 0);
}

function salesThatSay(conversions: readonly Conversion[], subject: ConversionSubject, claim: Claim) {
  return conversions.filter(
    (one) => one.history.some((entry) => isSameStatement(entry, claim)) && isSaleOf(one, subject),
  );
}

/**
 * The conversion of a click whose status a claim changes, though its key is another one: of those of its event and transaction, as far as it
 * names them, the only one that it can mean. `undefined` where its own key is known, and where there are several.
 */
export function findChanged(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  if (!mayMeanOther(claim, subject)) return undefined;
  const sales = conversions.filter((one) => isSaleOf(one, subject));
  const key = conversionKeyOf(subject);
  if (sales.some(({ conversionKey }) => conversionKey === key)) return undefined;
  // After the retry window it is another statement, and rather about the same sale than a new one.
  const [stated] = salesThatSay(conversions, subject, claim);
  if (stated !== undefined) return stated;
  const candidates = sales.filter(
    ({ event, transactionId }) =>
      (claim.anyEvent === true || event === subject.event || event === claim.sentEvent) &&
      (subject.transactionId === undefined || transactionId === subject.transactionId),
  );
  const changeable = candidates.filter(({ status }) => mayBecome(status, claim));
  return onlyMeant(withMoney(changeable.length > 0 ? changeable : candidates.filter(isAlready(claim))), claim);
}

/** An approval alone ends a hold or a rejection; a reversed conversion is approved again under its own key. */
function mayBecome(status: ConversionStatus, { status: asked }: StatusAlone): boolean {
  return status !== 'reversed' && isTransitionAllowed(status, asked);
}

/** A rejection that is said again, in other bytes. */
const isAlready =
  ({ status: asked }: StatusAlone) =>
  ({ status }: Conversion): boolean =>
    asked === 'rejected' && status === asked;
