import { applyClaim, likeItsFirst, withoutEntries, type Applied } from './apply';
import { isReportedOnly, overReports, settleReport } from './browser-report';
import { findChangedRow } from './changed-row';
import type { Claim } from '../request/claim';
import { conversionKeyOf, type Conversion, type ConversionSubject } from './conversion';
import { findUnderOtherKey } from './other-key';
import { findFirstPayment, findRejected } from './renewals';
import { isSameState } from './state';
import { findAgain, findChanged } from './status-alone';
import {
  findGuessed,
  findHeld,
  findOthers,
  findOwnSale,
  findReversed,
  findWaitingReversals,
  isNamedBy,
  isSameStatement,
  isWaiting,
  namedIn,
  takenBy,
  type Held,
} from './reversal';

type Settled = Omit<Applied, 'next' | 'repeat'> & {
  readonly outcome: 'settled';
  readonly writes: readonly Conversion[];
  /** Only a browser had reported the conversion before. */
  readonly confirms?: true;
};

/** The effect of a claim on the conversions of its click, with the rows to be written together. */
export type Settlement =
  | Settled
  /** The key is not known, and this claim may not create it. */
  | { readonly outcome: 'not-known' }
  /** Another integration recorded the key. */
  | { readonly outcome: 'other-integration'; readonly conversion: Conversion };

/**
 * Settles a claim about the row of its key alone: all that most claims need.
 * @param mayCreate whether the claim may be the first of its key
 */
export function settleByKey(
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  if (claim.browser === true) return settleReport(existing, subject, claim, mayCreate);
  if (existing !== undefined && isReportedOnly(existing)) {
    const settled = settleByKey(undefined, subject, claim, mayCreate);
    return settled.outcome === 'settled' ? overReports(settled, [existing]) : settled;
  }
  if (existing !== undefined && existing.integration !== subject.integration) {
    return { outcome: 'other-integration', conversion: existing };
  }
  // After another conversion met the reversals that waited under this key, the present claim is its first.
  const isSpent = existing?.metBy !== undefined && !existing.history.some((entry) => isSameStatement(entry, claim));
  const known = isSpent ? undefined : existing;
  if (known === undefined && !mayCreate) return { outcome: 'not-known' };
  const settled = settleRow(known, subject, claim);
  if (!isSpent) return settled;
  const conversion = { ...settled.conversion, version: existing.version + 1 };
  return { ...settled, conversion, writes: [conversion] };
}

function settleRow(row: Conversion | undefined, subject: ConversionSubject, claim: Claim): Settled {
  const { next, repeat, ...applied } = applyClaim(row, subject, claim);
  return { ...applied, outcome: 'settled', writes: [next, repeat].filter((one) => one !== undefined) };
}

/**
 * Settles a claim among all conversions of its click: a reversal that looks for its sale, a sale that reversals wait for, a retry
 * whose first sending was recorded under another key, or a rejection of one of several renewals.
 */
export function settleAmong(
  conversions: readonly Conversion[],
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const key = conversionKeyOf(subject);
  const existing = conversions.find(({ conversionKey }) => conversionKey === key);
  if (claim.browser === true) return settleReport(existing, subject, claim, mayCreate);
  const reports = conversions.filter(isReportedOnly);
  if (reports.length > 0) {
    const others = conversions.filter((one) => !reports.includes(one));
    const settled = settleAmong(others, subject, claim, mayCreate);
    return settled.outcome === 'settled' ? overReports(settled, reports) : settled;
  }
  const held = claim.reversal === undefined ? undefined : findHeld(conversions, subject, claim);
  const retried = held === undefined ? findUnderOtherKey(conversions, subject, claim) : undefined;
  if (retried !== undefined) return settleRow(retried, retried, claim);
  const meant =
    findAgain(conversions, subject, claim) ??
    findRejected(conversions, subject, claim) ??
    findChanged(conversions, subject, claim);
  if (meant !== undefined) return settleRow(meant, meant, claim);
  const row = findChangedRow(conversions, subject, claim);
  if (row !== undefined) return settleSale(conversions, row, row, claim, mayCreate);
  const firstPayment = mayCreate ? undefined : findFirstPayment(conversions, subject, claim);
  if (firstPayment !== undefined) {
    return settleSale(conversions, existing, likeItsFirst(subject, firstPayment), claim, true);
  }
  return claim.reversal === undefined
    ? settleSale(conversions, existing, subject, claim, mayCreate)
    : settleReversal(conversions, held, existing, subject, claim, mayCreate);
}

