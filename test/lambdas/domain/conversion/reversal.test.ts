import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { settleAmong } from '../../../../lambdas/domain/conversion/settlement';
import { claim, Ledger, type Said } from './ledger';

/** Renewals of one key, each a row of its own, and what refunds make of them. */
class Renewals {
  private readonly rows = new Map<string, Conversion>();
  private readonly subject = new Ledger('separate').subject;
  private seconds = 10;

  constructor(private readonly mode: DuplicateMode = 'separate') {}

  say(said: Said): string {
    this.seconds += 1;
    const settled = settleAmong([...this.rows.values()], this.subject, claim(said, this.mode, this.seconds), true);
    if (settled.outcome !== 'settled') return settled.outcome;
    for (const row of settled.writes) this.rows.set(row.conversionKey, row);
    return settled.reason;
  }

  get states(): readonly string[] {
    return [...this.rows.values()].map(({ status, amount = 'none' }) => `${status} ${amount}`);
  }
}

describe('a refund of renewals that count separately under one key', () => {
  test('takes back one renewal each', () => {
    const renewals = new Renewals();
    for (const amount of ['10', '10', '10']) renewals.say({ amount });
    for (let refunds = 0; refunds < 2; refunds++) expect(renewals.say({ status: 'reversed' })).toBe('OK_UPDATED');
    expect(renewals.states).toEqual(['reversed 10', 'reversed 10', 'approved 10']);
  });

  test.each([
    ['12', ['approved 10', 'reversed 12', 'approved 20']],
    ['15', ['approved 10', 'approved 12', 'approved 5']],
    ['4', ['approved 6', 'approved 12', 'approved 20']],
  ])('of %s is of the one that it can be taken from', (amount, states) => {
    const renewals = new Renewals();
    for (const one of ['10', '12', '20']) renewals.say({ amount: one });
    renewals.say({ status: 'reversed', amount });
    expect(renewals.states).toEqual(states);
  });

  test('that is sent twice is one refund', () => {
    const renewals = new Renewals();
    for (const amount of ['10', '10']) renewals.say({ amount });
    for (let sendings = 0; sendings < 2; sendings++) renewals.say({ status: 'reversed', bytes: 'refund' });
    expect(renewals.states).toEqual(['reversed 10', 'approved 10']);
  });
});

describe('two conversions of one key that count separately, and what moves the key after both', () => {
  const first: Said = { status: 'approved', amount: '50', at: 2 };
  const second: Said = { status: 'approved', amount: '60', at: 3 };
  const rejection: Said = { status: 'rejected', at: 4 };
  const changes: readonly (readonly [string, Said])[] = [
    ['a reversal', { status: 'reversed', at: 4 }],
    ['a rejection', rejection],
  ];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;

  test.each(changes)('one of them is payable after %s, whatever the order of arrival', (_name, change) => {
    for (const mode of ['separate', 'separate-flagged', 'ignore-by-transaction'] as const) {
      for (const order of orders) {
        const renewals = new Renewals(mode);
        for (const place of order) renewals.say([first, second, change][place] ?? {});
        const approved = renewals.states.filter((state) => state.startsWith('approved'));
        expect([order, approved.length, renewals.states.length]).toEqual([order, 1, 2]);
      }
    }
  });

  test.each(changes)('the second that comes after %s counts', (name, change) => {
    const renewals = new Renewals();
    for (const said of [first, change, second]) renewals.say(said);
    expect(renewals.states).toEqual([name === 'a reversal' ? 'reversed 50' : 'rejected 50', 'approved 60']);
  });

  test('both count where the key was pending before them, and what was approved anew later is a change', () => {
    for (const order of orders) {
      const renewals = new Renewals();
      renewals.say({ status: 'pending', at: 1 });
      for (const place of order) renewals.say([first, second, rejection][place] ?? {});
      expect(renewals.say({ status: 'approved', at: 5 })).toBe('OK_UPDATED');
      expect(renewals.states.toSorted()).toEqual(['approved 50', 'approved 60']);
    }
  });

  test('the same statement again is a retry, wherever the key went meanwhile', () => {
    const renewals = new Renewals();
    const reversal: Said = { status: 'reversed', at: 4 };
    for (const said of [first, reversal, second]) {
      renewals.say({ ...said, bytes: JSON.stringify(said) });
    }
    expect(renewals.say({ ...second, bytes: JSON.stringify(second) })).toBe('OK_DUPLICATE');
    expect(renewals.say({ ...first, bytes: JSON.stringify(first) })).toBe('OK_STALE');
    expect(renewals.states).toEqual(['reversed 50', 'approved 60']);
  });

  test('a pending that comes after the approval it led to is no conversion of its own', () => {
    const renewals = new Renewals();
    renewals.say(first);
    renewals.say({ status: 'pending', at: 1 });
    expect(renewals.states).toEqual(['approved 50']);
  });
});
