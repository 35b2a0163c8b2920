import * as fc from 'fast-check';
import { isStatusAlone, type Claim } from '../../lambdas/domain/request/claim';
import { duplicateModes, type DuplicateMode } from '../../lambdas/domain/values/duplicate-mode';
import { rowsText } from '../../prove/ledger/expected';
import { KeyRows } from '../../prove/ledger/rows';
import { present, runs, sending } from '../lambdas/domain/conversion/arbitraries';
import { Click } from '../lambdas/domain/conversion/click';
import { amount, currency } from '../lambdas/domain/support/factories';

const hour = 3_600_000;

/** What senders of the proof say of one key, and say again hours and days later. */
const sayings = fc.array(
  fc.record({
    status: fc.constantFrom('approved', 'approved', 'pending', 'rejected', 'reversed', undefined),
    amount: fc.constantFrom(undefined, undefined, '0', '5', '7.25', '10', '10'),
    currency: fc.constantFrom(undefined, undefined, 'USD', 'EUR'),
    given: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2, 3),
    again: fc.option(fc.nat(), { freq: 2 }),
    laterHours: fc.constantFrom(0, 0, 5, 30, 100),
  }),
  { minLength: 1, maxLength: 8 },
);

type Saying = typeof sayings extends fc.Arbitrary<(infer One)[]> ? One : never;

function* claimsOf(all: readonly Saying[], mode: DuplicateMode): Generator<Claim> {
  let receivedAfter = 10_000;
  for (const [place, { again, laterHours }] of all.entries()) {
    receivedAfter += laterHours * hour + 1000;
    const of = again === null ? place : again % (place + 1);
    const said = all[of];
    if (said === undefined) continue;
    const { status, amount: sum, currency: named, given } = said;
    const statement = {
      ...present({
        status,
        given,
        amount: sum === undefined ? undefined : amount(sum),
        currency: named === undefined ? undefined : currency(named),
      }),
      ...(status === 'reversed' && { reversal: 'partial' as const }),
      fallback: { status: 'approved' as const, currency: currency('USD') },
      homeCurrency: currency('USD'),
      retryHours: 48,
      mode,
    };
    const claim = sending(statement, `statement ${of}`, place + 1, receivedAfter);
    const isChange = status === 'reversed' || isStatusAlone({ status, amount: claim.amount });
    yield isChange ? { ...claim, anyEvent: true } : claim;
  }
}

test.each(duplicateModes)(
  'rows of a key, in the mode %s: the proof expects what the rules make of whatever is sent, and sent again',
  (mode) => {
    fc.assert(
      fc.property(sayings, fc.boolean(), (all, hasTransaction) => {
        const [click, expected] = [new Click(mode), new KeyRows(hasTransaction)];
        for (const claim of claimsOf(all, mode)) {
          click.take({ event: 'conversion', ...(hasTransaction && { transactionId: 'T1' }) }, claim);
          expected.take(claim);
          expect(rowsText(click.conversions)).toBe(rowsText(expected.expected));
        }
      }),
      runs(),
    );
  },
);

test('a refund that is sent three times, each within days of the one before, moves to its sale as one', () => {
  const sale: Saying = {
    status: 'approved',
    amount: undefined,
    currency: undefined,
    given: undefined,
    again: null,
    laterHours: 0,
  };
  const all: readonly Saying[] = [
    sale,
    sale,
    { ...sale, status: 'reversed' },
    { ...sale, again: 2, laterHours: 30 },
    { ...sale, again: 2, laterHours: 30 },
    { ...sale, amount: '5', given: 1 },
  ];
  const expected = new KeyRows(false);
  for (const claim of claimsOf(all, 'separate')) expected.take(claim);
  expect(rowsText(expected.expected)).toBe('approved no amount USD + approved no amount USD + reversed 5 USD');
});
