import { millionthsOf, type Amount } from '../values/amount';
import { minorDigitsOf, readCurrency, type Currency } from '../values/currency';
import type { Reported } from './delivery';
import type { Postback } from '../configuration/outbound-postback';
import type { SourceTemplate } from './sources/template';

/** The amount as a source is sent it. Without one where it is unknown, or not for the source to see. */
export type Payout =
  | { readonly ok: true; readonly amount?: PayoutAmount; readonly currency?: Currency }
  /** The source would read the amount in its own currency. */
  | { readonly ok: false; readonly currency: Currency; readonly accepted: readonly string[] };

/** An exact share of an amount: so many parts of 10 to the power of `digits`. */
export interface PayoutAmount {
  readonly parts: bigint;
  readonly digits: number;
  /** Digits after the point of its currency. */
  readonly minorDigits: number;
}

const amountDigits = 6;
const percentDigits = 6;
/** The currency of a source's amounts where its documentation names none: most of them count in it. */
const assumedCurrency = 'USD';

/** The share of an amount that a source sees. A share is rounded half up to the currency's digits; a whole keeps its fractions of a cent. */
export function payoutOf(
  { amount, currency }: Reported,
  postback: Postback,
  template: Pick<SourceTemplate, 'currency'> | undefined,
): Payout {
  if (amount === undefined || postback.payout === 'none') return { ok: true };
  const accepted = acceptedCurrencies(postback, template);
  if (currency !== undefined && accepted?.includes(currency) === false) return { ok: false, currency, accepted };
  const only = accepted?.length === 1 ? readCurrency(accepted[0] ?? '') : undefined;
  const counted = currency ?? only;
  const minorDigits = counted === undefined ? 2 : minorDigitsOf(counted);
  const share = shareOf(amount, postback.payout?.percent, minorDigits);
  return { ok: true, amount: share, ...(counted !== undefined && { currency: counted }) };
}

/** The currencies that a postback may send amounts in; `undefined` where it may be any. */
export function acceptedCurrencies(
  postback: Pick<Postback, 'currency'>,
  template: Pick<SourceTemplate, 'currency'> | undefined,
): readonly string[] | undefined {
  if (postback.currency !== undefined) return [postback.currency];
  if (template === undefined || template.currency === 'any') return undefined;
  return template.currency === 'unknown' ? [assumedCurrency] : template.currency;
}

function shareOf(amount: Amount, percent: string | number | undefined, minorDigits: number): PayoutAmount {
  const whole = { parts: millionthsOf(amount), digits: amountDigits, minorDigits };
  if (percent === undefined) return minorDigits === 0 ? rounded(whole, 0) : whole;
  const [before = '0', after = ''] = String(percent).split('.');
  const millionthsOfPercent = BigInt(before + after.padEnd(percentDigits, '0').slice(0, percentDigits));
  const share = { parts: whole.parts * millionthsOfPercent, digits: amountDigits + percentDigits + 2, minorDigits };
  return rounded(share, minorDigits);
}

/** Rounds half up, away from zero. */
function rounded({ parts, digits, minorDigits }: PayoutAmount, wanted: number): PayoutAmount {
  if (digits <= wanted) return { parts: parts * 10n ** BigInt(wanted - digits), digits: wanted, minorDigits };
  const unit = 10n ** BigInt(digits - wanted);
  const size = parts < 0n ? -parts : parts;
  const kept = (size * 2n + unit) / (unit * 2n);
  return { parts: parts < 0n ? -kept : kept, digits: wanted, minorDigits };
}

/**
 * The amount as it is written: `8.65`, without zeros at its end, or with so many decimals, though never more than its currency has:
 * a yen has none.
 */
export function payoutText(amount: PayoutAmount, decimals?: number): string {
  const { parts, digits } = decimals === undefined ? amount : rounded(amount, Math.min(decimals, amount.minorDigits));
  const size = String(parts < 0n ? -parts : parts).padStart(digits + 1, '0');
  const [whole, fraction] = [size.slice(0, size.length - digits), size.slice(size.length - digits)];
  const shown = decimals === undefined ? fraction.replace(/0+$/, '') : fraction;
  return `${parts < 0n ? '-' : ''}${whole}${shown && `.${shown}`}`;
}
