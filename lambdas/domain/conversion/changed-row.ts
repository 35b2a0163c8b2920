import { amountIn, compareClaims, type Claim } from '../request/claim';
import { hasRowsOfItsOwn } from '../values/duplicate-mode';
import { isTransitionAllowed, type ConversionStatus } from '../values/status';
import { conversionKeyOf, repeatOf, type Conversion, type ConversionSubject } from './conversion';
import { foldClaims } from './fold';
import { isOfKey } from './likeliest';
import { repeatedRequests } from './other-key';
import { isOtherRenewal } from './renewals';
import { isOfSender } from './reversal';

/**
 * Whether a claim may change the status of a conversion that counts separately from the row of its key. An approval needs one that began on
 * hold: of any other it is a sale.
 */
export function mayChangeRow(existing: Conversion | undefined, claim: Claim): existing is Conversion {
  const { status, reversal, mode, timeGiven } = claim;
  if (existing?.repeats === undefined || reversal !== undefined || !hasRowsOfItsOwn(mode, existing)) return false;
  if (status === 'approved') return existing.repeats.some(({ held }) => held === true);
  return status === 'rejected' || (status === 'pending' && timeGiven);
}

/**
 * Returns the row whose status a claim changes, among those of a key that count separately: the one of its amount, else the first on hold that
 * it can mean. `undefined` where the claim is a separate sale, or repeats one that the row of the key knows.
 */
export function findChangedRow(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  const key = conversionKeyOf(subject);
  const { status } = claim;
  const rows = conversions.filter((one) => isOfKey(one, subject) && isOfSender(one, subject));
  const existing = rows.find(({ conversionKey }) => conversionKey === key);
  if (!mayChangeRow(existing, claim) || status === undefined) return undefined;
  const others = rows.filter((one) => one !== existing).sort((left, right) => left.recordedAt - right.recordedAt);
  const holding = others.find((one) => repeatedRequests(withoutSale(one), claim).length > 0);
  if (holding !== undefined) return holding;
  if (repeatedRequests(existing, claim).length > 0) return undefined;
  const changeable = [existing, ...others].flatMap((row) => {
    const before = statusFor(row, claim, status);
    return before === undefined ? [] : [{ row, before }];
  });
  const ofAmount = changeable.find(({ row }) => isOfAmount(row, claim));
  const onHold = changeable.filter(({ before }) => before === 'pending');
  const [open] = claim.amount === undefined ? onHold : onHold.filter(({ row }) => !row.amountNamed);
  return (ofAmount ?? open)?.row;
}

/** Returns a row without the sale that it began with, which the row of the key knows. */
function withoutSale(row: Conversion): Conversion {
  const sale = repeatOf(row.conversionKey);
  return { ...row, history: row.history.filter(({ requestId }) => requestId !== sale) };
}

/** The status of a row that a claim changes, or `new` where the row begins with it; `undefined` where it does neither. */
function statusFor(row: Conversion, claim: Claim, status: ConversionStatus): ConversionStatus | 'new' | undefined {
  const { moves, order } = foldClaims(row.history, row.settled);
  const before = moves.findLast((move) => compareClaims(move.claim, claim) < 0)?.after ?? row.settled?.status;
  const next = moves.find((move) => compareClaims(move.claim, claim) > 0)?.to;
  if (status === 'approved') return before === 'pending' && next !== status ? before : undefined;
  if (before === undefined) return next !== undefined && isTransitionAllowed(status, next) ? 'new' : undefined;
  if (status === next || !isTransitionAllowed(before, status)) return undefined;
  return before !== 'pending' && isOtherRenewal(claim, row, order) ? undefined : before;
}

function isOfAmount({ amount, currency }: Conversion, claim: Claim): boolean {
  if (claim.currency !== undefined && claim.currency !== currency) return false;
  return amount !== undefined && amount === amountIn(claim, currency);
}
