import { likeItsFirst, newConversion, withoutEntries } from '../../../../lambdas/domain/conversion/apply';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import type { Conversion, ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { amount, currency, now } from '../support/factories';
import { claim, Ledger, type Said } from './ledger';
import { subjectOf, unnamed } from './rows';

const hour = 3600;

/** A ledger that has taken these. */
function ledgerOf(mode: DuplicateMode, ...all: readonly Said[]): Ledger {
  const ledger = new Ledger(mode, 'T1');
  for (const said of all) ledger.say(said);
  return ledger;
}

describe('a request that is judged again with more read of it', () => {
  const unread: Claim = claim({ status: 'approved' }, 'ignore', 5);
  const paying = (sum: string): Pick<Claim, 'fallback'> => ({ fallback: { status: 'pending', amount: amount(sum) } });
  const entryOf = (ledger: Ledger) => ledger.stored?.history.find(({ requestId }) => requestId === unread.requestId);

  test('has its amount and its currency filled in, under the reason that it had, and nothing else changes', () => {
    const ledger = ledgerOf('ignore', { status: 'pending' });
    ledger.take(unread);
    const [other] = ledger.stored?.history ?? [];
    const filled = ledger.take({ ...unread, amount: amount('12'), currency: currency('EUR') });
    expect([filled.reason, filled.conversion]).toEqual(['OK_UPDATED', filled.next]);
    expect(ledger.state).toEqual(['approved', '12', 'EUR']);
    expect(entryOf(ledger)).toMatchObject({
      amount: '12',
      currency: 'EUR',
      fallback: unread.fallback,
      deltas: { EUR: '12' },
    });
    expect(ledger.stored?.history[0]).toEqual(other);
  });

  test('keeps a payout that it had, and the status that it began with', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.take({ ...unread, fallback: { status: 'approved', amount: amount('3') } });
    expect(ledger.take({ ...unread, ...paying('5') }).next).toBeUndefined();
    ledger.take({ ...unread, ...paying('5'), amount: amount('12') });
    expect(entryOf(ledger)?.fallback).toEqual({ status: 'approved', amount: '3' });
  });

  test('has a payout filled in that was set meanwhile, in its own sending alone', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.take(unread);
    expect(ledger.take({ ...unread, ...paying('5'), receivedAt: unread.receivedAt + 1 }).next).toBeUndefined();
    ledger.take({ ...unread, ...paying('5') });
    expect([ledger.state[1], entryOf(ledger)?.fallback]).toEqual(['5', { status: 'approved', amount: '5' }]);
    expect(Object.keys(entryOf(ledger) ?? {})).not.toEqual(expect.arrayContaining(['amount']));
    expect(Object.keys(entryOf(ledger) ?? {})).not.toEqual(expect.arrayContaining(['currency']));
  });

  test('keeps the amount that it named', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.take({ ...unread, amount: amount('7') });
    expect(ledger.take({ ...unread, amount: amount('12') }).next).toBeUndefined();
    expect(ledger.take(unread).next).toBeUndefined();
    expect(ledger.state[1]).toBe('7');
  });
});

describe('a request that is delivered again', () => {
  test('is known among those that count separately, each under its own key', () => {
    const ledger = ledgerOf('separate-flagged', { amount: '5' });
    const repeats = ['6', '7'].map((sum, at) => claim({ amount: sum }, 'separate-flagged', 10 + at));
    for (const repeat of repeats) ledger.take(repeat);
    for (const repeat of repeats) {
      const again = ledger.take(repeat);
      expect(again).toMatchObject({ reason: 'OK', notes: [], conversion: { amount: repeat.amount, repeated: true } });
      expect([again.next, again.repeat]).toEqual([undefined, undefined]);
      expect(again.conversion.conversionKey).toContain(`+${repeat.requestId}#`);
    }
    expect(ledger.outcomes[1]?.notes).toEqual([]);
  });

  test('is known once it was settled, also after an erasure; another one is not', () => {
    const ledger = new Ledger('increment', 'T1');
    const first = claim({ amount: '1' }, 'increment', 0);
    ledger.take(first);
    for (let at = 1; at <= 100; at++) ledger.say({ amount: '1' }, at);
    ledger.erase();
    expect(ledger.take(first)).toEqual({ reason: 'OK_DUPLICATE', conversion: ledger.stored, notes: [] });
    ledger.say({ amount: '1' }, 200);
    expect(ledger.state[1]).toBe('102');
  });

  test('is known once it was settled, though a replay reads another statement in it', () => {
    const ledger = new Ledger('increment', 'T1');
    const [first, second] = [0, 1].map((at) => claim({ amount: '1' }, 'increment', at));
    for (const one of [first, second]) if (one !== undefined) ledger.take(one);
    for (let at = 2; at <= 100; at++) ledger.say({ amount: '1' }, at);
    for (const one of [first, second]) {
      if (one === undefined) throw new Error('two were sent');
      const again = ledger.take({ ...one, statement: 'without its token' });
      expect(again).toEqual({ reason: 'OK_DUPLICATE', conversion: ledger.stored, notes: [] });
    }
    expect(ledger.state[1]).toBe('101');
  });

  test('is answered as before where its change moved to a row that counts separately', () => {
    const ledger = ledgerOf('separate', { status: 'approved', amount: '10', at: 1 });
    const [sale, change]: readonly [Said, Said] = [
      { status: 'approved', amount: '20', at: 3 },
      { status: 'rejected', amount: '20', at: 5 },
    ];
    const [changing, selling] = [claim(change, 'separate', 10), claim(sale, 'separate', 11)];
    expect([changing, selling].map((one) => ledger.take(one).reason)).toEqual(['OK_UPDATED', 'OK']);
    expect(ledger.outcomes.at(-1)?.notes).toEqual([]);
    expect([ledger.state[0], ledger.repeats.map(({ status }) => status)]).toEqual(['approved', ['rejected']]);
    expect(ledger.stored?.repeats?.map(({ requestId, reason }) => [requestId, reason])).toEqual([
      [selling.requestId, undefined],
      [changing.requestId, 'OK_UPDATED'],
    ]);
    for (const [one, reason] of [[changing, 'OK_UPDATED'] as const, [selling, 'OK'] as const]) {
      expect([ledger.take(one).reason, ledger.outcomes.at(-1)?.next]).toEqual([reason, undefined]);
    }
  });
});

