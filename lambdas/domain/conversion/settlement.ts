import { applyClaim, type Applied } from './apply';
import type { Claim } from './claim';
import { conversionKeyOf, type Conversion, type ConversionSubject } from './conversion';
import { findReversed, findWaitingReversals, isWaiting } from './reversal';

/** What a claim makes of the conversions of its click, with the rows to be written together. */
export type Settlement =
  | (Omit<Applied, 'next' | 'repeat'> & { readonly outcome: 'settled'; readonly writes: readonly Conversion[] })
  /** The key is not known, and this claim may not create it. */
  | { readonly outcome: 'not-known' }
  /** Another integration recorded the key. */
  | { readonly outcome: 'other-integration'; readonly conversion: Conversion };

/**
 * Settles a claim about the row of its key alone: all that most claims need.
 * @param mayCreate whether the claim may be the first of its key
 */
export function settleByKey(
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  if (existing === undefined && !mayCreate) return { outcome: 'not-known' };
  if (existing !== undefined && existing.integration !== subject.integration) {
    return { outcome: 'other-integration', conversion: existing };
  }
  const { next, repeat, ...applied } = applyClaim(existing, subject, claim);
  return { ...applied, outcome: 'settled', writes: [next, repeat].filter((row) => row !== undefined) };
}

/** Settles a claim among all conversions of its click: a reversal that looks for its sale, or a sale that reversals wait for. */
export function settleAmong(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const key = conversionKeyOf(subject);
  const existing = conversions.find(({ conversionKey }) => conversionKey === key);
  return claim.reversal === undefined
    ? settleSale(conversions, existing, subject, claim, mayCreate)
    : settleReversal(conversions, existing, subject, claim, mayCreate);
}

function settleReversal(
  conversions: readonly Conversion[],
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const reversed = findReversed(conversions, subject, claim);
  if (reversed === undefined || reversed === existing) return settleByKey(existing, subject, claim, mayCreate);
  const settled = settleByKey(reversed, { ...subject, ...keyOf(reversed) }, claim, false);
  const isHeldHere = existing?.history.some(({ requestId }) => requestId === claim.requestId) === true;
  if (settled.outcome !== 'settled' || existing === undefined || !isHeldHere || !isWaiting(existing)) return settled;
  return { ...settled, writes: [...settled.writes, metBy(existing, reversed, claim)] };
}

function settleSale(
  conversions: readonly Conversion[],
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const settled = settleByKey(existing, subject, claim, mayCreate);
  if (settled.outcome !== 'settled') return settled;
  const [sale, ...others] = settled.writes;
  // One that waits under the key of the sale is in its history already.
  const waiting = findWaitingReversals(conversions, subject, claim).filter((row) => row !== existing);
  if (sale === undefined || others.length > 0 || waiting.length === 0) return settled;
  let conversion = sale;
  for (const { history } of waiting) {
    for (const reversal of history) conversion = applyClaim(conversion, subject, reversal).next ?? conversion;
  }
  // However many claims it took in: it is one write after the row that was read.
  const written = { ...conversion, version: sale.version };
  return { ...settled, conversion: written, writes: [written, ...waiting.map((row) => metBy(row, written, claim))] };
}

const keyOf = ({ event, transactionId }: Conversion): Pick<ConversionSubject, 'event' | 'transactionId'> => ({
  event,
  ...(transactionId !== undefined && { transactionId }),
});

/** A reversal that waited, once its sale holds it. */
function metBy(waiting: Conversion, sale: Conversion, { receivedAt }: Claim): Conversion {
  return { ...waiting, metBy: sale.conversionKey, version: waiting.version + 1, changedAt: receivedAt };
}
