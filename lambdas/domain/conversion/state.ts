import type { ConversionState } from './payable';
import { amountOf, currencyOf, type FoldState } from './fold-state';

/** Returns the visible state of a fold. A reversal that waits for its sale is shown with the status that it requests. */
export function stateOf(state: FoldState): ConversionState {
  const [amount, currency] = [amountOf(state), currencyOf(state)];
  return {
    status: state.status ?? state.waiting.at(-1)?.status ?? 'reversed',
    ...(amount !== undefined && { amount }),
    ...(currency !== undefined && { currency }),
    amountNamed: state.price?.named === true || (state.price === undefined && state.corrections !== undefined),
  };
}

export function isSameState(left: ConversionState, right: ConversionState): boolean {
  return (
    left.status === right.status &&
    left.amount === right.amount &&
    left.currency === right.currency &&
    left.amountNamed === right.amountNamed
  );
}
