import { compareAmounts, zero } from '../values/amount';
import { amountIn, type Claim } from '../request/claim';
import type { Conversion, ConversionSubject, HistoryEntry } from './conversion';
import { hasRowsOfItsOwn } from '../values/duplicate-mode';
import { isSameText } from '../trust/statement';
import { foldClaims, meets } from './fold';
import { approvedOf, hasMoney, isOfCurrency, isOfKey, likeliest, onlyMeant, overOf, withMoney } from './likeliest';

/** Whether a row holds nothing but reversals whose sale has not arrived. */
export function isWaiting({ history, settled }: Conversion): boolean {
  return foldClaims(history, settled).state.status === undefined;
}

/** Whether a note says that the sale of a reversal may still come: the reversal waits, or was taken for another sale meanwhile. */
export function awaitsSale(code: string): boolean {
  return code === 'REVERSAL_WITHOUT_SALE' || code === 'REVERSAL_OF_ONLY_SALE';
}

/** The conversion of another integration that a reversal names, where the sender has none of that transaction. */
export function findOthers(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  if (subject.transactionId === undefined) return undefined;
  const named = conversions.filter(
    (one) =>
      one.transactionId === subject.transactionId &&
      !isWaiting(one) &&
      (claim.anyEvent === true || one.event === subject.event),
  );
  return named.some((one) => isOfSender(one, subject)) ? undefined : named.find((one) => one.test === subject.test);
}

/** A reversal with the conversion that it is taken for. */
interface Taken {
  readonly by: Conversion;
  readonly entry: Claim;
}

/** A reversal in the history of the conversion that it was applied to. */
export interface Held extends Taken {
  readonly entry: HistoryEntry;
}

