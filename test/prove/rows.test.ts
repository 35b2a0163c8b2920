import * as fc from 'fast-check';
import { KeyRows } from '../../prove/ledger/rows';
import { duplicateModes } from '../../lambdas/domain/values/duplicate-mode';
import { present, runs } from '../lambdas/domain/conversion/arbitraries';
import { Click, type SaidOfClick } from '../lambdas/domain/conversion/click';
import { stateOf } from '../lambdas/domain/conversion/ledger';

const optional = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 3 });

/** What is said of one key: sales, holds, approvals and rejections, each in bytes of its own. */
const said: fc.Arbitrary<SaidOfClick> = fc
  .record({
    status: optional('approved', 'approved', 'pending', 'pending', 'rejected'),
    amount: optional('10', '20', '30', '0'),
    at: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined, freq: 1 }),
  })
  .map((fields): SaidOfClick => ({ event: 'sale', currency: 'USD', ...present(fields) }));

const separate = duplicateModes.filter((mode) => mode.startsWith('separate') || mode === 'ignore-by-transaction');

describe.each(separate)('the rows of the proof in the mode %s', (mode) => {
  test.each([undefined, 'T1'])('are those of the product, with the transaction %s', (transactionId) => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 6 }), (all) => {
        const click = new Click(mode);
        const rows = new KeyRows(transactionId !== undefined);
        for (const [place, one] of all.entries()) {
          const named = { ...one, ...present({ transactionId }) };
          const claim = click.claimOf(named, 10 + place);
          click.take(named, claim);
          rows.take(claim);
        }
        const inOrder = (states: readonly unknown[]): readonly string[] =>
          states.map((state) => JSON.stringify(state)).toSorted();
        expect(inOrder(click.conversions.map((row) => sorted(stateOf(row))))).toEqual(
          inOrder(rows.expected.map((state) => sorted(state))),
        );
      }),
      runs(),
    );
  });
});

const sorted = (state: object | undefined): object => Object.fromEntries(Object.entries(state ?? {}).toSorted());
