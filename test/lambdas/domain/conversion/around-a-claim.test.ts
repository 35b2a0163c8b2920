import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { Ledger, type Said } from './ledger';

/** The rows of a key, each with its status and amount: its own first. */
const rowsOf = ({ stored, repeats }: Ledger): readonly string[] =>
  [stored, ...repeats].map((row) => `${row?.status} ${row?.amount}`);

describe('a claim after the settled part of a long history', () => {
  /** So many claims that the older half of them is settled, one second after the other; repeats count separately from then on. */
  function settled(mode: DuplicateMode, saidAt: (second: number) => Said): Ledger {
    const ledger = new Ledger(mode, 'T1');
    for (let at = 0; at <= historyLimit; at++) ledger.say({ ...saidAt(at), at }, at);
    expect(ledger.stored?.settled).toBeDefined();
    ledger.mode = 'separate';
    return ledger;
  }
  const afterSettled = historyLimit / 2 - 0.5;
  const inTurn = (second: number): Said => ({ status: second % 2 === 0 ? 'approved' : 'rejected' });

  test.each<[string, Said]>([
    ['names an amount', { status: 'approved', amount: '5' }],
    ['has a payout', { status: 'approved', payout: '5' }],
  ])('is none of the first sale, whose amount is settled, where it %s', (_, said) => {
    const ledger = settled('increment', () => ({ amount: '1' }));
    ledger.say({ ...said, at: afterSettled }, 200);
    expect(rowsOf(ledger)).toEqual([`approved ${historyLimit + 1}`, 'approved 5']);
  });

  test.each<[string, Said]>([
    ['no amount', {}],
    ['a payout', { payout: '3' }],
  ])('names the worth of the first sale where that had %s', (_, said) => {
    const ledger = settled('ignore', (second) => ({ ...inTurn(second), ...said }));
    ledger.say({ status: 'approved', amount: '5' }, 200);
    expect(rowsOf(ledger)).toEqual(['approved 5']);
  });
});

describe('the status that a claim finds', () => {
  test('is reversed where its sale met a reversal that waited: the same sale is approved again, and counts once', () => {
    const ledger = new Ledger('separate', 'T1');
    for (const said of [{ status: 'reversed' }, { amount: '10' }] as const) ledger.say(said);
    expect(rowsOf(ledger)).toEqual(['reversed 10']);
    ledger.say({ status: 'approved', amount: '10' });
    expect(rowsOf(ledger)).toEqual(['approved 10']);
  });

  test('next is the next change, whatever changes nothing before it', () => {
    const ledger = new Ledger('separate');
    ledger.say({ status: 'pending', amount: '10', at: 1 }, 10);
    ledger.say({ status: 'reversed', at: 5 }, 11);
    ledger.say({ status: 'approved', at: 9 }, 12);
    ledger.say({ status: 'approved', amount: '20', at: 3 }, 13);
    expect(rowsOf(ledger)).toEqual(['approved 10', 'approved 20']);
  });
});

describe('where repeats count separately, and the sender names no transaction', () => {
  const rowsAfter = (...all: readonly Said[]): readonly string[] => {
    const ledger = new Ledger('separate');
    for (const said of all) ledger.say(said, 10);
    return rowsOf(ledger);
  };
  const hold: Said = { status: 'pending', amount: '20', at: 5 };
  const ended: readonly Said[] = [
    { status: 'approved', amount: '10', currency: 'USD', at: 1 },
    { status: 'reversed', at: 2 },
  ];

  test.each<[string, readonly Said[], readonly string[]]>([
    [
      'a claim without a status is one more, also while the sale is on hold',
      [hold, { status: 'approved', at: 9 }, { amount: '10', at: 7 }],
      ['approved 20', 'approved 10'],
    ],
    [
      'a sale before a hold of another amount is one more: nothing returns to pending',
      [hold, { status: 'approved', amount: '10', at: 1 }],
      ['pending 20', 'approved 10'],
    ],
    [
      'a hold before a sale is the hold of that sale',
      [
        { ...hold, status: 'approved' },
        { ...hold, amount: '10', at: 1 },
      ],
      ['approved 10'],
    ],
    [
      'a hold after a sale, of another amount, is one more',
      [{ status: 'approved', amount: '10', at: 1 }, hold],
      ['approved 10', 'pending 20'],
    ],
    [
      'an approval after a reversal, of the same number in another currency, is one more',
      [...ended, { status: 'approved', amount: '10', currency: 'EUR', at: 3 }],
      ['reversed 10', 'approved 10'],
    ],
    [
      'an approval after a reversal that names a correction approves the same sale again',
      [...ended, { status: 'approved', amount: '-3', at: 3 }],
      ['approved 7'],
    ],
  ])('%s', (_, said, rows) => {
    expect(rowsAfter(...said)).toEqual(rows);
  });
});

test('the first amount of a transaction is that of its sale, though a refund named one before', () => {
  const ledger = new Ledger('separate', 'T1');
  for (const said of [
    { status: 'approved', payout: '5', at: 1 },
    { status: 'reversed', amount: '3', at: 2 },
    { status: 'approved', amount: '50', at: 3 },
  ] as const)
    ledger.say(said, 10);
  expect(rowsOf(ledger)).toEqual(['approved 47']);
});
