import { readAmount } from '../../../../lambdas/domain/values/amount';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import { Ledger, retryHours, type Said } from './ledger';

const hour = 3600;

describe('what a sender repeats', () => {
  test('a retry of any repeat that was counted apart is known, not only of the newest', () => {
    const ledger = new Ledger('separate', 'T1');
    for (const bytes of ['a', 'b', 'c', 'b', 'a', 'c']) ledger.say({ amount: '5', bytes });
    expect(ledger.repeats).toHaveLength(2);
    expect(ledger.reasons).toEqual(['OK', 'OK', 'OK', 'OK_DUPLICATE', 'OK_DUPLICATE', 'OK_DUPLICATE']);
  });

  test('after the retry window the same bytes are another repeat', () => {
    const ledger = new Ledger('separate', 'T1');
    ledger.say({ amount: '5', bytes: 'a' }, 0);
    ledger.say({ amount: '5', bytes: 'b' }, 1);
    expect(ledger.say({ amount: '5', bytes: 'b' }, retryHours * hour).reason).toBe('OK_DUPLICATE');
    expect(ledger.repeats).toHaveLength(1);
    ledger.say({ amount: '5', bytes: 'b' }, (2 * retryHours + 1) * hour);
    expect(ledger.repeats).toHaveLength(2);
  });

  test('marks of repeats are dropped once nothing can send or deliver them again', () => {
    const ledger = new Ledger('separate', 'T1');
    ledger.say({ amount: '5', bytes: 'a' }, 0);
    for (const week of [1, 2, 3]) ledger.say({ amount: '5', bytes: 'b' }, week * 14 * 24 * hour);
    expect(ledger.repeats).toHaveLength(3);
    expect(ledger.stored?.repeats).toHaveLength(1);
  });

  test('the mark of a hold stays for its approval, which may come weeks later', () => {
    const ledger = new Ledger('separate');
    ledger.say({ amount: '10' }, 0);
    ledger.say({ status: 'pending', amount: '5' }, 1);
    for (const week of [1, 2, 3]) ledger.say({ amount: '10' }, week * 14 * 24 * hour);
    expect(ledger.stored?.repeats?.map(({ held }) => held)).toEqual([true, undefined]);
  });

  test('repeats that carry the present time do not fill the history, and a reversal still counts', () => {
    const ledger = new Ledger('ignore');
    for (let at = 0; at < 3 * historyLimit; at++) ledger.say({ status: 'approved', amount: '5', at }, at);
    expect(ledger.stored?.history.length).toBeLessThanOrEqual(historyLimit);
    expect(ledger.say({ status: 'reversed', amount: '5', at: 1000 }, 1000).reason).toBe('OK_UPDATED');
  });

  test('the newest of such repeats still counts after a change that comes late', () => {
    const ledger = new Ledger('ignore');
    for (const at of [0, 10, 20, 30]) ledger.say({ status: 'approved', amount: '5', at }, at);
    ledger.say({ status: 'rejected', amount: '5', at: 25 }, 40);
    expect(ledger.state[0]).toBe('approved');
    ledger.say({ status: 'rejected', amount: '5', at: 35 }, 41);
    expect(ledger.state[0]).toBe('rejected');
  });
});

describe.each(['separate', 'separate-flagged'] as const)('the first amount of a transaction in the mode %s', (mode) => {
  const unnamed: Said = { status: 'approved', payout: '5', at: 1 };
  const named: Said = { status: 'approved', amount: '50', payout: '5', at: 2 };
  const after = (transactionId: string | undefined, ...all: readonly Said[]): readonly (string | undefined)[] => {
    const ledger = new Ledger(mode, transactionId);
    for (const one of all) ledger.say(one, 10);
    return [ledger.stored, ...ledger.repeats].map((row) => row?.amount);
  };

  test('is what its first claim was worth, whichever arrives first', () => {
    expect(after('T1', unnamed, named)).toEqual(['50']);
    expect(after('T1', named, unnamed)).toEqual(['50']);
  });

  test('is one: the next amount counts as a repeat, and so does what names none after it', () => {
    expect(after('T1', unnamed, named, { ...named, amount: '60', at: 3 })).toEqual(['50', '60']);
    expect(after('T1', named, { ...unnamed, at: 3 })).toEqual(['50', '5']);
    expect(after('T1', unnamed, { ...unnamed, at: 0 })).toEqual(['5', '5']);
  });

  test('is told of one sale alone where no transaction says that the two are one', () => {
    expect(after(undefined, unnamed, named)).toEqual(['5', '50']);
  });

  test('is no correction', () => {
    expect(after('T1', unnamed, { status: 'approved', amount: '-3', at: 2 })).toEqual(['5', '-3']);
  });
});

describe('a correction', () => {
  test('that comes before what it corrects is added to it, in each mode that has one sum', () => {
    for (const mode of ['ignore', 'update', 'increment'] as const) {
      const ledger = new Ledger(mode);
      ledger.say({ amount: '-3' });
      ledger.say({ amount: '10' });
      expect([mode, ledger.state[1]]).toEqual([mode, '7']);
    }
  });
});

test('where commas are decimal, a point before three digits parts thousands', () => {
  const rules = { negative: false, format: '1.234,56' } as const;
  expect(readAmount('1.234', rules)).toEqual({ ok: true, amount: '1234' });
  expect(readAmount('12.345.678', rules)).toEqual({ ok: true, amount: '12345678' });
  expect(readAmount('12.5', rules)).toEqual({ ok: true, amount: '12.5' });
  expect(readAmount('1234,5', rules)).toEqual({ ok: true, amount: '1234.5' });
});
