import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { claim, Ledger, type Said } from './ledger';

/** One says it in this mode; the integration counts separately where none is given. */
type Saying = Said & { readonly mode?: DuplicateMode };

/** The row of the key, then those that count separately, after these were said one second after the other. */
const rowsAfter = (...all: readonly Saying[]): readonly string[] => rowsOf('T1', ...all);

function rowsOf(transactionId: string | undefined, ...all: readonly Saying[]): readonly string[] {
  const ledger = new Ledger('separate', transactionId);
  for (const [second, { mode = 'separate', ...said }] of all.entries()) ledger.take(claim(said, mode, 100 + second));
  return [ledger.stored, ...ledger.repeats].map((row) => `${row?.status} ${row?.amount}`);
}

const first: Saying = { status: 'approved', amount: '10', at: 1 };
const sale: Saying = { status: 'approved', amount: '20', at: 3 };
const rejection: Saying = { status: 'rejected', amount: '20', at: 5 };

describe('a change that the row of the key took, for lack of the sale whose amount it names', () => {
  test.each<[string, readonly Saying[], readonly string[]]>([
    ['goes to that sale', [first, rejection, sale], ['approved 10', 'rejected 20']],
    [
      'goes to that sale in its currency',
      [
        { ...first, currency: 'EUR' },
        { ...rejection, currency: 'EUR' },
        { ...sale, currency: 'EUR' },
      ],
      ['approved 10', 'rejected 20'],
    ],
    [
      'goes to the sale whose currency it does not name',
      [{ ...first, currency: 'EUR' }, rejection, { ...sale, currency: 'EUR' }],
      ['approved 10', 'rejected 20'],
    ],
  ])('%s', (_, said, rows) => {
    expect(rowsAfter(...said)).toEqual(rows);
  });

  test.each<[string, readonly Saying[]]>([
    [
      'it is in another currency',
      [
        { ...first, currency: 'EUR' },
        { ...rejection, currency: 'USD' },
        { ...sale, currency: 'EUR' },
      ],
    ],
    ['it names another amount', [first, { ...rejection, amount: '30' }, sale]],
    ['it came before that sale', [first, { ...rejection, at: 2 }, sale]],
    [
      'the sale names no amount: a payout is not what its sender said',
      [first, rejection, { status: 'approved', payout: '20', at: 3 }],
    ],
    ['it was said where repeats did not count separately', [first, { ...rejection, mode: 'ignore' }, sale]],
  ])('stays where %s', (_, said) => {
    expect(rowsAfter(...said)).toEqual(['rejected 10', 'approved 20']);
  });

  test('stays where it gives back what a reversal took: that is about the reversal of its row', () => {
    const reinstated: Saying = { status: 'approved', amount: '20', reinstates: true, at: 5 };
    const hold: Saying = { status: 'pending', amount: '20', at: 3 };
    const rows = rowsOf(undefined, first, { status: 'reversed', at: 2 }, reinstated, hold);
    expect(rows).toEqual(['approved 10', 'pending 20']);
  });

  test('stays where it is a reversal: who reads all rows of the click finds its sale', () => {
    expect(rowsAfter(first, { status: 'reversed', amount: '20', at: 5 }, sale)).toEqual(['reversed 10', 'approved 20']);
  });

  test.each<[string, readonly Saying[]]>([
    ['began with it', []],
    ['began with it, after a reversal that waits', [{ status: 'reversed', amount: '3', at: 0 }]],
  ])('stays where the row %s', (_, before) => {
    const edit: Saying = { amount: '10', at: 6, mode: 'update' };
    const rows = rowsAfter(...before, rejection, edit, { amount: '20', at: 1 });
    expect(rows).toEqual(['rejected 10', 'approved 20']);
  });
});
