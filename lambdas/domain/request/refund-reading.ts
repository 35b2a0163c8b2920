import { absoluteAmount, addAmounts, compareAmounts, subtractAmounts, zero, type Amount } from '../values/amount';
import type { DuplicateMode } from '../values/duplicate-mode';
import { read, type Read } from '../values/rejection';
import type { Warning } from '../values/reasons';
import type { FieldValues } from './field-values';
import { numberOf, type MoneyRules } from './money-reading';
import type { FieldValue } from './parameter-index';

/** The meaning of a postback for the money that went back. */
export interface RefundReading {
  /** The amount that counts, where it is not the one by the usual names. */
  readonly amount?: FieldValue | undefined;
  /** Set where `amount` went back in all, and not by this postback alone. */
  readonly inAll?: true;
  /** Set on a sale that takes back what was refunded of it. */
  readonly takesBack?: true;
  readonly warnings: readonly Warning[];
}

type Rules = Pick<MoneyRules, 'integration' | 'preset'>;

const nothing: Read<RefundReading> = read({ warnings: [] });

/** Reads the amount that a reversal takes back, where it has a name of its own. */
export function readRefund(values: FieldValues, rules: Rules): Read<RefundReading> {
  const { reversedInAll: named, refundsTold: told, refunded = read(undefined) } = values;
  if (named !== undefined) return read({ amount: sumOf(named, rules).value, inAll: true, warnings: [] });
  if (!refunded.ok) return refunded;
  if (refunded.value !== undefined) {
    const { value, inAll, warning } = refunded.value;
    return read({ amount: value, ...(inAll && { inAll }), warnings: [warning] });
  }
  if (told?.warning === undefined) return nothing;
  const { value, amount: sum } = sumOf(told.values, rules);
  // The amount of one refund is at most the sum of all: a greater one is that of the order.
  const isOfOrder = sum !== undefined && compareAmounts(priceOf(values, rules) ?? zero, sum) > 0;
  return isOfOrder ? read({ amount: value, inAll: true, warnings: [told.warning] }) : nothing;
}

/**
 * Reads a sale that names what was refunded of it so far. In the mode `update` the rest of its amount replaces the former one; in any other,
 * and where nothing is left, it is a reversal of what went back in all.
 */
export function readRefundsOfSale(values: FieldValues, mode: DuplicateMode, rules: Rules): Read<RefundReading> {
  const { refundsTold: told, amount } = values;
  const price = priceOf(values, rules);
  if (told === undefined || (price !== undefined && compareAmounts(price, zero) <= 0)) return nothing;
  const { value, amount: sum } = sumOf(told.values, rules);
  const warnings = told.warning === undefined ? [] : [told.warning];
  if (sum === undefined) return told.warning === undefined ? read({ amount: value, warnings }) : nothing;
  const isReversal = rules.integration.reversals === 'whole' || mode !== 'update';
  if (isReversal || amount === undefined || price === undefined || compareAmounts(sum, price) >= 0) {
    return read({ amount: value, inAll: true, takesBack: true, warnings });
  }
  const rest = subtractAmounts(price, sum);
  const message = `${price} came, of which ${sum} was refunded: ${rest} counts. Set reversals of the integration to "whole" to reverse everything.`;
  return read({
    amount: { parameter: amount.parameter, text: rest, isNumber: true },
    warnings: [...warnings, { code: 'PARTIAL_REVERSAL', message }],
  });
}

const priceOf = ({ amount }: FieldValues, rules: Rules): Amount | undefined => amount && numberOf(amount, rules);

/** Adds refunds up, with a minus or without; the value of one that is no number has no sum. */
function sumOf(
  refunds: readonly FieldValue[],
  rules: Rules,
): { readonly value: FieldValue | undefined; readonly amount?: Amount } {
  const [first] = refunds;
  let sum = zero;
  for (const refund of refunds) {
    const amount = numberOf(refund, rules);
    if (amount === undefined) return { value: refund };
    sum = addAmounts(sum, absoluteAmount(amount));
  }
  if (first === undefined) return { value: undefined };
  const added = { parameter: first.parameter, text: sum, isNumber: true as const };
  return { value: refunds.length === 1 ? first : added, amount: sum };
}
