import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { settleAmong } from '../../../../lambdas/domain/conversion/settlement';
import { claim, Ledger, type Said } from './ledger';

/** Renewals of one key, each a row of its own, and what refunds make of them. */
class Renewals {
  private readonly rows = new Map<string, Conversion>();
  private readonly subject = new Ledger('separate').subject;
  private seconds = 0;

  say(said: Said): string {
    this.seconds += 1;
    const settled = settleAmong([...this.rows.values()], this.subject, claim(said, 'separate', this.seconds), true);
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
