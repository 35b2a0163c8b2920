import { absoluteAmount, addAmounts, compareAmounts, zero, type Amount } from '../values/amount';
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
  /** The part that was refunded so far of a sale, which counts as well. */
  readonly ofSale?: FieldValue;
  readonly warnings: readonly Warning[];
}

type Rules = Pick<MoneyRules, 'integration' | 'preset'>;

const nothing: Read<RefundReading> = read({ warnings: [] });

/** Reads the amount that a reversal takes back, where it has a name of its own. */
export function readRefund(values: FieldValues, rules: Rules): Read<RefundReading> {
  const { reversedInAll: named, namedRefunds: told, refunded = read(undefined) } = values;
  if (named !== undefined) return read({ amount: sumOf(named, rules).value, inAll: true, warnings: [] });
  const isGuessed = told?.warning !== undefined;
  const { value, amount: sum } = isGuessed ? sumOf(told.values, rules) : {};
  // The amount of one refund is at most the sum of all: a greater one is that of the order, also where the integration names it.
  const isSum = told?.isList === false && rules.integration.parameters?.amount === undefined;
  const isInAll = isSum || compareAmounts(priceOf(values, rules) ?? zero, sum ?? zero) > 0;
  if (isGuessed && sum !== undefined && isInAll) return read({ amount: value, inAll: true, warnings: [told.warning] });
  if (!refunded.ok) return refunded;
  return refunded.value === undefined
    ? nothing
    : read({ amount: refunded.value.value, warnings: [refunded.value.warning] });
}

/**
 * Reads a sale that names what was refunded of it so far. Where a mode adds repeats of a sale, or nothing is left of it, it is a reversal of what
 * went back in all.
 */
export function readRefundsOfSale(values: FieldValues, mode: DuplicateMode, rules: Rules): Read<RefundReading> {
  const { namedRefunds: told } = values;
  const price = priceOf(values, rules);
  if (told === undefined || (price !== undefined && compareAmounts(price, zero) <= 0)) return nothing;
  const { value, amount: sum } = sumOf(told.values, rules);
  const warnings = told.warning === undefined ? [] : [told.warning];
  if (sum === undefined) return told.warning === undefined ? read({ amount: value, warnings }) : nothing;
  const isReversal = rules.integration.reversals === 'whole' || (mode !== 'update' && mode !== 'ignore');
  if (isReversal || price === undefined || compareAmounts(sum, price) >= 0) {
    return read({ amount: value, inAll: true, takesBack: true, warnings });
  }
  return read({ ...(value && { ofSale: value }), warnings });
}

const priceOf = ({ amount }: FieldValues, rules: Rules): Amount | undefined => amount && numberOf(amount, rules);

/** Adds refunds up, with a minus or without; where one of them is no number, it is the value, and there is no sum. */
function sumOf(
  refunds: readonly FieldValue[],
  rules: Rules,
): { readonly value?: FieldValue; readonly amount?: Amount } {
  let [value] = refunds;
  let amount = zero;
  for (const refund of refunds) {
    const one = numberOf(refund, rules);
    if (one === undefined) return { value: refund };
    amount = addAmounts(amount, absoluteAmount(one));
    if (refunds.length > 1) value = { ...refund, text: amount, isNumber: true };
  }
  return { ...(value && { value }), amount };
}
