import { readConversion, writeConversion } from '../../../lambdas/adapters/conversion-item';
import { historyLimit } from '../../../lambdas/domain/conversion/compaction';
import { Ledger, type Said } from '../domain/conversion/ledger';

/** The row of these claims by turns, until its history was bounded. */
function rowOf(...all: readonly Said[]) {
  const ledger = new Ledger('increment', 'T1');
  for (let turn = 0; turn < 2 * historyLimit; turn++) for (const said of all) ledger.say(said);
  if (ledger.stored === undefined) throw new Error('every first claim is recorded');
  return ledger.stored;
}

describe('the row of a history beyond its limit is read as it was written', () => {
  test.each<[string, 'amount' | 'name', readonly Said[]]>([
    [
      'before a claim had an amount',
      'amount',
      [
        { status: 'approved', home: 'USD' },
        { status: 'rejected', home: 'USD' },
      ],
    ],
    ['before a claim named the currency of its amounts', 'name', [{ amount: '1' }]],
  ])('%s', (_name, awaits, all) => {
    const row = rowOf(...all);
    expect(row.settled?.currencyAwaits).toBe(awaits);
    expect(readConversion(writeConversion(row))).toEqual(row);
  });

  test('with the claims that it has dropped', () => {
    const row = rowOf({ status: 'approved' });
    expect(row.droppedClaims).toHaveLength(historyLimit);
    expect(readConversion(writeConversion(row))).toEqual(row);
  });
});
