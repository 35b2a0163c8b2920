import type { Heard, Ledger, SentPostback, StoredConversion } from '../../prove/ledger/ledger';

type Told = Extract<Heard, { kind: 'verdict' }>;

export const told = (requestId: string, result: string, fields: Partial<Told> = {}): Told => ({
  kind: 'verdict',
  status: result === 'error' ? 503 : result === 'rejected' ? 400 : result === 'queued' ? 202 : 200,
  result,
  reason: result,
  requestId,
  ...fields,
});

export const unheard: Heard = { kind: 'unknown', what: 'ECONNRESET' };

export const sent = (transactionId: string, heard: readonly Heard[], amount = '10'): SentPostback => ({
  clickId: 'c',
  transactionId,
  amount,
  heard,
});

/** A conversion with these requests in its history, each of an amount of its own. */
export const stored = (
  transactionId: string,
  history: readonly (readonly [requestId: string, amount: string])[],
): StoredConversion => ({
  clickId: 'c',
  transactionId,
  amount: String(history.reduce((sum, [, amount]) => sum + Number(amount), 0)),
  history: history.map(([requestId, amount], at) => ({
    requestId,
    amount,
    reason: at === 0 ? 'OK' : 'OK_UPDATED',
    delta: amount,
  })),
});

/** A ledger; what was told is in the log as it was told, unless something else is given. */
export function ledger(given: Partial<Ledger> & Pick<Ledger, 'postbacks'>): Ledger {
  const log = new Map(
    given.postbacks
      .flatMap(({ heard }) => heard)
      .filter((answer) => answer.kind === 'verdict')
      .map(({ requestId, result, reason }) => [requestId, { result, reason }]),
  );
  return {
    mode: 'ignore',
    allowances: {},
    conversions: [],
    queued: new Set(),
    deadLettered: new Set(),
    ...given,
    log: new Map([...log, ...(given.log ?? [])]),
  };
}
