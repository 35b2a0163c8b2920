import type { Claim } from '../request/claim';
import type { Currency } from '../values/currency';

/** The currency of a key's amounts that name none, and what may still decide it. */
export interface KeyCurrency {
  readonly keyCurrency?: Currency | undefined;
  /**
   * Set until the currency is decided: no claim had an amount or a currency yet, or the first amount had none and its integration had
   * none. `keyCurrency` is then the one of the integration when the key was made, if it had one.
   */
  readonly currencyAwaits?: 'amount' | 'name' | undefined;
}

/**
 * The currency of amounts that name none: what the earliest claim with an amount or a currency is in, by its own word or by the integration
 * then. Once it is decided, claims that count after the settled ones never change it.
 * @param before where the settled part of a long history has left it
 * @param order the claims after that, in the order in which they count
 */
export function keyCurrencyAfter(before: KeyCurrency, order: readonly Claim[]): KeyCurrency {
  const { keyCurrency, currencyAwaits: awaited } = before;
  const [earliest] = order;
  if (earliest === undefined || isDecided(before)) return before;
  const first = awaited === 'name' ? undefined : order.find(isMoney);
  const decided = first?.currency ?? first?.homeCurrency ?? order.find(namesCurrency)?.currency;
  if (decided !== undefined) return { keyCurrency: decided };
  return {
    keyCurrency: awaited === undefined ? earliest.homeCurrency : keyCurrency,
    currencyAwaits: awaited === 'name' || first !== undefined ? 'name' : 'amount',
  };
}

/**
 * The claims that the currency rests on. Any other claim may go without a change of it, whatever arrives later: each of these is the
 * earliest of its kind, and an arrival can only come before it or after it.
 */
export function claimsOfCurrency(before: KeyCurrency, order: readonly Claim[]): readonly Claim[] {
  if (isDecided(before)) return [];
  return [order[0], order.find(isMoney), order.find(namesCurrency)].filter((claim) => claim !== undefined);
}

const isDecided = ({ keyCurrency, currencyAwaits }: KeyCurrency): boolean =>
  keyCurrency !== undefined && currencyAwaits === undefined;

const isMoney = ({ amount, currency }: Claim): boolean => amount !== undefined || currency !== undefined;

const namesCurrency = ({ currency }: Claim): boolean => currency !== undefined;
