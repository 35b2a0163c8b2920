import type { RequestId } from '../values/request-id';
import { compareAmounts, movePoint, zero, type Amount } from '../values/amount';
import { minorDigitsOf, type Currency } from '../values/currency';
import type { DuplicateMode } from '../values/duplicate-mode';
import type { ConversionStatus } from '../values/status';

/** The statement of one postback about a conversion. It contains everything that decides its place and its effect, and never changes. */
export interface Claim {
  readonly requestId: RequestId;
  /** Milliseconds since 1970: when the sender says it happened, else when it was signed, else when it was received. */
  readonly eventTime: number;
  /** Whether the sender gave the time. */
  readonly timeGiven: boolean;
  /** Set on a reversal or a rejection whose sender names the day alone. `eventTime` is then the first moment of that day. */
  readonly wholeDay?: true;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** The identity of what was sent: the sender's retry has the same one. Shortened once erased. */
  readonly statement: string;
  /** Hours after its last sending in which the same statement is a retry. */
  readonly retryHours: number;
  /** The place in a batch: rows of one event time count in file order. */
  readonly sequence?: { readonly batch: string; readonly row: number };
  /** The sender's values; absent where it named none. */
  readonly status?: ConversionStatus;
  readonly amount?: Amount;
  readonly currency?: Currency;
  /** Set on an amount that came in smallest units and without a currency: the digits after its point that were assumed. */
  readonly minorDigits?: number;
  /**
   * Values for the first claim of a conversion where the sender named none: a status, the payout of the event or the campaign (absent where
   * there is none), and the currency of that payout or of the integration.
   */
  readonly fallback: { readonly status: ConversionStatus; readonly amount?: Amount; readonly currency?: Currency };
  /** The currency of the integration when the claim was received. */
  readonly homeCurrency?: Currency;
  /** The mode of the integration when the claim was received: a later change of mode does not rewrite the past. */
  readonly mode: DuplicateMode;
  /** Set on a reversal: whether a smaller amount takes back a part, or every reversal takes back the whole. */
  readonly reversal?: 'partial' | 'whole';
  /** Set on a reversal whose word says that it takes back a part. */
  readonly saysPart?: true;
  /** Set on what gives back what a reversal took: the whole, or as much as it names. */
  readonly reinstates?: true;
  /** Set on an approval that only the name of the event says, as `order.paid` does: it lifts no reversal. */
  readonly byEvent?: true;
  /** Set on a reversal whose amount is what was taken back in all, and not by this reversal alone. */
  readonly amountInAll?: true;
  /** Set on a sale that names what was refunded of it so far, in the unit of its amount; more than 0. */
  readonly refundedInAll?: Amount;
  /** Set on a reversal or a status alone that names no event of a sale: it may be about a conversion of any event. */
  readonly anyEvent?: true;
  /** Set on a reversal or a status alone whose event is mapped: the word that was sent. The mapping may be newer than the sale. */
  readonly sentEvent?: string;
  /** The order that a sale and its refund share, where the sender gives each its own transaction ID. */
  readonly order?: string;
  /** Set where the event recurs by its nature: a claim long after another one is about the next. */
  readonly renewal?: true;
  /**
   * Set on a reversal that was taken for the only sale of its click: the transaction that it names, which is not that sale's. Where a sale
   * of this transaction comes later, the reversal is handed over to it.
   */
  readonly ofTransaction?: string;
  /**
   * Set on a reversal that was taken for a conversion without an amount, or with less than it takes back: a sale of the click, or a row of
   * the same key, that is the whole of it takes the reversal over.
   */
  readonly seeks?: 'sale' | 'row';
  /** Set on what a visitor's browser reports. It counts until a server says anything about the same conversion. */
  readonly browser?: true;
}

/** Limits that keep a key within DynamoDB's 1,024 bytes, however its letters are encoded. */
export const maximumEventLength = 64;
export const maximumTransactionIdBytes = 400;

/** Longer than any number of an order. Each claim of a history keeps its own. */
export const maximumOrderBytes = 100;

const hourMilliseconds = 60 * 60 * 1000;

