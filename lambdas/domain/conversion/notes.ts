import type { Amount } from '../values/amount';
import { amountIn, isZeroOnHold, type Claim } from '../request/claim';
import type { ConversionState } from './payable';
import type { Currency } from '../values/currency';
import type { Fold } from './fold';
import type { ClaimEffect } from './fold-state';
import { stateOf } from './state';
import type { ConversionStatus } from '../values/status';

/** A note for the sender of an accepted claim. */
export type ClaimNote =
  | { readonly code: 'AMOUNT_DIFFERS'; readonly sent: Amount; readonly kept: Amount | undefined }
  | { readonly code: 'CURRENCY_IGNORED'; readonly named: Currency; readonly kept: Currency | undefined }
  | { readonly code: 'CURRENCY_ASSUMED'; readonly assumed: Currency; readonly home: Currency | undefined }
  | { readonly code: 'PARTIAL_REVERSAL'; readonly taken: Amount; readonly left: Amount | undefined }
  | { readonly code: 'REVERSAL_OF_UNKNOWN_AMOUNT'; readonly named: Amount; readonly saysPart?: true }
  | { readonly code: 'REVERSAL_OF_ONLY_SALE'; readonly named: string | undefined }
  | { readonly code: 'REVERSAL_WITHOUT_SALE' }
  | { readonly code: 'STATUS_MISSING'; readonly kept: ConversionStatus };

/** The notes of a claim after its fold. `before` is absent where the claim is the first, or was written before. */
export function claimNotes(
  { state, effects }: Fold,
  before: ConversionState | undefined,
  claim: Claim,
): readonly ClaimNote[] {
  const notes: ClaimNote[] = [];
  const { homeCurrency } = claim;
  const after = stateOf(state);
  const amount = amountIn(claim, claim.reversal === undefined ? state.keyCurrency : after.currency);
  const { keyCurrency } = state;
  if (
    amount !== undefined &&
    claim.currency === undefined &&
    keyCurrency !== undefined &&
    keyCurrency !== homeCurrency
  ) {
    notes.push({ code: 'CURRENCY_ASSUMED', assumed: keyCurrency, home: homeCurrency });
  }
  const effect: ClaimEffect | undefined = effects.get(claim.requestId);
  const { refundedInAll } = claim;
  const taken = refundedInAll === undefined ? amount : amountIn({ ...claim, amount: refundedInAll }, after.currency);
  if (effect === 'part' && taken !== undefined) {
    const isOver = after.status === 'reversed' || after.status === 'rejected';
    notes.push({ code: 'PARTIAL_REVERSAL', taken, left: isOver ? undefined : after.amount });
  }
  if (claim.reversal !== undefined) {
    if (state.status === undefined) notes.push({ code: 'REVERSAL_WITHOUT_SALE' });
    if (claim.reversal === 'partial' && effect === 'applied' && amount !== undefined && after.amount === undefined) {
      notes.push({ code: 'REVERSAL_OF_UNKNOWN_AMOUNT', named: amount });
    } else if (claim.saysPart === true && effect === 'applied' && amount !== undefined) {
      notes.push({ code: 'REVERSAL_OF_UNKNOWN_AMOUNT', named: amount, saysPart: true });
    }
    if (claim.ofTransaction !== undefined || claim.seeks !== undefined) {
      notes.push({ code: 'REVERSAL_OF_ONLY_SALE', named: claim.ofTransaction });
    }
    return notes;
  }
  const statusChanged = before !== undefined && before.status !== after.status;
  const isAll = amount !== undefined && refundedInAll === undefined && !isZeroOnHold(claim);
  // The price counts before what was taken back of it; what is left is no difference either.
  const kept = state.price?.amount ?? after.amount;
  if (statusChanged && isAll && amount !== kept && amount !== after.amount) {
    notes.push({ code: 'AMOUNT_DIFFERS', sent: amount, kept });
  }
  const isSilent = before !== undefined && (statusChanged || amount === undefined);
  if (isSilent && claim.currency !== undefined && claim.currency !== after.currency) {
    notes.push({ code: 'CURRENCY_IGNORED', named: claim.currency, kept: after.currency });
  }
  const isStatusMissing = before !== undefined && claim.status === undefined && effect !== 'created';
  if (isStatusMissing && after.status !== claim.fallback.status) {
    notes.push({ code: 'STATUS_MISSING', kept: after.status });
  }
  return notes;
}
