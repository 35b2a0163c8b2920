import * as fc from 'fast-check';
import { duplicateModes, type DuplicateMode } from '../../../../lambdas/domain/conversion/duplicate-mode';
import { amount } from '../support/factories';
import { claims, runs, type World } from './arbitraries';
import { Ledger, stateOf } from './ledger';

const worlds = fc
  .record({ mode: fc.constantFrom(...duplicateModes), retryHours: fc.constantFrom(1, 48) })
  .map(({ mode, retryHours }): World => ({ mode: fc.constant(mode), retryHours: fc.constant(retryHours) }));
const isSeparate = (mode: DuplicateMode): boolean => mode.startsWith('separate') || mode === 'ignore-by-transaction';
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

  test('after all the others: the reason that it had where it is kept, and nothing to write', () => {
    fc.assert(
      fc.property(cases, ([all, transactionId]) => {
        const ledger = new Ledger('ignore', transactionId);
        const reasons = all.map((one) => ledger.take(one).reason);
        for (const [place, one] of all.entries()) {
          // A retry is known by its statement alone, and a later sending may have linked it to another run since.
          if (!ledger.knows(one.requestId) && isSeparate(one.mode)) continue;
          const again = ledger.take(one);
          expect([again.next, again.repeat]).toEqual([undefined, undefined]);
          const known = ledger.knows(one.requestId) ? reasons[place] : again.reason;
          expect(again.reason).toBe(known);
        }
      }),
      runs(),
    );
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
