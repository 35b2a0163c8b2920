import { addAmounts, negateAmount, zero, type Amount } from '../values/amount';
import type { Currency } from '../values/currency';
import type { ConversionStatus } from '../values/status';

/** The state of a conversion after its history. */
export interface ConversionState {
  readonly status: ConversionStatus;
  /** Absent where no amount was named and no payout is configured: not known is not 0. */
  readonly amount?: Amount;
  readonly currency?: Currency;
  /** Whether a sender named the amount, or a payout replaces it. */
  readonly amountNamed: boolean;
}

/** Amounts by currency; `XXX` (ISO 4217: no currency) where none is known. Currencies without a change are absent. */
export type Deltas = Readonly<Record<string, Amount>>;

const noCurrency = 'XXX';

/** Returns the payable amount of a state: its amount where it is approved, else nothing. */
export function payableOf(state: ConversionState | undefined): Deltas {
  if (state?.status !== 'approved' || state.amount === undefined || state.amount === zero) return {};
  return { [state.currency ?? noCurrency]: state.amount };
}

/** By how much a change moves what is payable, in each currency. */
export function deltasBetween(before: ConversionState | undefined, after: ConversionState): Deltas {
  const from = Object.entries(payableOf(before)).map(([currency, amount]) => [currency, negateAmount(amount)] as const);
  return addDeltas(Object.fromEntries(from), payableOf(after));
}

export function addDeltas(...all: readonly Deltas[]): Deltas {
  const sums = new Map<string, Amount>();
  for (const deltas of all) {
    for (const [currency, amount] of Object.entries(deltas)) {
      sums.set(currency, addAmounts(sums.get(currency) ?? zero, amount));
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== zero));
}