describe('the retry of', () => {
  const retried = (mode: DuplicateMode, said: Said, ...after: readonly Said[]) => {
    const ledger = new Ledger(mode, 'T1');
    ledger.say({ ...said, bytes: 'it' });
    for (const one of after) ledger.say(one);
    return ledger.say({ ...said, bytes: 'it' }, 60);
  };

  test.each<[string, Said, readonly Said[], string]>([
    ['what stands is a duplicate', { status: 'approved' }, [], 'OK_DUPLICATE'],
    ['a status that was left since is out of date', { status: 'approved' }, [{ status: 'reversed' }], 'OK_STALE'],
    ['no status is a duplicate, whatever came since', {}, [{ status: 'reversed' }], 'OK_DUPLICATE'],
    ['what counts first though it came last', { status: 'approved' }, [{ status: 'rejected', at: -5 }], 'OK_DUPLICATE'],
  ])('%s', (_, said, after, reason) => {
    expect(retried('ignore', said, ...after)).toMatchObject({ reason, notes: [] });
  });

  test.each<[string, readonly Said[]]>([
    ['a part that was taken back', [{ amount: '100' }, { status: 'reversed', amount: '30', bytes: 'it' }]],
    ['a part that waited for its sale', [{ status: 'reversed', amount: '30', bytes: 'it' }, { amount: '100' }]],
    [
      'a reversal that came before the approval of its sale',
      [{ status: 'pending', amount: '9' }, { status: 'reversed', bytes: 'it' }, { status: 'approved' }],
    ],
  ])('%s is a duplicate', (_, all) => {
    const ledger = new Ledger('ignore', 'T1');
    for (const [second, one] of all.entries()) ledger.say(one, second);
    const before = ledger.state;
    const repeated = all.find(({ bytes }) => bytes !== undefined) ?? {};
    expect(ledger.say(repeated, 60)).toMatchObject({ reason: 'OK_DUPLICATE', notes: [] });
    expect(ledger.state).toEqual(before);
  });

  test('what is rejected is rejected again', () => {
    const ledger = ledgerOf('ignore', { status: 'rejected' });
    for (const second of [10, 20]) {
      expect(ledger.say({ status: 'reversed', bytes: 'it' }, second).reason).toBe('TRANSITION_REFUSED');
    }
  });

  test('an amount in another currency is CURRENCY_INVALID again', () => {
    const sale: Said = { amount: '10', currency: 'USD' };
    expect(retried('increment', sale).reason).toBe('OK_DUPLICATE');
    const ledger = ledgerOf('increment', sale);
    for (const second of [10, 20]) {
      const { reason } = ledger.say({ amount: '5', currency: 'EUR', bytes: 'it' }, second);
      expect(reason).toBe('CURRENCY_INVALID');
    }
  });

  test('a claim of the key is noted where it comes in a later hour, with nothing to note for its sender', () => {
    const ledger = new Ledger('ignore', 'T1');
    for (const second of [0, 2 * hour]) ledger.say({ amount: '5', bytes: 'it' }, second);
    expect(ledger.outcomes.at(-1)).toMatchObject({ reason: 'OK_DUPLICATE', notes: [], next: { version: 2 } });
    expect(ledger.stored?.history.map(({ lastSeenAt }) => lastSeenAt)).toEqual([now + 2 * hour * 1000]);
  });

  test('an amount beyond the largest sum is AMOUNT_INVALID again', () => {
    const most: Said = { amount: '999999999999' };
    const ledger = ledgerOf('increment', most, most, most, most);
    for (const second of [10, 20]) {
      const { reason, notes } = ledger.say({ ...most, bytes: 'it' }, second);
      expect([reason, notes]).toEqual(['AMOUNT_INVALID', []]);
    }
    expect(ledger.state[1]).toBe('3999999999996');
  });

  test('a row that counts separately is noted where it comes in a later hour', () => {
    const ledger = ledgerOf('separate', { amount: '5' });
    ledger.say({ amount: '6', bytes: 'it' }, 10);
    expect(ledger.say({ amount: '6', bytes: 'it' }, 20).next).toBeUndefined();
    const version = ledger.stored?.version ?? 0;
    expect(ledger.say({ amount: '6', bytes: 'it' }, 2 * hour)).toMatchObject({ reason: 'OK_DUPLICATE', notes: [] });
    expect([ledger.stored?.version, ledger.stored?.repeats?.[0]?.lastSeenAt]).toEqual([
      version + 1,
      now + 2 * hour * 1000,
    ]);
    expect(ledger.repeats).toHaveLength(1);
  });
});

