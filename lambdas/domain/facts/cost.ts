import { millionthsOf, readAmount } from '../values/amount';

/** The cost of a click, as a report may add it up. */
export interface ClickCost {
  readonly cost: bigint | null;
  readonly cost_currency: string | null;
  readonly cost_unreadable: boolean;
}

const none: ClickCost = { cost: null, cost_currency: null, cost_unreadable: false };

/**
 * Reads the cost that a traffic source named: a decimal with a point, and nothing else. `0,05` and `$1` are neither 0 nor 5, but
 * unreadable.
 * @param currency what the source's document says that its costs are in
 */
export function readCost(text: string | undefined, currency: string | undefined): ClickCost {
  if (text === undefined || text.trim() === '') return none;
  const reading = readAmount(text, { negative: false });
  if (!reading.ok) return { ...none, cost_unreadable: true };
  return { cost: millionthsOf(reading.amount), cost_currency: currency ?? null, cost_unreadable: false };
}
