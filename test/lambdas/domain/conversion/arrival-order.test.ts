import * as fc from 'fast-check';
import { addAmounts, zero, type Amount } from '../../../../lambdas/domain/conversion/amount';
import { payableOf } from '../../../../lambdas/domain/conversion/history';
import { conversionStatuses } from '../../../../lambdas/domain/conversion/status';
import { Ledger, type Said } from './ledger';

const absent = { nil: undefined } as const;
const said: fc.Arbitrary<Said> = fc.record(
  {
    status: fc.constantFrom(...conversionStatuses),
    amount: fc.constantFrom('0', '5', '7.25', '10', '-3'),
    currency: fc.constantFrom('USD', 'EUR'),
    at: fc.integer({ min: 0, max: 3 }),
  },
  { requiredKeys: ['at'] },
);
const folding = fc.constantFrom('ignore', 'update', 'increment' as const);

/** One set of claims in two orders of arrival. */
const orders = fc
  .array(said, { minLength: 2, maxLength: 7 })
  .chain((claims) => fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })));

function arrive(mode: 'ignore' | 'update' | 'increment', claims: readonly Said[]): Ledger {
  const ledger = new Ledger(mode, 'T1');
  for (const one of claims) ledger.say(one);
  return ledger;
}

describe('whatever the order of arrival', () => {
  test('claims with times of their own end in one status, amount and currency', () => {
    fc.assert(
      fc.property(folding, orders, (mode, [claims, others]) => {
        expect(arrive(mode, others).state).toEqual(arrive(mode, claims).state);
      }),
      { numRuns: 3000 },
    );
  });

  test('the deltas of a history add up to what is payable', () => {
    const any = fc.record(
      {
        status: fc.constantFrom(...conversionStatuses),
        amount: fc.constantFrom('0', '5', '7.25', '-3'),
        at: fc.option(fc.integer({ min: 0, max: 3 }), absent),
        bytes: fc.constantFrom('a', 'b'),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(folding, fc.array(any, { minLength: 1, maxLength: 12 }), (mode, claims) => {
        const { stored } = arrive(
          mode,
          claims.map(({ at, ...rest }) => ({ ...rest, ...(at !== undefined && { at }) })),
        );
        const sum = (stored?.history ?? []).reduce<Amount>((total, { delta }) => addAmounts(total, delta), zero);
        expect(stored && payableOf(stored)).toBe(sum);
      }),
      { numRuns: 1000 },
    );
  });
});
