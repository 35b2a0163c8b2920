import { compareAmounts, zero } from './amount';
import type { Claim } from './claim';
import { conversionKeyOf, type Conversion, type ConversionSubject, type HistoryEntry } from './conversion';
import { foldClaims, meets } from './fold';

/** Whether a row holds nothing but reversals whose sale has not arrived. */
export function isWaiting({ history, settled }: Conversion): boolean {
  return foldClaims(history, settled).state.status === undefined;
}

/** Whether a note says that the sale of a reversal may still come: the reversal waits, or was taken for another sale meanwhile. */
export function awaitsSale(code: string): boolean {
  return code === 'REVERSAL_WITHOUT_SALE' || code === 'REVERSAL_OF_ONLY_SALE';
}

/** A reversal in the history of the conversion that it was applied to. */
export interface Held {
  readonly by: Conversion;
  readonly entry: HistoryEntry;
}

/** Where the same reversal is held already. */
export function findHeld(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
): Held | undefined {
  for (const by of conversions) {
    const entry = isSaleOf(by, subject) ? by.history.find((one) => isSameStatement(one, claim)) : undefined;
    if (entry !== undefined) return { by, entry };
  }
  return undefined;
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
  const sales = conversions.filter((one) => isSaleOf(one, subject));
  const ofKey = sales.filter(
    ({ event, transactionId }) => event === subject.event && transactionId === subject.transactionId,
  );
  if (ofKey.length > 0) return likeliest(ofKey, claim);
  const ofEvent = sales.filter(({ event }) => claim.anyEvent === true || event === subject.event);
  if (subject.transactionId === undefined) return onlyMeant(approvedOf(withMoney(ofEvent)), claim);
  const named = ofEvent.filter(({ transactionId }) => transactionId === subject.transactionId);
  return onlyMeant(named.length > 0 ? approvedOf(withMoney(named)) : withMoney(ofEvent), claim);
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
  const key = conversionKeyOf(subject);
  return conversions.filter((one) => {
    const [reversal] = one.history;
    if (reversal === undefined || one.metBy !== undefined || !isOfSender(one, subject) || !isWaiting(one)) return false;
    const isOfEvent = (event: string): boolean => reversal.anyEvent === true || event === one.event;
    if (!isOfEvent(subject.event) || !meets(reversal, sale)) return false;
    const others = conversions.filter(
      (other) =>
        other.conversionKey !== key &&
        isSaleOf(other, subject) &&
        isOfEvent(other.event) &&
        (hasMoney(other) || !hasMoney(row)),
    );
    if (one.transactionId === undefined) return others.every(({ status }) => status !== 'approved');
    return one.transactionId === subject.transactionId || others.length === 0;
  });
}

/** The reversals that were taken for another conversion of the click until this sale came, which is the one that they name. */
export function findGuessed(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  sale: Claim,
): readonly Held[] {
  if (subject.transactionId === undefined) return [];
  return conversions
    .filter((by) => isSaleOf(by, subject) && by.transactionId !== subject.transactionId)
    .flatMap((by) => by.history.map((entry): Held => ({ by, entry })))
    .filter(
      ({ by, entry }) =>
        entry.ofTransaction === subject.transactionId &&
        (entry.anyEvent === true || by.event === subject.event) &&
        meets(entry, sale),
    );
}

/** The sale that a reversal names, where the reversal was taken for another one before. */
export function findOwnSale(conversions: readonly Conversion[], { by, entry }: Held): Conversion | undefined {
  if (entry.ofTransaction === undefined) return undefined;
  const named = conversions.filter(
    (one) =>
      isSaleOf(one, by) &&
      one.transactionId === entry.ofTransaction &&
      (entry.anyEvent === true || one.event === by.event),
  );
  return onlyMeant(approvedOf(withMoney(named)), entry);
}

/** A reversal as a sale takes it: where the sale is another one than the reversal names, that stays known. */
export function takenBy(
  { ofTransaction: _before, ...reversal }: Claim,
  named: string | undefined,
  { transactionId }: Pick<Conversion, 'transactionId'>,
): Claim {
  return named === undefined || named === transactionId ? reversal : { ...reversal, ofTransaction: named };
}

type Sender = Pick<Conversion, 'test' | 'integration'>;

export function isOfSender(one: Conversion, { test, integration }: Sender): boolean {
  return one.test === test && one.integration === integration;
}

function isSaleOf(one: Conversion, sender: Sender): boolean {
  return isOfSender(one, sender) && !isWaiting(one);
}

/**
 * Of the row of a key and those that count separately, the first that is approved and has the amount that is taken back, else one that has
 * as much, else any: each renewal is refunded once.
 */
function likeliest(rows: readonly Conversion[], { amount, currency }: Claim): Conversion | undefined {
  const meant = approvedOf(rows);
  if (amount === undefined) return meant[0];
  const comparisons = meant
    .filter((row) => row.amount !== undefined && (currency === undefined || row.currency === currency))
    .map((row) => [row, compareAmounts(row.amount ?? zero, amount)] as const);
  const [found = meant[0]] =
    comparisons.find(([, difference]) => difference === 0) ??
    comparisons.find(([, difference]) => difference > 0) ??
    [];
  return found;
}

/** A registration without an amount is not meant where another conversion has money to take back. */
function withMoney(candidates: readonly Conversion[]): readonly Conversion[] {
  const withSome = candidates.filter(hasMoney);
  return withSome.length > 0 ? withSome : candidates;
}

const hasMoney = ({ amount }: Conversion): boolean => amount !== undefined && compareAmounts(amount, zero) !== 0;

/** Of several only one that is approved can be meant. */
function approvedOf(candidates: readonly Conversion[]): readonly Conversion[] {
  const approved = candidates.filter(({ status }) => status === 'approved');
  return approved.length > 0 ? approved : candidates;
}

/** Renewals that count separately under one key are one thing, of which a reversal takes the likeliest. */
function onlyMeant(candidates: readonly Conversion[], reversal: Claim): Conversion | undefined {
  const [first] = candidates;
  const isOfKey = ({ event, transactionId }: Conversion): boolean =>
    event === first?.event && transactionId === first.transactionId;
  return candidates.every(isOfKey) ? likeliest(candidates, reversal) : undefined;
}

export function isSameStatement(entry: Claim, claim: Claim): boolean {
  return entry.requestId === claim.requestId || (claim.statement !== '' && entry.statement === claim.statement);
}
