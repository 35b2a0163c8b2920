import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { claim, Ledger, type Said } from './ledger';

/** The notes of the last of these claims. */
function notesOf(mode: DuplicateMode, ...all: readonly Said[]): readonly object[] {
  const ledger = new Ledger(mode, 'T1');
  for (const said of all) ledger.say(said);
  return ledger.outcomes.at(-1)?.notes ?? [];
}

describe('AMOUNT_DIFFERS', () => {
  const pending: Said = { status: 'pending', amount: '10' };

  test('says what a change of status brings and does not move', () => {
    const expected = [{ code: 'AMOUNT_DIFFERS', sent: '99', kept: '10' }];
    expect(notesOf('ignore', pending, { status: 'approved', amount: '99' })).toEqual(expected);
  });

  test.each<[string, DuplicateMode, Said]>([
    ['where it is the same', 'ignore', { status: 'approved', amount: '10.00' }],
    ['where the mode replaces it', 'update', { status: 'approved', amount: '99' }],
    ['where a payout of 0 comes with a rejection', 'ignore', { status: 'rejected', amount: '0' }],
    ['where the status stays: the reason says it', 'ignore', { status: 'pending', amount: '99' }],
    ['where no amount comes', 'ignore', { status: 'approved' }],
  ])('is not said %s', (_, mode, said) => {
    expect(notesOf(mode, pending, said)).toEqual([]);
  });

  test('is not said of a sale that a waiting reversal takes a part of: its price is what came', () => {
    for (const mode of ['ignore', 'update'] as const) {
      expect(notesOf(mode, { status: 'reversed', amount: '15' }, { status: 'approved', amount: '40' })).toEqual([]);
    }
  });

  test.each([
    ['50', [{ code: 'AMOUNT_DIFFERS', sent: '50', kept: '40' }]],
    ['40', []],
    ['25', []],
  ])('of %s after a refund of 15 of 40 is about the price, and what is left is no difference', (amount, notes) => {
    const sale: Said = { amount: '40' };
    expect(notesOf('ignore', sale, { status: 'reversed', amount: '15' }, { status: 'rejected', amount })).toEqual(
      notes,
    );
  });

  test('is not said of an amount that is less what was refunded of it', () => {
    expect(notesOf('ignore', pending, { status: 'approved', amount: '10', refundedInAll: '3' })).toEqual([
      { code: 'PARTIAL_REVERSAL', taken: '3', left: '7' },
    ]);
  });

  test('is said in the currency of the key, where the sale is in another one', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ status: 'pending', amount: '10', home: 'USD' });
    ledger.say({ amount: '5000', currency: 'JPY' });
    const units = { ...claim({ status: 'approved', amount: '99', home: 'USD' }, 'ignore', 5), minorDigits: 2 };
    expect(ledger.take(units).notes).toEqual([{ code: 'AMOUNT_DIFFERS', sent: '99', kept: '5000' }]);
  });

  test('is not said again when the same request is delivered again', () => {
    const ledger = new Ledger('ignore', 'T1');
    const approval = claim({ status: 'approved', amount: '99' }, 'ignore', 5);
    ledger.say(pending);
    expect(ledger.take(approval).notes).toHaveLength(1);
    expect(ledger.take(approval).notes).toEqual([]);
  });
});

describe('CURRENCY_ASSUMED', () => {
  test('names the currency of the key where the integration has another one now', () => {
    expect(notesOf('update', { amount: '10', home: 'USD' }, { amount: '12', home: 'EUR' })).toEqual([
      { code: 'CURRENCY_ASSUMED', assumed: 'USD', home: 'EUR' },
    ]);
    expect(notesOf('update', { amount: '10', currency: 'USD' }, { amount: '12' })).toEqual([
      { code: 'CURRENCY_ASSUMED', assumed: 'USD', home: undefined },
    ]);
  });

  test.each<[string, Said, Said]>([
    ['where the currencies are the same', { amount: '10', home: 'USD' }, { amount: '12', home: 'USD' }],
    ['where the currency is named', { amount: '10', home: 'USD' }, { amount: '12', currency: 'USD', home: 'EUR' }],
    ['where no amount comes', { amount: '10', home: 'USD' }, { home: 'EUR' }],
    ['where the key has none', { amount: '10' }, { amount: '12', home: 'EUR' }],
  ])('is not said %s', (_, first, second) => {
    expect(notesOf('update', first, second)).toEqual([]);
  });
});

describe('CURRENCY_IGNORED', () => {
  const hold: Said = { status: 'pending', amount: '10', home: 'USD' };
  const expected = [{ code: 'CURRENCY_IGNORED', named: 'EUR', kept: 'USD' }];

  test.each<[string, Said]>([
    ['with the amount', { status: 'approved', amount: '10', currency: 'EUR' }],
    ['without an amount', { status: 'approved', currency: 'EUR' }],
    ['without an amount or another status', { currency: 'EUR', status: 'pending' }],
  ])('says that a currency named late changes nothing: %s', (_, late) => {
    expect(notesOf('ignore', hold, late)).toEqual(expected);
  });

  test.each<[string, DuplicateMode, Said]>([
    ['where it is the same', 'ignore', { status: 'approved', currency: 'USD' }],
    ['where the mode replaces it', 'update', { status: 'approved', amount: '10', currency: 'EUR' }],
    ['where the reason says it', 'ignore', { status: 'pending', amount: '10', currency: 'EUR' }],
  ])('is not said %s', (_, mode, said) => {
    expect(notesOf(mode, hold, said)).toEqual([]);
  });
});

