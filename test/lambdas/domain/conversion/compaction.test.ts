import { isForgotten } from '../../../../lambdas/domain/trust/statement';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import { findUnderOtherKey } from '../../../../lambdas/domain/conversion/other-key';
import { amount, now } from '../support/factories';
import { claim, Ledger, type Said } from './ledger';

/** Says these by turns, a second after one another, until the history was settled. */
function sayByTurns(ledger: Ledger, ...all: readonly Said[]): void {
  for (let turn = 0; turn < 2 * historyLimit; turn++) for (const said of all) ledger.say(said);
  expect(ledger.stored?.settled).toBeDefined();
}

describe('a history beyond its limit', () => {
  const times = (ledger: Ledger): readonly number[] =>
    (ledger.stored?.history ?? [])
      .map(({ eventTime }) => (eventTime - now) / 1000)
      .toSorted((left, right) => left - right);

  test('drops the oldest claim that changed nothing, and never the one that just came', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ amount: '10', at: 0, home: 'USD' }, 1000);
    for (let at = historyLimit; at > 0; at--) ledger.say({ amount: '99', at }, 2000 - at);
    expect(times(ledger)).toEqual([0, 1, ...Array.from({ length: historyLimit - 2 }, (_, place) => place + 3)]);
    expect(ledger.stored?.settled).toBeUndefined();
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
  });

  test('settles its older half where every claim changed something, and knows those claims again', () => {
    const ledger = new Ledger('increment', 'T1');
    const oldest = claim({ amount: '1', at: 1, bytes: 'the oldest' }, 'increment', 2000);
    for (let at = historyLimit + 1; at > 1; at--) ledger.say({ amount: '1', at }, 2000 - at);
    ledger.take(oldest);
    const half = historyLimit / 2;
    expect(times(ledger)).toEqual(Array.from({ length: half + 1 }, (_, place) => half + place + 1));
    expect(ledger.stored?.settledClaims).toHaveLength(half);
    expect([ledger.state[1], ledger.stored?.settled?.price?.amount]).toEqual([String(historyLimit + 1), String(half)]);
    expect(ledger.take(oldest)).toMatchObject({ reason: 'OK_DUPLICATE', notes: [] });
    for (let at = 0; at < half; at++) ledger.say({ amount: '1', at: 500 + at }, 3000 + at);
    expect(ledger.stored?.settledClaims).toHaveLength(historyLimit);
    expect([ledger.state[1], ledger.delta]).toEqual([
      String(1.5 * historyLimit + 1),
      { XXX: String(1.5 * historyLimit + 1) },
    ]);
  });
});

describe('the newest half of a history', () => {
  test('keeps what changed nothing yet: a rejection after a refund counts where the approval between them comes late', () => {
    const ledger = new Ledger('ignore', 'T1');
    for (let at = 4; at < historyLimit; at++) ledger.say({ status: at % 2 === 0 ? 'approved' : 'rejected', at }, at);
    ledger.say({ status: 'approved', amount: '10', at: 200 }, 200);
    ledger.say({ status: 'reversed', at: 201 }, 201);
    expect(ledger.say({ status: 'rejected', at: 203 }, 203).reason).toBe('TRANSITION_REFUSED');
    for (let at = 204; at < 208; at++) ledger.say({ status: 'pending', amount: '10', at }, at);
    ledger.say({ status: 'approved', at: 202 }, 210);
    expect(ledger.state).toEqual(['rejected', '10', undefined]);
  });
});

