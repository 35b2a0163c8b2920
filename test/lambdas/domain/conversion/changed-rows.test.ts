import { mayChangeRow } from '../../../../lambdas/domain/conversion/changed-row';
import type { Conversion, ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { settleAmong, type Settlement } from '../../../../lambdas/domain/conversion/settlement';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { Said } from './ledger';
import { Rows, subjectOf, unnamed } from './rows';

type Fields = Partial<ConversionSubject>;

const transaction = { transactionId: 'T1' };

/** Rows that count separately: of sales without a transaction ID, where none is named. */
class SeparateRows {
  readonly click = new Rows();

  constructor(...all: readonly Said[]) {
    for (const said of all) this.say(said);
  }

  say(said: Said, fields: Fields = {}, marks: Partial<Claim> = {}): Settlement {
    return this.take(this.claimOf(said, marks), fields);
  }

  take(claim: Claim, fields: Fields = {}): Settlement {
    return this.click.among(subjectOf({ event: 'sale', ...unnamed, ...fields }), claim);
  }

  claimOf(said: Said, marks: Partial<Claim> = {}): Claim {
    return { ...this.click.claimOf(said), mode: 'separate', ...marks };
  }

  /** What the rows show, in the order in which they were recorded. */
  get shown(): readonly string[] {
    return this.click.all.map(({ status, amount = 'none' }) => `${status} ${amount}`);
  }

  /** How many sales that count separately the row of the key knows, so that each may be repeated. */
  get knownToKey(): number | undefined {
    return this.click.rows.get('sale#')?.repeats?.length;
  }
}

const shownAfter = (...all: readonly Said[]): readonly string[] => new SeparateRows(...all).shown;

describe('a rejection among rows that count separately', () => {
  test.each<[string, Said, string]>([
    ['of an amount is about the row that has it', {}, 'rejected 5'],
    ['that names its currency as well is about that row', { currency: 'USD' }, 'rejected 5'],
  ])('%s', (_, named, expected) => {
    const rejection: Said = { status: 'rejected', amount: '5', ...named };
    expect(shownAfter({ amount: '10', currency: 'USD' }, { amount: '5', currency: 'USD' }, rejection)[1]).toBe(
      expected,
    );
  });

  test('of as much in another currency is not about it', () => {
    const euros = { currency: 'EUR' };
    const rejection: Said = { status: 'rejected', amount: '5', ...euros };
    expect(shownAfter({ amount: '10', ...euros }, { amount: '5', currency: 'USD' }, rejection)[1]).toBe('approved 5');
  });

  test('without an amount is about the one on hold, and one before the approval of a hold about that', () => {
    const hold: Said = { status: 'pending', amount: '5', at: 1 };
    expect(shownAfter({ amount: '10', at: 0 }, hold, { status: 'rejected', at: 3 })).toEqual([
      'approved 10',
      'rejected 5',
    ]);
    expect(
      shownAfter(
        { amount: '10', at: 0 },
        hold,
        { status: 'approved', amount: '5', at: 5 },
        { status: 'rejected', at: 3 },
      ),
    ).toEqual(['approved 10', 'approved 5']);
  });

  test('is about one row, and a second one about the next of its amount, in whatever order they arrive', () => {
    const rows = shownAfter(
      { amount: '10', at: 0 },
      { amount: '5', at: 1 },
      { amount: '5', at: 2 },
      { status: 'rejected', amount: '5', at: 9 },
      { status: 'rejected', amount: '5', at: 8 },
    );
    expect(rows).toEqual(['approved 10', 'rejected 5', 'rejected 5']);
  });

  test('without an amount is about no row that began later', () => {
    expect(shownAfter({ amount: '10', at: 0 }, { amount: '5', at: 2 }, { status: 'rejected', at: 1 })).toEqual([
      'rejected 10',
      'approved 5',
    ]);
  });

  test.each<[string, Fields]>([
    ['transaction', { transactionId: 'T0' }],
    ['event', { ...transaction, event: 'lead' }],
    ['kind, a test', { ...transaction, test: true }],
  ])('is about no row of another %s', (_, other) => {
    const rows = new SeparateRows();
    for (const fields of [other, transaction]) for (const amount of ['10', '5']) rows.say({ amount }, fields);
    rows.say({ status: 'rejected', amount: '5' }, transaction);
    expect(rows.shown).toEqual(['approved 10', 'approved 5', 'approved 10', 'rejected 5']);
  });

  test('by another integration changes no row', () => {
    const rows = new SeparateRows();
    for (const amount of ['10', '5']) rows.say({ amount }, transaction);
    const rejection = rows.say({ status: 'rejected', amount: '5' }, { ...transaction, integration: 'other' });
    expect([rejection.outcome, rows.shown]).toEqual(['other-integration', ['approved 10', 'approved 5']]);
  });

  test('that a reversal overtook rejects no other row when it is sent again', () => {
    const rows = new SeparateRows();
    const rejection: Said = { status: 'rejected', amount: '5', at: 9, bytes: 'rejection' };
    const all: readonly Said[] = [{ amount: '10', at: 0 }, { amount: '5', at: 1 }, rejection];
    for (const said of all) rows.say(said, transaction);
    rows.say({ status: 'reversed', amount: '5', at: 8 }, transaction);
    rows.say(rejection, transaction);
    expect(rows.shown).toEqual(['approved 10', 'reversed 5']);
  });

  test('below zero takes from what is approved, and nothing from a hold', () => {
    const rows = new SeparateRows({ status: 'pending' }, { status: 'pending' }, { status: 'approved', amount: '10' });
    rows.say({ status: 'rejected', amount: '3', reversal: 'partial' });
    expect(rows.shown).toEqual(['approved 7', 'pending none']);
  });
});

describe('an approval among rows that count separately', () => {
  const hold: Said = { status: 'pending', amount: '7' };

  test('without an amount is about the oldest on hold, in whatever order the rows are read', () => {
    const rows = new SeparateRows({ amount: '10' }, { status: 'pending', amount: '5' }, hold);
    const approval = rows.claimOf({ status: 'approved' });
    for (const read of [rows.click.all, rows.click.all.toReversed()])
      expect(settleAmong(read, subjectOf({ event: 'sale', ...unnamed }), approval, true)).toMatchObject({
        conversion: { status: 'approved', amount: '5' },
      });
  });

  test('of another amount than the hold named is another sale', () => {
    expect(shownAfter({ amount: '10' }, hold, { status: 'approved', amount: '5' })).toEqual([
      'approved 10',
      'pending 7',
      'approved 5',
    ]);
  });

  test('with an amount is about a hold that named none', () => {
    const none: Said = { status: 'pending' };
    expect(shownAfter(none, none, { status: 'approved', amount: '10' }, { status: 'approved', amount: '7' })).toEqual([
      'approved 10',
      'approved 7',
    ]);
  });

  test.each([
    ['before', 2],
    ['after', 4],
  ])('of the amount of a rejected sale, %s that, is another sale', (_, at) => {
    const rejected: Said = { status: 'rejected', amount: '5', at: 3 };
    const rows = shownAfter({ amount: '10', at: 0 }, { ...hold, at: 1 }, { amount: '5', at: 3 }, rejected, {
      status: 'approved',
      amount: '5',
      at,
    });
    expect(rows).toEqual(['approved 10', 'pending 7', 'rejected 5', 'approved 5']);
  });

  test('before the one that ended a hold is another sale, which the row of the key knows', () => {
    const rows = new SeparateRows(
      { amount: '10', at: 0 },
      { status: 'pending', amount: '5', at: 1 },
      { status: 'approved', amount: '5', at: 5 },
      { status: 'approved', amount: '5', at: 3 },
    );
    expect([rows.shown, rows.knownToKey]).toEqual([['approved 10', 'approved 5', 'approved 5'], 2]);
  });
});

describe('a hold among rows that count separately', () => {
  const hold: Said = { status: 'pending', amount: '5' };

  test('before another of its amount is another sale, which the row of the key knows', () => {
    const rows = new SeparateRows({ amount: '10', at: 0 }, { ...hold, at: 5 }, { ...hold, at: 3 });
    expect([rows.shown, rows.knownToKey]).toEqual([['approved 10', 'pending 5', 'pending 5'], 2]);
  });

  test('that the queue delivers again gets the answer of its first delivery, though its sale was approved since', () => {
    const rows = new SeparateRows({ amount: '10', at: 0 });
    const claim = rows.claimOf({ ...hold, at: 1 });
    rows.take(claim);
    rows.say({ status: 'approved', amount: '5', at: 2 });
    expect(rows.take(claim)).toMatchObject({ reason: 'OK', conversion: { status: 'pending' }, writes: [] });
    expect(rows.shown).toEqual(['approved 10', 'approved 5']);
  });
});

test.each<[boolean, string, Said, readonly Said[]]>([
  [false, 'the first repeat', { status: 'rejected' }, [{ amount: '10' }]],
  [true, 'a rejection', { status: 'rejected' }, [{ amount: '10' }, { amount: '5' }]],
  [true, 'a hold of an earlier time', { status: 'pending', at: 0 }, [{ amount: '10' }, { amount: '5' }]],
  [false, 'a hold without a time', { status: 'pending' }, [{ amount: '10' }, { amount: '5' }]],
  [false, 'a sale without a status', { amount: '7', at: 0 }, [{ amount: '10' }, { amount: '5' }]],
  [false, 'a reversal', { status: 'rejected', reversal: 'partial' }, [{ amount: '10' }, { amount: '5' }]],
  [false, 'an approval where none was on hold', { status: 'approved' }, [{ amount: '10' }, { amount: '5' }]],
  [true, 'an approval where one was', { status: 'approved' }, [{ amount: '10' }, { status: 'pending', amount: '5' }]],
])('all rows of the click are read: %s, for %s', (expected, _, said, before) => {
  const rows = new SeparateRows(...before);
  const [existing]: readonly (Conversion | undefined)[] = rows.click.all;
  expect(mayChangeRow(existing, rows.claimOf(said))).toBe(expected);
});
