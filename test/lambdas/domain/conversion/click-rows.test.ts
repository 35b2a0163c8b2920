import * as fc from 'fast-check';
import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { awaitsSale } from '../../../../lambdas/domain/conversion/reversal';
import { present, runs } from './arbitraries';
import { Click, type SaidOfClick } from './click';

const hour = 3600;
const optional = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value | undefined> =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 2 });

/** Anything that is said of one click: sales, registrations, renewals and reversals, with and without an order, an amount, a time. */
const said: fc.Arbitrary<SaidOfClick> = fc
  .record({
    event: fc.constantFrom('sale', 'registration', 'rebill', 'conversion'),
    status: optional('approved', 'pending', 'rejected', 'reversed'),
    amount: optional('10', '20', '30', '0'),
    transactionId: optional('A', 'B'),
    at: optional(0, 60, 50 * hour),
    anyEvent: optional(true as const),
  })
  .map(({ event, status, anyEvent, ...fields }): SaidOfClick => {
    const isReversal = status === 'reversed';
    return {
      event: isReversal && anyEvent === true ? 'conversion' : event,
      currency: 'USD',
      ...present({ status, ...fields }),
      ...(isReversal && anyEvent === true && { anyEvent }),
      ...(event === 'rebill' && { renewal: true as const }),
    };
  });

describe.each(duplicateModes)('whatever is said of one click in the mode %s', (mode) => {
  test('each row is written one version on, its deltas add up, and nothing changes when it comes again', () => {
    fc.assert(
      fc.property(fc.array(said, { minLength: 1, maxLength: 9 }), (all) => {
        const click = new Click(mode);
        const claims = all.map((one, at) => [one, click.claimOf(one, 100 * hour + at)] as const);
        const rows = (): readonly unknown[] => click.conversions.map((row) => [row.conversionKey, payableOf(row)]);
        const settled = claims.filter(([one, claim]) => {
          const { notes } = click.take(one, claim);
          const before = rows();
          click.take(one, claim);
          expect(rows()).toEqual(before);
          return notes.every(({ code }) => !awaitsSale(code));
        });
        for (const row of click.conversions) {
          expect(addDeltas(...row.history.map(({ deltas }) => deltas))).toEqual(payableOf(row));
        }
        // One that awaits its sale may find it when it comes again later.
        const before = rows();
        for (const [one, claim] of settled) click.take(one, claim);
        expect(rows()).toEqual(before);
      }),
      runs(),
    );
  });
});
