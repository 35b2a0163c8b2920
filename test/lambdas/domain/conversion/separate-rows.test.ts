import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { Click, type SaidOfClick } from './click';

const hour = 3600;

/** What the rows of a click are after these were said, each so many seconds after the tests' present. */
function rowsAfter(...all: readonly (readonly [number, SaidOfClick])[]): readonly string[] {
  return rowsIn('separate', ...all);
}

function rowsIn(mode: DuplicateMode, ...all: readonly (readonly [number, SaidOfClick])[]): readonly string[] {
  const click = new Click(mode);
  for (const [at, said] of all) click.take(said, click.claimOf(said, at));
  return click.conversions.map(({ status, amount = 'none' }) => `${status} ${amount}`);
}

const approval: SaidOfClick = { status: 'approved', anyEvent: true };
const reversal: SaidOfClick = { status: 'reversed', anyEvent: true };

describe('a reversal of rows that count separately', () => {
  test('stays with the sale that it reversed, where it would take nothing from a later one', () => {
    const rows = rowsAfter(
      [0, approval],
      [1, approval],
      [2, reversal],
      [3, reversal],
      [4, { status: 'approved', amount: '10' }],
    );
    expect(rows).toEqual(['approved 10', 'reversed none']);
  });

  test('moves to the sale that shows its money later, and is gone from the one without', () => {
    const rows = rowsAfter([0, { status: 'pending' }], [1, reversal], [2, { amount: '10' }]);
    expect(rows).toEqual(['pending none', 'reversed 10']);
  });

  test('that is sent again in another currency than a later sale stays where it is', () => {
    const refund: SaidOfClick = { ...reversal, amount: '10', currency: 'EUR', home: 'USD', bytes: 'refund' };
    const sale: SaidOfClick = { amount: '5', home: 'USD', at: 2 };
    const rows = rowsAfter([10, refund], [11, { ...approval, home: 'USD' }], [12, sale], [13, refund]);
    expect(rows).toEqual(['reversed none', 'approved 5']);
  });
});

test('a hold that waited for weeks, while other sales of its key came, is approved by a status alone', () => {
  const rows = rowsAfter(
    [0, { amount: '10' }],
    [1, { status: 'pending', amount: '5' }],
    [400 * hour, { amount: '20' }],
    [800 * hour, { amount: '30' }],
    [801 * hour, approval],
  );
  expect(rows).toEqual(['approved 10', 'approved 5', 'approved 20', 'approved 30']);
});

test('a rejection that changed the sale of another key rejects no renewal when it is sent again', () => {
  const renewal = { event: 'rebill', renewal: true } as const;
  const rejection: SaidOfClick = { ...renewal, status: 'rejected', at: 60, bytes: 'rejection' };
  const rows = rowsIn(
    'ignore-by-transaction',
    [100, { ...renewal, status: 'rejected', amount: '10', transactionId: 'A', at: 0 }],
    [101, rejection],
    [102, { ...renewal, amount: '10', at: 0 }],
    [103, rejection],
  );
  expect(rows).toEqual(['rejected 10', 'approved 10']);
});