const dayMilliseconds = 24 * hourMilliseconds;

/**
 * Returns the time at which a claim counts, in milliseconds since 1970. A reversal dated by a day follows the sales of that day: it counts
 * at the end of the day, or at its receipt where that is earlier.
 */
export function countsAt({ eventTime, wholeDay, receivedAt }: Claim): number {
  return wholeDay === true ? Math.max(eventTime, Math.min(receivedAt, eventTime + dayMilliseconds - 1)) : eventTime;
}

/** The hour of a time in milliseconds since 1970, in whole hours. */
export const wholeHour = (milliseconds: number): number => Math.floor(milliseconds / hourMilliseconds);

/**
 * The order in which claims count. Event time decides. Networks send the time of the sale with every later word about it: claims of one
 * moment follow the hour of their receipt, then the rows of their batch, else a rule made of their content alone, so that the order in
 * which they are judged never changes where a conversion ends.
 */
export function compareClaims(left: Claim, right: Claim): number {
  return (
    countsAt(left) - countsAt(right) ||
    wholeHour(left.receivedAt) - wholeHour(right.receivedAt) ||
    compareText(left.sequence?.batch ?? '', right.sequence?.batch ?? '') ||
    (left.sequence?.row ?? 0) - (right.sequence?.row ?? 0) ||
    placeInLife(left) - placeInLife(right) ||
    compareDecimals(left.amount, right.amount) ||
    compareText(left.currency ?? '', right.currency ?? '') ||
    compareText(left.mode, right.mode) ||
    compareText(JSON.stringify(left.fallback), JSON.stringify(right.fallback)) ||
    compareText(detailsOf(left), detailsOf(right)) ||
    left.receivedAt - right.receivedAt ||
    compareText(left.requestId, right.requestId)
  );
}

/** The amount of a claim in a currency that it does not name: 5000 smallest units are 5000 JPY and 50 USD. */
export function amountIn(claim: Claim, currency: Currency | undefined): Amount | undefined {
  const { amount, minorDigits, homeCurrency, fallback } = claim;
  if (amount === undefined || minorDigits === undefined || currency === undefined) return amount;
  if (currency === (homeCurrency ?? fallback.currency)) return amount;
  return movePoint(amount, minorDigits - minorDigitsOf(currency));
}

/** The claim with its amount in that currency. */
export function inCurrency(claim: Claim, currency: Currency | undefined): Claim {
  const amount = amountIn(claim, currency);
  return amount === undefined || amount === claim.amount ? claim : { ...claim, amount };
}

/** Whether a claim says what became of a sale, and not what was sold: a rejection, or an approval without an amount and a payout. */
export function isStatusAlone({ status, amount, payout }: StatusSaid): boolean {
  return status === 'rejected' || (status === 'approved' && amount === undefined && payout === undefined);
}

interface StatusSaid {
  readonly status?: string | undefined;
  readonly amount?: Amount | undefined;
  /** The payout of the event or the campaign. */
  readonly payout?: Amount | undefined;
}

/** Whether a claim names 0 for what is on hold or rejected, as most networks do: it says nothing about the payout of the sale. */
export function isZeroOnHold({ amount, status, fallback }: Claim): boolean {
  const said = status ?? fallback.status;
  return amount !== undefined && compareAmounts(amount, zero) === 0 && (said === 'pending' || said === 'rejected');
}

const lifeOrder: Readonly<Record<ConversionStatus, number>> = { pending: 0, approved: 1, rejected: 2, reversed: 3 };

/** The rest of what decides the effect of a claim. A retry has another request ID, and the same content. */
function detailsOf(claim: Claim): string {
  const { homeCurrency, minorDigits, reversal, amountInAll, refundedInAll, reinstates, byEvent } = claim;
  return [homeCurrency, minorDigits, reversal, amountInAll, refundedInAll, reinstates, byEvent].join(' ');
}

function placeInLife({ status, fallback, reversal }: Claim): number {
  return lifeOrder[status ?? (reversal === undefined ? fallback.status : 'reversed')];
}

function compareDecimals(left: Amount | undefined, right: Amount | undefined): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  return compareAmounts(left, right);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