/** Finds the conversion that already holds the same reversal: of two, the one that it was taken for while its own sale was not known. */
export function findHeld(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Held | undefined {
  const held = conversions
    .flatMap((by) => by.history.filter((entry) => isSameStatement(entry, claim)).map((entry): Held => ({ by, entry })))
    .filter(({ by }) => isSaleOf(by, subject));
  return held.find(({ entry }) => entry.ofTransaction !== undefined) ?? held[0];
}

/**
 * The conversion of a click that a reversal is about: the one that it names, else the only one that it can mean. `undefined` where there
 * is none, or more than one.
 */
export function findReversed(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Conversion | undefined {
  const ofEvent = conversions.filter(
    (one) =>
      isSaleOf(one, subject) &&
      (claim.anyEvent === true || one.event === subject.event || one.event === claim.sentEvent),
  );
  const isUnnamed = subject.transactionId === undefined;
  const named = isUnnamed ? [] : ofEvent.filter(({ transactionId }) => transactionId === subject.transactionId);
  // Payments of one order are one thing, as renewals of one key are.
  const ofOrder = ofEvent.filter((one) => isOfOrder(one, claim));
  if (named.length === 0 && ofOrder.length > 0) return likeliest(withMoney(ofOrder), claim);
  const meant = named.length > 0 ? named : ofEvent.filter((one) => !isOfOtherOrder(one, claim));
  const over = overOf(meant, claim);
  if (over !== undefined) return over;
  const ofKey = meant.filter(
    ({ event, transactionId }) => event === subject.event && transactionId === subject.transactionId,
  );
  // A reversal that names no event happens to have the key of conversions without one.
  const isKeyMeant = claim.anyEvent !== true || ofKey.some(hasMoney) || !meant.some(hasMoney);
  if (ofKey.length > 0 && isKeyMeant) return likeliest(withMoney(ofKey), claim);
  const candidates = withMoney(meant);
  return onlyMeant(isUnnamed || named.length > 0 ? approvedOf(candidates) : candidates, claim);
}

/**
 * The reversals among a click's conversions that have waited for a sale.
 * @param row the conversion that the sale has come to
 */
export function findWaitingReversals(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  sale: Claim,
  row: Conversion,
): readonly Conversion[] {
  return conversions.filter((one) => {
    const [reversal] = one.history;
    if (reversal === undefined || one.metBy !== undefined || !isOfSender(one, subject) || !isWaiting(one)) return false;
    const isOfEvent = (event: string): boolean => reversal.anyEvent === true || event === one.event;
    if (!isOfEvent(subject.event) || !one.history.some((entry) => meets(entry, sale))) return false;
    if (isOfOrder(row, reversal)) return true;
    if (isOfOtherOrder(row, reversal)) return false;
    const others = conversions.filter(
      (other) =>
        other.conversionKey !== row.conversionKey &&
        isSaleOf(other, subject) &&
        isOfEvent(other.event) &&
        !isOfOtherOrder(other, reversal) &&
        (hasMoney(other) || !hasMoney(row)),
    );
    if (one.transactionId === undefined) return others.every(({ status }) => status !== 'approved');
    return one.transactionId === subject.transactionId || others.length === 0;
  });
}

/**
 * The reversals that were taken for another conversion of the click until this sale came: it is the one that they name, or the one that
 * has what they take back.
 * @param row the conversion that the sale has come to
 */
export function findGuessed(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  sale: Claim,
  row: Conversion,
): readonly Held[] {
  return conversions
    .filter((by) => isSaleOf(by, subject) && by.conversionKey !== row.conversionKey)
    .flatMap((by) => by.history.map((entry): Held => ({ by, entry })))
    .filter(
      (held) => held.entry.reversal !== undefined && isRatherOf(conversions, held, row) && meets(held.entry, sale),
    );
}

/** The sale that a reversal is about, where the reversal was taken for another one before: the sale did not see it when it came. */
export function findOwnSale(conversions: readonly Conversion[], held: Taken): Conversion | undefined {
  const { by, entry } = held;
  const sales = conversions.filter((one) => {
    const first = one.history.find(({ reversal }) => reversal === undefined);
    return isOfSender(one, by) && first !== undefined && meets(entry, first);
  });
  const named = sales.filter((one) => isNamedBy(held, one));
  if (named.length > 0) return onlyMeant(approvedOf(withMoney(named)), entry);
  return onlyMeant(
    sales.filter((one) => isRatherOf(conversions, held, one)),
    entry,
  );
}

/**
 * A reversal as a sale takes it: where the sale is another one than the reversal names, or may be, that stays known.
 * @param named the transaction that the reversal names
 */
export function takenBy(
  { ofTransaction: _before, seeks: _sought, ...reversal }: Claim,
  named: string | undefined,
  sale: Pick<Conversion, 'transactionId' | 'amount' | 'currency' | 'history'>,
): Claim {
  const isKeyNamed = named === sale.transactionId && (named !== undefined || reversal.anyEvent !== true);
  const isNamed = isKeyNamed || isOfOrder(sale, reversal);
  const mayBeOther = !isWholeOf(sale, reversal) && (!isNamed || hasRowsOfItsOwn(reversal.mode, sale));
  return {
    ...reversal,
    ...(named !== undefined && !isNamed && { ofTransaction: named }),
    ...(mayBeOther && { seeks: isNamed ? ('row' as const) : ('sale' as const) }),
  };
}

/** The transaction that a reversal names; `undefined` where it names none. */
export function namedIn({ by, entry }: Held): string | undefined {
  return entry.ofTransaction ?? (entry.seeks === 'sale' ? undefined : by.transactionId);
}

/** Whether a reversal that another conversion holds names a sale: by its transaction, or by an order that the other one is not of. */
export function isNamedBy({ by, entry }: Taken, sale: Conversion): boolean {
  if (entry.ofTransaction === undefined || !isOfEvent(entry, by, sale)) return false;
  return sale.transactionId === entry.ofTransaction || (isOfOrder(sale, entry) && !isOfOrder(by, entry));
}

/** Whether a reversal that one conversion holds is about another one. */
function isRatherOf(conversions: readonly Conversion[], held: Taken, sale: Conversion): boolean {
  const { by, entry } = held;
  if (isNamedBy(held, sale)) return true;
  if (isWholeOf(by, entry) || sale.status !== 'approved' || !hasMoney(sale) || isOfOtherOrder(sale, entry))
    return false;
  // An amount that is less than what is taken back is a mistake as well: only the very amount says more.
  if (hasMoney(by) && (sale.amount !== amountIn(entry, sale.currency) || !isOfCurrency(sale, entry))) return false;
  if (isOfKey(by, sale)) return true;
  return entry.seeks === 'sale' && isOfEvent(entry, by, sale) && !mayMeanThird(conversions, held, sale);
}

/** Whether a reversal may as well mean another conversion with money: of those that name no transaction, one that is approved. */
function mayMeanThird(conversions: readonly Conversion[], { by, entry }: Taken, sale: Conversion): boolean {
  return conversions.some(
    (one) =>
      !isOfKey(one, by) &&
      one.conversionKey !== sale.conversionKey &&
      isSaleOf(one, by) &&
      hasMoney(one) &&
      isOfEvent(entry, by, one) &&
      !isOfOtherOrder(one, entry) &&
      (entry.ofTransaction !== undefined || one.status === 'approved'),
  );
}

const isOfEvent = (entry: Claim, by: Conversion, { event }: Conversion): boolean =>
  entry.anyEvent === true || by.event === event;

/** Whether a claim of the conversion names the order that a reversal names. */
function isOfOrder({ history }: Pick<Conversion, 'history'>, { order }: Claim): boolean {
  return order !== undefined && history.some((entry) => entry.reversal === undefined && entry.order === order);
}

function isOfOtherOrder(sale: Pick<Conversion, 'history'>, reversal: Claim): boolean {
  const hasOrder = sale.history.some((entry) => entry.reversal === undefined && entry.order !== undefined);
  return reversal.order !== undefined && hasOrder && !isOfOrder(sale, reversal);
}

/** Whether a conversion has all that a reversal takes back: none does where it has no amount. */
function isWholeOf(sale: Pick<Conversion, 'amount' | 'currency'>, reversal: Claim): boolean {
  if (!hasMoney(sale)) return false;
  const amount = amountIn(reversal, sale.currency);
  const { amountInAll } = reversal;
  if (amount === undefined || amountInAll === true) return true;
  return !isOfCurrency(sale, reversal) || compareAmounts(sale.amount ?? zero, amount) >= 0;
}

type Sender = Pick<Conversion, 'test' | 'integration'>;

export function isOfSender(one: Conversion, { test, integration }: Sender): boolean {
  return one.test === test && one.integration === integration;
}

/** Whether a conversion is a sale of the sender, and no row of reversals that wait for theirs. */
export function isSaleOf(one: Conversion, sender: Sender): boolean {
  return isOfSender(one, sender) && !isWaiting(one);
}

export function isSameStatement(entry: Claim, claim: Claim): boolean {
  return entry.requestId === claim.requestId || isSameText(entry.statement, claim.statement);
}
