import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { Sighting } from '../../../../lambdas/domain/conversion/conversion';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { findSighting, withSighting } from '../../../../lambdas/domain/conversion/retries';
import { amount as amountOf, now } from '../support/factories';
import { claim, Ledger, type Said } from './ledger';

const hour = 3_600_000;

/** A sending of the statement "it", received so many hours after the tests' present, where the retry window is two hours. */
function sent(hours: number, said: Said = {}, fields: Partial<Claim> = {}): Claim {
  const mode: DuplicateMode = 'increment';
  return { ...claim({ amount: '10', bytes: 'it', ...said }, mode, hours * 3600), retryHours: 2, ...fields };
}

function taken(...claims: readonly Claim[]): Ledger {
  const ledger = new Ledger('increment', 'T1');
  for (const one of claims) ledger.take(one);
  return ledger;
}

/** Each run of sendings: from the first to the last of them, in hours. */
const runsOf = ({ stored }: Ledger): readonly (readonly (number | undefined)[])[] =>
  (stored?.history ?? []).map(({ receivedAt, lastSeenAt }) => [
    (receivedAt - now) / hour,
    lastSeenAt === undefined ? undefined : (lastSeenAt - now) / hour,
  ]);

describe('a statement that is sent again', () => {
  test('within the hour has nothing to write', () => {
    const ledger = taken(sent(0));
    expect(ledger.take(sent(0.9))).toMatchObject({ reason: 'OK_DUPLICATE' });
    expect(ledger.take(sent(0)).next).toBeUndefined();
    expect(runsOf(ledger)).toEqual([[0, undefined]]);
  });

  test('within the window extends it, from its last sending', () => {
    expect(runsOf(taken(sent(0), sent(2)))).toEqual([[0, 2]]);
    expect(runsOf(taken(sent(0), sent(2), sent(1), sent(4)))).toEqual([[0, 4]]);
    expect(runsOf(taken(sent(0), sent(3)))).toEqual([
      [0, undefined],
      [3, undefined],
    ]);
    expect(taken(sent(0), sent(3)).state[1]).toBe('20');
  });

  test('and came earlier is the first sending: its content counts, under the request that is known', () => {
    const [late, early] = [sent(10, { amount: '9' }), sent(8, { amount: '5' })];
    const ledger = taken(late, early);
    expect([runsOf(ledger), ledger.state[1]]).toEqual([[[8, 10]], '5']);
    expect(ledger.stored?.history[0]?.requestId).toBe(late.requestId);
    expect(runsOf(taken(sent(10), sent(7)))).toHaveLength(2);
  });

  test.each(['5', '9'])('and came earlier within the hour is the first sending too, with %s', (amount) => {
    const ledger = taken(sent(10.5, { amount: '9' }), sent(10.2, { amount }));
    expect([runsOf(ledger), ledger.state[1]]).toEqual([[[10.2, undefined]], amount]);
  });

  test('as a row of a batch is the same row, whenever the file is sent again', () => {
    const row = { sequence: { batch: 'B1', row: 1 } };
    expect(taken(sent(0, row), sent(1000, row)).state[1]).toBe('10');
    expect(taken(sent(1000, row), sent(0, row)).state[1]).toBe('10');
  });

  test('in the same millisecond stays what it was', () => {
    const ledger = taken(sent(10, { amount: '9' }), sent(10, { amount: '5' }));
    expect([runsOf(ledger), ledger.state[1]]).toEqual([[[10, undefined]], '9']);
  });

  test('between two runs makes one of them, which counts once', () => {
    const others = [sent(20, { bytes: 'other' }), sent(0), sent(4)];
    const ledger = taken(...others);
    expect(ledger.state[1]).toBe('30');
    expect(ledger.take(sent(2))).toMatchObject({ reason: 'OK_UPDATED' });
    expect(runsOf(ledger)).toEqual([
      [20, undefined],
      [0, 4],
    ]);
    expect([ledger.state[1], ledger.delta]).toEqual(['20', { XXX: '20' }]);
    expect(ledger.stored?.history[1]?.requestId).toBe(others[1]?.requestId);
  });

  test('between two runs whose later one arrived first leaves the earlier one', () => {
    const earlier = sent(0);
    const ledger = taken(sent(4), earlier, sent(2));
    expect([runsOf(ledger), ledger.state[1]]).toEqual([[[0, 4]], '10']);
    expect(ledger.stored?.history[0]?.requestId).toBe(earlier.requestId);
  });

  test('is known by the longer of two windows, which the run keeps', () => {
    expect(runsOf(taken(sent(0), sent(10, {}, { retryHours: 48 })))).toEqual([[0, 10]]);
    expect(runsOf(taken(sent(0, {}, { retryHours: 48 }), sent(10), sent(58)))).toEqual([[0, 58]]);
    const linked = taken(sent(0, {}, { retryHours: 5 }), sent(6), sent(4), sent(11));
    expect(runsOf(linked)).toEqual([[0, 11]]);
  });

  test('with an amount that was not read of the first has it filled in, with its currency', () => {
    const { amount: _unread, ...unread } = sent(0);
    const named = taken(unread, sent(1, { amount: '7', currency: 'EUR' }));
    expect(named.state).toEqual(['approved', '7', 'EUR']);
    const unnamed = taken(unread, sent(1, { amount: '7' }));
    expect(unnamed.state).toEqual(['approved', '7', undefined]);
    for (const absent of ['currency', 'minorDigits'])
      expect(Object.keys(unnamed.stored?.history[0] ?? {})).not.toContain(absent);
  });

  test('within the hour has the amount filled in too', () => {
    const { amount: _unread, ...unread } = sent(0);
    expect(taken(unread, sent(0.5, { amount: '7' })).state[1]).toBe('7');
  });

  test('under its own request, with a payout that is known now, has that filled in and no amount', () => {
    const { amount: _unread, ...unread } = sent(0);
    const ledger = taken(unread, { ...unread, fallback: { ...unread.fallback, amount: amountOf('5') } });
    expect(ledger.state[1]).toBe('5');
    expect(Object.keys(ledger.stored?.history[0] ?? {})).not.toContain('amount');
  });

  test('with an amount in smallest units has it filled in as units of the currency of the key', () => {
    const { amount: _unread, ...unread } = sent(1, { status: 'approved', home: 'USD' }, { mode: 'update' });
    const named = sent(2, { amount: '50', home: 'USD' }, { minorDigits: 2 });
    expect(taken(sent(0, { amount: '1', currency: 'JPY', bytes: 'first' }), unread, named).state).toEqual([
      'approved',
      '5000',
      'JPY',
    ]);
  });

  test('keeps the amount of the first, and does not take one from none', () => {
    expect(taken(sent(0, { amount: '5', currency: 'USD' }), sent(1, { amount: '7', currency: 'EUR' })).state).toEqual([
      'approved',
      '5',
      'USD',
    ]);
    const { amount: _unread, ...unread } = sent(0);
    const ledger = taken(unread, { ...unread, requestId: sent(1).requestId, receivedAt: now + hour });
    expect(Object.keys(ledger.stored?.history[0] ?? {})).not.toContain('amount');
  });

  test('is not known once statements are erased: no two of them are one', () => {
    const ledger = taken(sent(0));
    ledger.erase();
    ledger.take(sent(0, { bytes: '' }));
    expect(ledger.state[1]).toBe('20');
  });
});