describe('a second reversal', () => {
  test('is about the row of the key, also where repeats count separately', () => {
    const ledger = ledgerOf('separate', { amount: '5' }, { status: 'reversed' }, { status: 'reversed' });
    expect([ledger.repeats, ledger.stored?.history.length]).toEqual([[], 3]);
  });
});

test('the first sale after a reversal that waits is that of the key, in every mode, and is kept', () => {
  for (const mode of ['ignore', 'separate', 'ignore-by-transaction'] as const) {
    const ledger = ledgerOf(mode, { status: 'reversed' }, { payout: '5' });
    expect([ledger.repeats, ledger.stored?.history.length]).toEqual([[], 2]);
    expect(ledgerOf(mode, { status: 'reversed' }, { status: 'pending' }).stored?.history).toHaveLength(2);
  }
});

describe('what is kept', () => {
  const sale: Said = { status: 'approved', amount: '10' };

  test.each<[string, Said]>([
    ['an amount, though it is the same', { amount: '10' }],
    ['a currency', { currency: 'EUR' }],
    ['a status that may approve anew', { status: 'approved' }],
    ['a reversal by its event', { reversal: 'partial' }],
    ['a pending that counts before the sale', { status: 'pending', at: -5 }],
    ['a claim without a status that counts before the sale', { at: -5 }],
  ])('%s', (_, said) => {
    expect(ledgerOf('ignore', sale, said).stored?.history).toHaveLength(2);
  });

  test.each<[string, Said]>([
    ['a pending after the sale', { status: 'pending' }],
    ['a claim that names nothing', {}],
  ])('not: %s', (_, said) => {
    const ledger = ledgerOf('ignore', sale);
    expect(ledger.say(said).next).toBeUndefined();
    expect(ledgerOf('separate', sale, { status: 'pending' }).stored?.history).toHaveLength(2);
  });
});

describe('a claim without effect', () => {
  test('is a duplicate at the time of the newest, and stale where it is older', () => {
    const ledger = ledgerOf('ignore', { status: 'approved', at: -50 }, { status: 'approved', at: -10 });
    expect(ledger.say({ status: 'approved', at: -10 }).reason).toBe('OK_DUPLICATE');
    expect(ledger.say({ status: 'approved', at: -30 }).reason).toBe('OK_STALE');
    expect(ledger.say({ status: 'approved' }).reason).toBe('OK_DUPLICATE');
    const named = ledgerOf('ignore', { status: 'approved', amount: '10', at: -10 });
    expect(named.say({ status: 'approved', at: -10 }).reason).toBe('OK_DUPLICATE');
  });
});

test('a history that loses its only claim is empty', () => {
  const { stored } = ledgerOf('ignore', { amount: '10' });
  if (stored === undefined) throw new Error('the sale was recorded');
  expect(withoutEntries(stored, stored.history, now + 9)).toMatchObject({
    history: [],
    version: 2,
    changedAt: now + 9,
  });
});

describe('a row has no field for what its subject does not have', () => {
  const click = { clickedAt: now, offer: 'main', subs: {}, bot: false };
  const { transactionId: _none, ...bare } = subjectOf(unnamed);
  const sold = (subject: ConversionSubject): Conversion => newConversion(subject, claim({}, 'ignore', 1), false);

  test.each<[string, ConversionSubject]>([
    ['a transaction, a source and the details of its click', bare],
    ['the details of its click', { ...bare, transactionId: 'T1', source: 'news' }],
    ['a transaction', { ...bare, source: 'news', click }],
  ])('%s', (_, subject) => {
    expect(sold(subject)).toMatchObject(subject);
    for (const field of ['transactionId', 'source', 'click']) {
      expect(Object.hasOwn(sold(subject), field)).toBe(Object.hasOwn(subject, field));
    }
  });

  test('a repeat has the source and the details of its first, and none where the first has none', () => {
    expect(likeItsFirst(bare, sold(bare))).toStrictEqual(bare);
    const known = { ...bare, source: 'news', click };
    expect(likeItsFirst(bare, sold(known))).toStrictEqual(known);
  });
});
