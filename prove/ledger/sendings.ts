import { readAmount, type Amount } from '../../lambdas/domain/values/amount';
import type { Claim } from '../../lambdas/domain/request/claim';
import { readCurrency, type Currency } from '../../lambdas/domain/values/currency';
import { conversionStatuses } from '../../lambdas/domain/values/status';
import { mintRequestId, readRequestId } from '../../lambdas/domain/values/request-id';
import { isKept, requestIdsOf, verdictsOf, type LedgerPostback } from './ledger';

/** Sendings of one statement about the same time: at most one of them counts, the first that came in. */
export interface StatementSendings {
  readonly postbacks: readonly LedgerPostback[];
  /** Whether an answer said that it is kept; otherwise it may have been kept, or not. */
  readonly isKept: boolean;
  /** Between these its first request was received: they are the same where its answer says when. */
  readonly earliest: number;
  readonly latest: number;
}

/** Statements further apart may be two, by the retry window; nearer ones never are. */
const nearMilliseconds = 20 * 60 * 1000;
/** The product's own default, in hours. */
const retryHours = 48;

/** The postbacks of one key, repeats put together. */
export function sendingsOf(postbacks: readonly LedgerPostback[]): readonly StatementSendings[] {
  const groups: LedgerPostback[][] = [];
  for (const postback of postbacks.toSorted((left, right) => left.sentAt - right.sentAt)) {
    const near = groups.find(
      ([first]) =>
        first !== undefined &&
        first.statement === postback.statement &&
        postback.sentAt - first.sentAt < nearMilliseconds,
    );
    if (near === undefined) groups.push([postback]);
    else near.push(postback);
  }
  return groups.map(sendingOf);
}

function sendingOf(postbacks: readonly LedgerPostback[]): StatementSendings {
  const receipts = postbacks.map(receiptOf);
  return {
    postbacks,
    isKept: postbacks.some(isKept),
    earliest: Math.min(...receipts.map(([earliest]) => earliest)),
    latest: Math.min(...receipts.map(([, latest]) => latest)),
  };
}

/**
 * The sending as it may have counted for a while: its first request still waited in a queue, and a repeat was recorded under the rules
 * of a later configuration. The whole sending comes first.
 */
export function interimsOf(sending: StatementSendings): readonly StatementSendings[] {
  const rulesOf = ({ rules }: LedgerPostback): string => JSON.stringify(rules);
  const { postbacks } = sending;
  const later = postbacks.flatMap((postback, at) => {
    const isOther = postbacks.slice(0, at).every((earlier) => rulesOf(earlier) !== rulesOf(postback));
    return at > 0 && isOther ? [sendingOf(postbacks.slice(at))] : [];
  });
  return [sending, ...later];
}

/** A request ID carries when its request was received. A try that nobody answered may have been received before, or never. */
function receiptOf(postback: LedgerPostback): readonly [earliest: number, latest: number] {
  const [first] = postback.answers;
  const answered = verdictsOf(postback).filter(({ result }) => result !== 'error');
  const times = answered.flatMap(({ requestId }) => readRequestId(requestId)?.receivedAt ?? []);
  if (times.length === 0) return [postback.sentAt, postback.settledAt];
  const latest = Math.min(...times);
  const isCertain = first?.kind === 'verdict' && first.result !== 'error';
  return [isCertain ? latest : Math.min(postback.sentAt, latest), latest];
}

/** The claim of a sending that was received at this time. */
export function expectedClaim({ postbacks }: StatementSendings, number: number, receivedAt: number): Claim {
  const [first] = postbacks;
  if (first === undefined) throw new Error('a sending has a postback');
  const { content, rules, statement, row } = first;
  const status = conversionStatuses.find((known) => known === content.status);
  const named = content.currency === undefined ? undefined : currencyOf(content.currency);
  const home = currencyOf(rules.currency);
  const isAboutPayout = content.amount === undefined && rules.payout !== undefined;
  // A payout is an amount in its own currency: a currency without an amount says nothing about it.
  const currency = isAboutPayout ? undefined : named;
  const batch = row === undefined ? undefined : batchOf(postbacks);
  return {
    requestId: mintRequestId(receivedAt, Buffer.alloc(9, number)),
    eventTime: Math.min(content.happenedAt ?? receivedAt, receivedAt),
    timeGiven: content.happenedAt !== undefined,
    receivedAt,
    statement,
    retryHours,
    ...(row !== undefined && batch !== undefined && { sequence: { batch, row } }),
    ...(status !== undefined && { status }),
    ...(content.amount !== undefined && { amount: amountOf(content.amount) }),
    ...(currency !== undefined && { currency }),
    fallback: {
      status: 'approved',
      ...(isAboutPayout && rules.payout !== undefined
        ? { amount: amountOf(rules.payout.amount), currency: currencyOf(rules.payout.currency) }
        : { currency: home }),
    },
    homeCurrency: home,
    mode: rules.mode,
    ...(status === 'reversed' && { reversal: 'partial' as const, anyEvent: true as const }),
  };
}

/** Rows of one batch share its ID or a substitute; batches of different times are never compared by it. */
function batchOf(postbacks: readonly LedgerPostback[]): string {
  return String(Math.min(...postbacks.map(({ sentAt }) => sentAt)));
}

function amountOf(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (!reading.ok) throw new Error(`${text} is no amount`);
  return reading.amount;
}

function currencyOf(text: string): Currency {
  const currency = readCurrency(text);
  if (currency === undefined) throw new Error(`${text} is no currency`);
  return currency;
}

export const idsOfSending = ({ postbacks }: StatementSendings): readonly string[] => postbacks.flatMap(requestIdsOf);
