import type { Claim } from '../request/claim';
import { addAmounts, zero, type Amount } from '../values/amount';
import type { Currency } from '../values/currency';
import type { ConversionStatus } from '../values/status';
import type { KeyCurrency } from './key-currency';

/**
 * The effect of one claim: `part` is a partial reversal, `currency` an amount in another currency than it would be added to, `too-much` an
 * amount beyond the largest sum.
 */
export type ClaimEffect =
  'created' | 'applied' | 'part' | 'filled' | 'none' | 'conflict' | 'refused' | 'currency' | 'too-much';

/** Without a currency, that of the key applies, once a claim names one. */
export interface KnownMoney {
  readonly amount: Amount;
  readonly currency?: Currency | undefined;
}

/** The amount that was sent or that the payout gives, before corrections. */
export interface SalePrice extends KnownMoney {
  readonly named: boolean;
}

/** The state after a history. Plain data: a long history is continued from the state of its settled part. */
export interface FoldState extends KeyCurrency {
  /** Absent while only reversals have been seen. */
  readonly status?: ConversionStatus;
  /** Whether it was approved at some time: a reversal then has had its sale. */
  readonly sold: boolean;
  readonly price?: SalePrice;
  /** The sum of corrections and partial reversals, in the currency of the price. */
  readonly corrections?: KnownMoney;
  /**
   * What reversals took back: the sum of those that name a part, and the largest sum so far that one named. A sender may report a refund in
   * both ways: the larger of the two is what was taken back.
   */
  readonly takenByParts?: Amount;
  readonly takenInAll?: Amount;
  /** In the mode `increment`: the rest of a sum on hold after an approval that named a part. Further approvals take from it first. */
  readonly unapproved?: Amount;
  /** Reversals that wait for their sale, in order. */
  readonly waiting: readonly Claim[];
}

/** The state after a claim, and what the claim did. */
export type FoldStep = readonly [FoldState, ClaimEffect];

export const nothing: FoldState = { sold: false, waiting: [] };

/** Returns the amount that is payable and shown: the price with its corrections; absent where no amount is known. */
export function amountOf({ price, corrections }: FoldState): Amount | undefined {
  if (corrections === undefined) return price?.amount;
  return addAmounts(price?.amount ?? zero, corrections.amount);
}

export function currencyOf({ price, corrections, keyCurrency }: FoldState): Currency | undefined {
  return (price ?? corrections)?.currency ?? keyCurrency;
}

/** Whether an amount is in another currency than what it would be added to. */
export function isOther({ keyCurrency }: FoldState, money: KnownMoney, currency: Currency | undefined): boolean {
  return (money.currency ?? keyCurrency) !== (currency ?? keyCurrency);
}