function settleReversal(
  conversions: readonly Conversion[],
  held: Held | undefined,
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const others = held === undefined ? findOthers(conversions, subject, claim) : undefined;
  if (others !== undefined) return { outcome: 'other-integration', conversion: others };
  const own = held && findOwnSale(conversions, held);
  const handed = held && own && handOver(held, own, claim);
  if (handed !== undefined) return handed;
  // Where it may mean several, it can only wait under its own key: a conversion that has this key takes it until then.
  const ofKey = existing === undefined || isWaiting(existing) ? undefined : existing;
  const found = held === undefined ? findReversed(conversions, subject, claim) : held.by;
  const guessed = found && { by: found, entry: takenBy(claim, subject.transactionId, found) };
  const likelier = held === undefined && guessed ? findOwnSale(conversions, guessed) : undefined;
  const reversed = likelier ?? found ?? ofKey;
  if (reversed === undefined || reversed.integration !== subject.integration)
    return settleByKey(existing, subject, claim, mayCreate);
  const settled = settleRow(reversed, reversed, takenBy(claim, subject.transactionId, reversed));
  const waitsHere = existing?.history.some(({ requestId }) => requestId === claim.requestId) === true;
  if (!waitsHere || existing.metBy !== undefined || !isWaiting(existing)) return settled;
  const waited = existing.history.map((entry) => takenBy(entry, subject.transactionId, reversed));
  const taken = takeIn(settled.conversion, waited);
  if (taken === undefined) return settleByKey(existing, subject, claim, mayCreate);
  const conversion = { ...taken, version: reversed.version + 1, changedAt: claim.receivedAt };
  return { ...settled, conversion, writes: [conversion, metBy(existing, reversed, claim)] };
}

/** A sale with the reversals that are about it, before it is written. `undefined` where one of them would wait there, and too many do. */
function takeIn(sale: Conversion, reversals: readonly Claim[]): Conversion | undefined {
  let conversion = sale;
  for (const reversal of reversals) {
    const applied = applyClaim(conversion, sale, reversal);
    if (applied.reason === 'REVERSAL_REFUSED') return undefined;
    conversion = applied.next ?? conversion;
  }
  return conversion;
}

/** Whether a reversal would take nothing from the sale that it moves to, and does not name it: it stays where it took something. */
function endsNowhere(held: Held, sale: Conversion, taken: Conversion): boolean {
  return isSameState(sale, taken) && !isNamedBy(held, sale);
}

/** Takes a reversal from the conversion that it was taken for, and applies it to the sale that it is about. */
function handOver(held: Held, own: Conversion, { receivedAt }: Claim): Settlement | undefined {
  const { by, entry } = held;
  const settled = settleRow(own, own, takenBy(entry, namedIn(held), own));
  if (endsNowhere(held, own, settled.conversion)) return undefined;
  const taken = settled.writes.map((row) => ({ ...row, changedAt: receivedAt }));
  return {
    ...settled,
    conversion: taken[0] ?? own,
    writes: [...taken, withoutEntries(by, [entry], receivedAt)],
  };
}

function settleSale(
  conversions: readonly Conversion[],
  existing: Conversion | undefined,
  subject: ConversionSubject,
  claim: Claim,
  mayCreate: boolean,
): Settlement {
  const settled = settleByKey(existing, subject, claim, mayCreate);
  if (settled.outcome !== 'settled') return settled;
  const { conversion: row, writes } = settled;
  const sale = writes.find(({ conversionKey }) => conversionKey === row.conversionKey) ?? begun(conversions, row);
  if (sale === undefined) return settled;
  // One that waits under the key of the sale is in its history already.
  const waiting = findWaitingReversals(conversions, subject, claim, row).filter((one) => one !== existing);
  const moved: Held[] = [];
  let written = sale;
  for (const held of findGuessed(conversions, subject, claim, row)) {
    const taken = takeIn(written, [takenBy(held.entry, namedIn(held), row)]);
    if (taken === undefined || endsNowhere(held, written, taken)) continue;
    moved.push(held);
    written = taken;
  }
  const former = withoutMoved(moved, writes, claim);
  const met: Conversion[] = [];
  for (const one of waiting.slice(0, metTogether)) {
    const reversals = one.history.map((entry) => takenBy(entry, one.transactionId, row));
    const taken = takeIn(written, reversals);
    if (taken !== undefined) met.push(metBy(one, taken, claim));
    written = taken ?? written;
  }
  if (former.length + met.length === 0) return settled;
  const { meetsMore: _before, ...rest } = written;
  // However many it took: it is one write after the row that was read.
  const conversion: Conversion = {
    ...rest,
    version: sale.version,
    changedAt: claim.receivedAt,
    ...(waiting.length > metTogether && { meetsMore: true }),
  };
  const changed = new Map([...writes, conversion, ...former, ...met].map((one) => [one.conversionKey, one]));
  return { ...settled, conversion, writes: [...changed.values()] };
}

/** The rows that guessed reversals were taken for, without them. */
function withoutMoved(guessed: readonly Held[], writes: readonly Conversion[], { receivedAt }: Claim): Conversion[] {
  return [...new Set(guessed.map(({ by }) => by))].map((by) => {
    const entries = guessed.filter((one) => one.by === by).map(({ entry }) => entry);
    const present = writes.find(({ conversionKey }) => conversionKey === by.conversionKey) ?? by;
    return { ...withoutEntries(present, entries, receivedAt), version: by.version + 1 };
  });
}

/** Rows whose reversals a sale meets in one write: DynamoDB takes 100 rows together. */
const metTogether = 80;

/** The row of a sale that more reversals wait for than one write took. */
function begun(conversions: readonly Conversion[], { conversionKey }: Conversion): Conversion | undefined {
  const row = conversions.find((one) => one.conversionKey === conversionKey && one.meetsMore === true);
  return row && { ...row, version: row.version + 1 };
}

/** A reversal that waited, once its sale holds it. */
function metBy(waiting: Conversion, sale: Conversion, { receivedAt }: Claim): Conversion {
  return { ...waiting, metBy: sale.conversionKey, version: waiting.version + 1, changedAt: receivedAt };
}
