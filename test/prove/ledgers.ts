import type {
  SentContent,
  ReceivedAnswer,
  Ledger,
  Rules,
  LedgerPostback,
  StoredConversion,
  VerdictAnswer,
} from '../../prove/ledger/ledger';

export const answered = (requestId: string, result: string, fields: Partial<VerdictAnswer> = {}): VerdictAnswer => ({
  kind: 'verdict',
  status: result === 'error' ? 503 : result === 'rejected' ? 400 : result === 'queued' ? 202 : 200,
  result,
  reason: result,
  requestId,
  ...fields,
});

export const unanswered: ReceivedAnswer = { kind: 'unknown', what: 'ECONNRESET' };

const start = Date.UTC(2026, 0, 1);

/** How a postback of the tests differs from an approved one of 10 in an integration of the mode `ignore`. */
export interface Sent extends SentContent {
  readonly mode?: Rules['mode'];
  readonly payout?: Rules['payout'];
  /** The currency of the integration. */
  readonly home?: string;
  /** Minutes after the tests' beginning at which it is sent. */
  readonly at?: number;
  readonly isForeign?: true;
}

export function sent(transactionId: string, answers: readonly ReceivedAnswer[], given: Sent = {}): LedgerPostback {
  const { mode = 'ignore', payout, home = 'USD', at = 0, isForeign, ...said } = given;
  const content = { status: 'approved', amount: '10', ...said };
  return {
    clickId: 'c',
    transactionId,
    content,
    rules: { mode, currency: home, payout },
    statement: JSON.stringify([transactionId, content]),
    sentAt: start + at * 60_000,
    settledAt: start + at * 60_000,
    ...(isForeign === true && { isForeign }),
    answers,
  };
}

/** An approved conversion in USD with these requests in its history, each of an amount of its own. */
export const stored = (
  transactionId: string,
  history: readonly (readonly [requestId: string, amount: string])[],
): StoredConversion => ({
  clickId: 'c',
  transactionId,
  status: 'approved',
  amount: String(history.reduce((sum, [, amount]) => sum + Number(amount), 0)),
  currency: 'USD',
  history: history.map(([requestId, amount], at) => ({
    requestId,
    amount,
    reason: at === 0 ? 'OK' : 'OK_UPDATED',
    deltas: { USD: amount },
  })),
});

/** A ledger; each verdict is in the log as it was answered, unless something else is given. */
export function ledger(given: Partial<Ledger> & Pick<Ledger, 'postbacks'>): Ledger {
  const log = new Map(
    given.postbacks
      .flatMap(({ answers }) => answers)
      .filter((answer) => answer.kind === 'verdict')
      .map(({ requestId, result, reason }) => [requestId, { result, reason }]),
  );
  return {
    allowances: {},
    conversions: [],
    queued: new Set(),
    deadLettered: new Set(),
    ...given,
    log: new Map([...log, ...(given.log ?? [])]),
  };
}
