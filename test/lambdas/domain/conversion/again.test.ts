import * as fc from 'fast-check';
import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { amount, requestId as mintedId } from '../support/factories';
import { claims, runs, type World } from './arbitraries';
import { claim, Ledger, stateOf } from './ledger';

const worlds = fc
  .record({ mode: fc.constantFrom(...duplicateModes), retryHours: fc.constantFrom(1, 48) })
  .map(({ mode, retryHours }): World => ({ mode: fc.constant(mode), retryHours: fc.constant(retryHours) }));
const cases = worlds.chain((world) => fc.tuple(claims(world, 8), fc.constantFrom(undefined, 'T1')));

describe('the same request again', () => {
  test('at once: the same reason, and nothing to write', () => {
    fc.assert(
      fc.property(cases, ([all, transactionId]) => {
        const ledger = new Ledger('ignore', transactionId);
        for (const one of all) {
          const first = ledger.take(one);
          const second = ledger.take(one);
          expect([second.next, second.repeat]).toEqual([undefined, undefined]);
          // A retry is not kept by its own ID: that it moved its run back is answered once.
          const known = ledger.knows(one.requestId) ? first.reason : second.reason;
          expect(second.reason).toBe(known);
        }
      }),
      runs(),
    );
  });

  test('after all the others: it counts nothing anew, and what is kept has the reason that it had', () => {
    fc.assert(
      fc.property(cases, ([all, transactionId]) => {
        const ledger = new Ledger('ignore', transactionId);
        const reasons = all.map((one) => ledger.take(one).reason);
        for (const [place, one] of all.entries()) {
          const isKept = ledger.knows(one.requestId);
          const before = stateOf(ledger.stored);
          const again = ledger.take(one);
          expect(again.repeat).toBeUndefined();
          expect(stateOf(ledger.stored)).toEqual(before);
          // What was not kept, since it said nothing new, may extend the run of a sending that came since: once.
          const last = isKept ? again : ledger.take(one);
          expect(last.next).toBeUndefined();
          expect(last.reason).toBe(isKept ? reasons[place] : last.reason);
        }
      }),
      runs(),
    );
  });

  test('of a pending that was too late: it counts nothing, though an earlier claim makes the key pending meanwhile', () => {
    const ledger = new Ledger('separate', 'T1');
    ledger.say({ amount: '5' }, 60);
    const late = claim({ status: 'pending', payout: '9' }, 'separate', 7200);
    expect(ledger.take(late).reason).toBe('TRANSITION_REFUSED');
    ledger.say({ status: 'pending' }, 0);
    expect(ledger.state[0]).toBe('pending');
    expect(ledger.take(late).repeat).toBeUndefined();
    expect(ledger.take({ ...late, requestId: mintedId(99) }).repeat).toBeUndefined();
  });

  test('of an amount beyond the largest sum: it is rejected for the same reason', () => {
    const ledger = new Ledger('increment', 'T1');
    for (const bytes of ['a', 'b', 'c', 'd', 'e', 'e']) ledger.say({ amount: '999999999999', bytes });
    expect(ledger.reasons.slice(3)).toEqual(['OK_UPDATED', 'AMOUNT_INVALID', 'AMOUNT_INVALID']);
    expect(ledger.state[1]).toBe('3999999999996');
  });

  test('of a rejection that moved to a sale of its own amount: the reason is that of the first time', () => {
    const ledger = new Ledger('separate');
    ledger.say({ amount: '10', at: 0 }, 10);
    ledger.say({ amount: '30', at: 1 }, 20);
    const rejection = claim({ status: 'rejected', amount: '20', at: 3 }, 'separate', 30);
    expect(ledger.take(rejection).reason).toBe('OK_UPDATED');
    ledger.say({ status: 'approved', amount: '20', at: 2 }, 40);
    expect(ledger.repeats.map(({ status, amount: sum }) => `${status} ${sum}`)).toEqual(['approved 30', 'rejected 20']);
    expect(ledger.take(rejection).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('approved');
  });

  test('with an amount that was not read at first: it is filled in once, and the answer stays', () => {
    fc.assert(
      fc.property(cases, ([all, transactionId]) => {
        const ledger = new Ledger('ignore', transactionId);
        const reasons = all.map((one) => ledger.take(one).reason);
        for (const [place, one] of all.entries()) {
          const entry = ledger.stored?.history.find(({ requestId }) => requestId === one.requestId);
          if (entry === undefined || entry.amount !== undefined) continue;
          const filled = ledger.take({ ...one, amount: amount('12') });
          expect(filled.reason).toBe(reasons[place]);
          expect(filled.next?.history.find(({ requestId }) => requestId === one.requestId)?.amount).toBe('12');
          const before = stateOf(ledger.stored);
          expect(ledger.take({ ...one, amount: amount('13') }).next).toBeUndefined();
          expect(stateOf(ledger.stored)).toEqual(before);
        }
      }),
      runs(),
    );
  });
});