describe('PARTIAL_REVERSAL', () => {
  const sale: Said = { status: 'approved', amount: '100', at: -900 };
  const part: Said = { status: 'reversed', amount: '40', at: -600 };

  test('says what stays', () => {
    expect(notesOf('ignore', sale, part)).toEqual([{ code: 'PARTIAL_REVERSAL', taken: '40', left: '60' }]);
  });

  test('says that nothing stays where the rest is reversed already', () => {
    const notes = notesOf('ignore', sale, { status: 'reversed', at: -300 }, part);
    expect(notes).toEqual([{ code: 'PARTIAL_REVERSAL', taken: '40', left: undefined }]);
  });

  test('is said of a part that is dated before its sale', () => {
    expect(notesOf('ignore', sale, { ...part, at: -5000 })).toEqual([
      { code: 'PARTIAL_REVERSAL', taken: '40', left: '60' },
    ]);
  });
});

describe('a reversal', () => {
  test('that waits says so, and so does the second of two', () => {
    const waits = [{ code: 'REVERSAL_WITHOUT_SALE' }];
    expect(notesOf('ignore', { status: 'reversed' })).toEqual(waits);
    expect(notesOf('ignore', { status: 'reversed' }, { status: 'reversed', amount: '4' })).toEqual(waits);
  });

  test.each<[string, readonly Said[]]>([
    ['of a sale that is pending', [{ status: 'pending' }, { status: 'reversed' }]],
    ['of all that is known', [{ amount: '10' }, { status: 'reversed', amount: '10' }]],
    ['without an amount, of a sale without one', [{}, { status: 'reversed' }]],
    ['that is whole by the settings, of a sale without an amount', [{}, { reversal: 'whole', amount: '4' }]],
    ['that finds the sale reversed already', [{}, { status: 'reversed' }, { status: 'reversed', amount: '4' }]],
  ])('%s has nothing to say', (_, all) => {
    expect(notesOf('ignore', ...all)).toEqual([]);
  });
});

describe('a partial reversal', () => {
  test('is said in the currency of its sale, where the key has another one', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '10', home: 'USD' });
    ledger.say({ amount: '5000', currency: 'JPY' });
    const units = { ...claim({ status: 'reversed', amount: '20', home: 'USD' }, 'update', 5), minorDigits: 2 };
    expect(ledger.take(units).notes).toEqual([{ code: 'PARTIAL_REVERSAL', taken: '2000', left: '3000' }]);
  });

  test('is not said of a sending that names no amount, though another one did', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ amount: '10' });
    const unread = claim({ status: 'reversed', bytes: 'it' }, 'ignore', 5);
    ledger.take(unread);
    ledger.say({ status: 'reversed', amount: '4', bytes: 'it' }, 6);
    expect(ledger.state[1]).toBe('6');
    expect(ledger.take(unread).notes).toEqual([]);
  });
});

describe('a reversal whose word says that it takes back a part', () => {
  const part = (...all: readonly Said[]): readonly object[] => {
    const ledger = new Ledger('ignore', 'T1');
    for (const said of all.slice(0, -1)) ledger.say(said);
    const last = claim(all.at(-1) ?? {}, 'ignore', 5);
    return ledger.take({ ...last, saysPart: true }).notes;
  };

  test.each<[string, readonly Said[], readonly object[]]>([
    [
      'and takes back all is said to',
      [{ amount: '10' }, { status: 'reversed', amount: '10' }],
      [{ code: 'REVERSAL_OF_UNKNOWN_AMOUNT', named: '10', saysPart: true }],
    ],
    [
      'and takes back a part is as any other',
      [{ amount: '10' }, { status: 'reversed', amount: '4' }],
      [{ code: 'PARTIAL_REVERSAL', taken: '4', left: '6' }],
    ],
    ['and names no amount has nothing to say', [{ amount: '10' }, { status: 'reversed' }], []],
    [
      'and finds all taken back already has nothing to say',
      [{ amount: '10' }, { status: 'reversed' }, { status: 'reversed', amount: '10' }],
      [],
    ],
    [
      'of a sale without an amount is said once',
      [{}, { status: 'reversed', amount: '4' }],
      [{ code: 'REVERSAL_OF_UNKNOWN_AMOUNT', named: '4' }],
    ],
  ])('%s', (_, all, expected) => {
    expect(part(...all)).toEqual(expected);
  });
});

describe('STATUS_MISSING', () => {
  test.each<[string, readonly Said[]]>([
    ['of the first claim', [{ amount: '10' }]],
    ['of a claim that counts as the first, though it comes later', [{ status: 'rejected', at: 5 }, { at: 1 }]],
    ['where a status is named', [{ status: 'pending' }, { status: 'pending', amount: '5' }]],
  ])('is not said %s', (_, all) => {
    expect(notesOf('ignore', ...all)).toEqual([]);
  });

  test('is not said when the first request is delivered again after a change', () => {
    const ledger = new Ledger('ignore', 'T1');
    const sale = claim({ amount: '10' }, 'ignore', 0);
    ledger.take(sale);
    ledger.say({ status: 'reversed' }, 5);
    expect(ledger.take(sale).notes).toEqual([]);
  });

  test('is said once, and not when the same request is delivered again', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ status: 'pending', amount: '10' });
    const content = claim({ amount: '12' }, 'update', 5);
    expect(ledger.take(content).notes).toEqual([{ code: 'STATUS_MISSING', kept: 'pending' }]);
    expect(ledger.take(content).notes).toEqual([]);
  });
});