describe('the sighting of a statement', () => {
  const sighting = (name: string, hours: number, last?: number): Sighting => ({
    requestId: sent(hours).requestId,
    statement: name,
    receivedAt: now + hours * hour,
    ...(last !== undefined && { lastSeenAt: now + last * hour }),
  });

  test('is found within the window, and noted where the hour is a later one', () => {
    const [other, it] = [sighting('other', 0), sighting('it', 0, 2)];
    expect(findSighting([other, it], sent(5))).toBeUndefined();
    expect(findSighting([other, it], sent(2.5))).toEqual({ known: it });
    expect(findSighting([other, it], sent(1))).toEqual({ known: it });
    expect(findSighting([other, it], sent(4))).toEqual({
      known: it,
      noted: [other, { ...it, lastSeenAt: now + 4 * hour }],
    });
  });

  test('is kept for its window and the days that the queue may hold it', () => {
    const kept = (hours: number): readonly string[] =>
      withSighting([sighting('old', 0), sighting('older', 0, 1)], sent(hours)).map(({ statement }) => statement);
    expect(kept(122)).toEqual(['old', 'older', 'it']);
    expect(kept(123)).toEqual(['older', 'it']);
    expect(kept(124)).toEqual(['it']);
  });

  test('of a hold is kept without end, the last alone: its approval may come weeks later', () => {
    const holds = [sighting('first', 0), sighting('second', 1)].map((one) => ({ ...one, held: true as const }));
    expect(withSighting(holds, sent(500)).map(({ statement, held }) => [statement, held])).toEqual([
      ['second', true],
      ['it', undefined],
    ]);
    expect(withSighting([], sent(0, { status: 'pending' }))).toMatchObject([{ held: true }]);
  });

  test('is one of 500 at most, and has the time of its last sending where that is known', () => {
    const many = Array.from({ length: 600 }, (_, at) => sighting(`${at}`, 0));
    const kept = withSighting(many, sent(1));
    expect([kept.length, kept[0]?.statement, kept.at(-1)?.statement]).toEqual([500, '101', 'it']);
    const seen = { ...sent(1), lastSeenAt: now + 2 * hour };
    expect(withSighting(undefined, seen)).toEqual([
      { requestId: seen.requestId, statement: 'it', receivedAt: now + hour, lastSeenAt: now + 2 * hour },
    ]);
    expect(Object.keys(withSighting([], sent(1))[0] ?? {})).not.toContain('lastSeenAt');
  });
});