describe('the currency of a key whose history was settled', () => {
  test('a refund that is sent again and again for a sale on hold brings in no currency that the first claim had not', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'pending' });
    for (let turn = 0; turn < 2 * historyLimit; turn++) ledger.say({ status: 'reversed', home: 'USD' });
    expect(ledger.state).toEqual(['pending', undefined, undefined]);
  });

  test('a payment in the currency that is named at last is added to all that named none', () => {
    const ledger = new Ledger('increment', 'T1');
    sayByTurns(ledger, { amount: '1' });
    ledger.say({ amount: '10', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', String(2 * historyLimit + 10), 'EUR']);
    expect(ledger.delta).toEqual({ EUR: String(2 * historyLimit + 10) });
  });

  test('a sale in its own currency takes a correction that names none, after many changes of status alone', () => {
    const ledger = new Ledger('ignore', 'T1');
    sayByTurns(ledger, { status: 'approved', home: 'USD' }, { status: 'rejected', home: 'USD' });
    ledger.say({ status: 'approved', amount: '10', currency: 'EUR', home: 'USD' });
    ledger.say({ amount: '-3', home: 'USD' });
    expect(ledger.state).toEqual(['approved', '7', 'EUR']);
  });

  test('a refund that names none is in the currency of its payout, also once another one is named', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'pending', payout: '5', home: 'USD' });
    sayByTurns(ledger, { status: 'approved' }, { status: 'rejected' });
    ledger.say({ status: 'approved', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', '5', 'USD']);
  });

  test('the claim that decided it stays, though it changed nothing', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved', at: 10 }, 1000);
    ledger.say({ status: 'approved', currency: 'EUR', at: 11 }, 1001);
    for (let at = 12; at < 2 * historyLimit; at++) ledger.say({ status: 'approved', at }, 1000 + at);
    ledger.say({ status: 'approved', amount: '10', at: 5 }, 2000);
    ledger.say({ status: 'approved', currency: 'USD', at: 4 }, 2001);
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
  });
});

describe('a claim that a long history has dropped', () => {
  /** A sale of 10 that is told again, each time in other bytes, until the first of these repeats is dropped. */
  function toldAgain(...first: readonly Claim[]): Ledger {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved' });
    for (const one of first) ledger.take(one);
    for (let second = 0; second < historyLimit; second++) ledger.say({ status: 'approved' });
    for (const one of first)
      expect(ledger.stored?.history.map(({ requestId }) => requestId)).not.toContain(one.requestId);
    return ledger;
  }
  const repeat = { status: 'approved', bytes: 'the repeat' } as const;

  test('approves nothing anew when it is sent again after a refund', () => {
    const ledger = toldAgain(claim(repeat, 'ignore', 1));
    ledger.say({ status: 'reversed' });
    expect(ledger.say(repeat)).toMatchObject({ reason: 'OK_DUPLICATE', conversion: { status: 'reversed' } });
    ledger.say({ status: 'approved' });
    expect(ledger.state[0]).toBe('approved');
  });

  test('is noted in a later hour, so that its window runs from its last sending', () => {
    const ledger = toldAgain(claim(repeat, 'ignore', 1));
    for (const hours of [40, 80]) ledger.say(repeat, hours * 3600);
    ledger.say({ status: 'reversed' }, 81 * 3600);
    ledger.say(repeat, 120 * 3600);
    expect(ledger.state[0]).toBe('reversed');
  });

  test('says its amount when a replay reads it', () => {
    const unread = claim(repeat, 'ignore', 1);
    const ledger = toldAgain(unread);
    ledger.take({ ...unread, amount: amount('10') });
    expect(ledger.state).toEqual(['approved', '10', undefined]);
  });

  test('is known as one that had no effect, where a corrected mapping reads the same statement under another key', () => {
    const dropped = claim(repeat, 'ignore', 1);
    const { stored, subject } = toldAgain(dropped);
    const again = { ...claim(repeat, 'ignore', 2), statement: dropped.statement };
    expect(
      findUnderOtherKey(stored === undefined ? [] : [stored], { ...subject, transactionId: 'T2' }, again),
    ).toBeUndefined();
  });

  test('is forgotten with its person, and its request is still known', () => {
    const { requestId, ...said } = claim(repeat, 'ignore', 1);
    const ledger = toldAgain({ requestId, ...said });
    ledger.erase();
    expect(ledger.stored?.droppedClaims?.every(({ statement }) => isForgotten(statement))).toBe(true);
    expect(ledger.knows(requestId)).toBe(true);
  });
});

test('a refund that waits in a settled history loses its statement and its order with the person', () => {
  const ledger = new Ledger('increment', 'T1');
  ledger.take({ ...claim({ status: 'reversed' }, 'increment', 0), order: 'O1' });
  // These name a later time than the refund, which goes on waiting.
  sayByTurns(ledger, { amount: '1', at: 1000 });
  expect(ledger.stored?.settled?.waiting).toHaveLength(1);
  ledger.erase();
  expect(
    ledger.stored?.settled?.waiting.filter(({ statement, order }) => !isForgotten(statement) || order !== undefined),
  ).toEqual([]);
  const version = ledger.stored?.version;
  ledger.erase();
  expect(ledger.stored?.version).toBe(version);
});
