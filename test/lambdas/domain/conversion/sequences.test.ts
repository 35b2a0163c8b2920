import type { EntryReason } from '../../../../lambdas/domain/conversion/conversion';
import { duplicateModes, type DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { foldingModes } from './arbitraries';
import { claim, Ledger, type Said } from './ledger';

const day = 24 * 3600;
const separateModes = duplicateModes.filter((mode) => mode !== 'update' && mode !== 'increment');

/** One key after claims that arrive one after the other. */
function after(mode: (typeof duplicateModes)[number], ...all: readonly Said[]): Ledger {
  const ledger = new Ledger(mode, 'T1');
  for (const one of all) ledger.say(one);
  return ledger;
}

describe('an amount that comes with a later status', () => {
  test.each(duplicateModes)('pending without an amount, then approved 50, is approved 50 in the mode %s', (mode) => {
    expect(after(mode, { status: 'pending' }, { status: 'approved', amount: '50' }).state.slice(0, 2)).toEqual([
      'approved',
      '50',
    ]);
  });

  test.each(duplicateModes)('pending with the payout, then approved 50, is approved 50 in the mode %s', (mode) => {
    const ledger = after(mode, { status: 'pending', payout: '5' }, { status: 'approved', amount: '50', payout: '5' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
  });

  test.each(duplicateModes)('a lead of 0, then a sale of 50, is approved 50 in the mode %s', (mode) => {
    const ledger = after(mode, { status: 'pending', amount: '0' }, { status: 'approved', amount: '50' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
    expect(ledger.reasons).toEqual(['OK', 'OK_UPDATED']);
  });

  test.each(separateModes)(
    'a sale of 0 that was named stays 0 in the mode %s, with a note of what was sent',
    (mode) => {
      const ledger = after(
        mode,
        { status: 'approved', amount: '0' },
        { status: 'rejected' },
        { status: 'approved', amount: '0' },
      );
      expect(ledger.state.slice(0, 2)).toEqual(['approved', '0']);
    },
  );

  test.each(duplicateModes)(
    'a rejection with a payout of 0 leaves the sale worth what it was in the mode %s',
    (mode) => {
      const ledger = after(
        mode,
        { status: 'rejected', amount: '0', payout: '30' },
        { status: 'approved', payout: '30' },
      );
      expect(ledger.state.slice(0, 2)).toEqual(['approved', '30']);
    },
  );

  test.each(duplicateModes)(
    'an older pending without an amount that arrives late takes nothing away in the mode %s',
    (mode) => {
      const ledger = after(
        mode,
        { status: 'approved', amount: '50', at: 10, payout: '5' },
        { status: 'pending', at: 5, payout: '5' },
      );
      expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
      expect(ledger.stored?.amountNamed).toBe(true);
    },
  );

  test.each(foldingModes)(
    'an amount that comes with a rejected status still says what the sale is worth in the mode %s',
    (mode) => {
      const ledger = after(mode, { status: 'approved', payout: '5' }, { status: 'pending', amount: '50' });
      expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
    },
  );

  test.each(foldingModes)(
    'the payout never replaces a named amount in the mode %s, whatever order they arrive in',
    (mode) => {
      for (const at of [5, 15]) {
        const ledger = after(mode, { amount: '50', at: 10 }, { payout: '5', at });
        expect(ledger.state[1]).toBe('50');
      }
    },
  );
});

describe('a reversal after many repeats', () => {
  test('64 rejected repeats of pending on an approved key, then the true reversal', () => {
    const ledger = after('ignore', { status: 'approved', amount: '10' });
    for (let at = 0; at < 64; at++) ledger.say({ status: 'pending' });
    expect(ledger.stored?.history).toHaveLength(1);
    expect(ledger.say({ status: 'reversed' }).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('reversed');
  });
});

describe('claims of one second, or with times that interleave', () => {
  const permuted = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
    items.length < 2
      ? [items]
      : items.flatMap((item, place) => permuted(items.toSpliced(place, 1)).map((others) => [item, ...others]));

  test('rejected 7.25, the same again, and -3 of one second end alike in every order of arrival', () => {
    const all: readonly Said[] = [
      { status: 'rejected', amount: '7.25', at: 0 },
      { status: 'rejected', amount: '7.25', at: 0 },
      { amount: '-3', at: 0 },
    ];
    for (const [mode, amount] of [
      ['ignore', '4.25'],
      ['update', '4.25'],
      ['increment', '11.5'],
    ] as const) {
      for (const order of permuted(all)) expect(after(mode, ...order).state.slice(0, 2)).toEqual(['rejected', amount]);
    }
  });

  test('in the mode update, repeats of rejected, a late approval and a reversal end alike in every order of arrival', () => {
    const all: readonly Said[] = [
      { status: 'rejected', amount: '10', at: 10 },
      { status: 'rejected', amount: '10', at: 20 },
      { status: 'rejected', amount: '10', at: 30 },
      { status: 'approved', amount: '10', at: 15 },
      { status: 'reversed', amount: '50', at: 25 },
      { status: 'approved', at: 40 },
    ];
    const claims = all.map((one, second) => claim(one, 'update', second));
    for (const order of permuted(claims)) {
      const ledger = new Ledger('update', 'T1');
      for (const one of order) ledger.take(one);
      expect(ledger.state).toEqual(['approved', '10', undefined]);
    }
  });

  test('rows of one file and one second count in the order of the file', () => {
    const row = (number: number): Said['sequence'] => ({ batch: 'B', row: number });
    const ledger = after(
      'ignore',
      { status: 'approved', amount: '10', at: -60 },
      { status: 'reversed', at: 0, sequence: row(1) },
      { status: 'approved', amount: '10', at: 0, sequence: row(2) },
    );
    expect(ledger.state[0]).toBe('approved');
    const turned = after(
      'ignore',
      { status: 'approved', amount: '10', at: -60 },
      { status: 'approved', amount: '10', at: 0, sequence: row(1) },
      { status: 'reversed', at: 0, sequence: row(2) },
    );
    expect(turned.state[0]).toBe('reversed');
  });

  test('a row that approves after one that reversed approves anew, though no sale was known before', () => {
    const row = (number: number): Said['sequence'] => ({ batch: 'B', row: number });
    const reversed: Said = { status: 'reversed', amount: '10', sequence: row(1) };
    const approved: Said = { status: 'approved', amount: '10', sequence: row(2) };
    const same = { at: 0 };
    for (const all of [
      [reversed, approved],
      [approved, reversed],
      [
        { ...reversed, ...same },
        { ...approved, ...same },
      ],
    ]) {
      const ledger = new Ledger('ignore', 'T1');
      for (const one of all) ledger.say(one, 0);
      expect(ledger.state.slice(0, 2)).toEqual(['approved', '10']);
    }
  });

  test('a row that names no status is the sale of the reversal in the row before it', () => {
    const row = (number: number): Said['sequence'] => ({ batch: 'B', row: number });
    const ledger = after('ignore', { status: 'reversed', sequence: row(1) }, { amount: '10', sequence: row(2) });
    expect(ledger.state[0]).toBe('reversed');
  });

  test('a reversal in a later row than its sale takes it back, also where its time is before it', () => {
    const row = (number: number): Said['sequence'] => ({ batch: 'B', row: number });
    const ledger = after(
      'ignore',
      { status: 'approved', amount: '10', at: 5, sequence: row(1) },
      { status: 'reversed', at: 1, sequence: row(2) },
    );
    expect(ledger.state[0]).toBe('reversed');
  });
});

describe('two currencies', () => {
  test('increment: 10 EUR, then 10 USD, is 10 EUR, and the second is CURRENCY_INVALID', () => {
    const ledger = after('increment', { amount: '10', currency: 'EUR' }, { amount: '10', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '10', 'EUR']);
    expect(ledger.reasons).toEqual(['OK', 'CURRENCY_INVALID']);
    expect(ledger.stored?.history).toHaveLength(2);
  });

  test('update: 10 EUR, then 12 without a currency after the integration changed to USD, is 12 EUR with a note', () => {
    const ledger = after('update', { amount: '10', currency: 'EUR', home: 'EUR' }, { amount: '12', home: 'USD' });
    expect(ledger.state).toEqual(['approved', '12', 'EUR']);
    expect(ledger.outcomes.at(-1)?.notes).toEqual([{ code: 'CURRENCY_ASSUMED', assumed: 'EUR', home: 'USD' }]);
  });

  test('update: another currency replaces amount and currency together, and moves each in the books', () => {
    const ledger = after('update', { amount: '10', currency: 'EUR' }, { amount: '12', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '12', 'USD']);
    expect(ledger.stored?.history.at(-1)?.deltas).toEqual({ EUR: '-10', USD: '12' });
  });

  test.each(['4', '10', '12'])(
    'a reversal of %s in another currency is CURRENCY_INVALID: amounts are not compared',
    (amount) => {
      const ledger = after(
        'ignore',
        { amount: '10', currency: 'EUR' },
        { status: 'reversed', amount, currency: 'USD' },
      );
      expect(ledger.reasons.at(-1)).toBe('CURRENCY_INVALID');
      expect(ledger.state).toEqual(['approved', '10', 'EUR']);
      expect(ledger.say({ reversal: 'whole', status: 'reversed', amount, currency: 'USD' }).reason).toBe('OK_UPDATED');
    },
  );

  test.each(foldingModes)('a correction in another currency has no effect in the mode %s', (mode) => {
    const ledger = after(mode, { amount: '10', currency: 'EUR' }, { amount: '-3', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '10', 'EUR']);
    expect(ledger.reasons[1]).toBe('CURRENCY_INVALID');
  });

  test('an unnamed amount takes the currency of an earlier claim that arrives later', () => {
    const ledger = after(
      'increment',
      { amount: '10', at: 10, home: 'USD' },
      { amount: '1', currency: 'EUR', at: 5, home: 'USD' },
    );
    expect(ledger.state).toEqual(['approved', '11', 'EUR']);
    expect(ledger.delta).toEqual({ EUR: '11' });
  });

  test.each<[DuplicateMode, Said, EntryReason, readonly string[]]>([
    ['increment', { amount: '10', currency: 'USD' }, 'CURRENCY_INVALID', ['approved', '10', 'EUR']],
    ['ignore', { amount: '100', currency: 'USD' }, 'CONFLICTING_DUPLICATE', ['approved', '10', 'EUR']],
    ['ignore', { status: 'reversed', amount: '4', currency: 'USD' }, 'CURRENCY_INVALID', ['approved', '10', 'EUR']],
    ['ignore', { status: 'pending', amount: '10', currency: 'USD' }, 'TRANSITION_REFUSED', ['approved', '10', 'EUR']],
    ['update', { amount: '12', currency: 'USD' }, 'OK_UPDATED', ['approved', '12', 'USD']],
  ])('%s: 10 in the EUR of the integration keeps its label when %j comes: %s', (mode, next, reason, state) => {
    const ledger = after(mode, { amount: '10', home: 'EUR' }, { ...next, home: 'EUR' });
    expect([ledger.reasons.at(-1), ledger.state]).toEqual([reason, state]);
  });

  test('an approval that names amount and currency decides them, where its pending named neither', () => {
    const ledger = after(
      'ignore',
      { status: 'pending', home: 'EUR' },
      { status: 'approved', amount: '50', currency: 'USD', home: 'EUR' },
    );
    expect(ledger.state).toEqual(['approved', '50', 'USD']);
  });

  test('a payout and a correction of two currencies are never added', () => {
    const ledger = after('ignore', { amount: '-3', currency: 'USD', payout: '5', home: 'EUR' });
    expect(ledger.state).toEqual(['approved', '5', 'EUR']);
  });
});

describe('a late change', () => {
  test.each(duplicateModes)('an approval months after its pending is a change of the row in the mode %s', (mode) => {
    const ledger = new Ledger(mode, 'T1');
    ledger.say({ status: 'pending', amount: '10' }, 0);
    expect(ledger.say({ status: 'approved' }, 200 * day).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('approved');
  });

  test('a reversal is taken after the erasure of its click', () => {
    const ledger = after('ignore', { status: 'approved', amount: '10', currency: 'USD', bytes: 'a' });
    ledger.erase();
    expect(ledger.say({ status: 'reversed' }, day).reason).toBe('OK_UPDATED');
    expect([ledger.state[0], ledger.delta]).toEqual(['reversed', {}]);
  });

  test.each<[string, Said, readonly (string | undefined)[]]>([
    ['a deposit', { amount: '10' }, ['approved', '110']],
    ['a part that was refunded', { status: 'reversed', amount: '30' }, ['approved', '70']],
  ])('%s that its sender sends again after an erasure counts once', (_, said, state) => {
    const ledger = after('increment', { amount: '100', bytes: 'a' }, { ...said, bytes: 'b' });
    ledger.erase();
    ledger.say({ amount: '100', bytes: 'a' });
    ledger.say({ ...said, bytes: 'b' });
    expect(ledger.state.slice(0, 2)).toEqual(state);
  });
});

describe('amounts that add up', () => {
  test('begin anew with a deposit after all of them were charged back', () => {
    const ledger = after('increment', { amount: '100' }, { status: 'reversed' }, { amount: '50' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
    ledger.say({ status: 'approved', amount: '50' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '100']);
  });

  test('are approved one by one where they were on hold together', () => {
    const hold: Said = { status: 'pending' };
    const ledger = after('increment', { ...hold, amount: '100' }, { ...hold, amount: '50' });
    const { notes } = ledger.say({ status: 'approved', amount: '100' }, 5);
    expect(notes).toEqual([{ code: 'AMOUNT_DIFFERS', sent: '100', kept: '150' }]);
    ledger.say({ status: 'approved', amount: '50' }, 6);
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '150']);
    ledger.say({ status: 'approved', amount: '20' }, 7);
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '170']);
  });
});

describe('the time of the sale, sent with every later word about it', () => {
  test('a lower payout that is sent a day later replaces the higher one', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ status: 'pending', amount: '10', at: 0 }, 60);
    ledger.say({ status: 'pending', amount: '8', at: 0 }, day);
    expect(ledger.state.slice(0, 2)).toEqual(['pending', '8']);
  });

  test.each(['rejected', 'reversed'] as const)('an approval that is sent days after it was %s counts', (status) => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved', amount: '10', at: 0 }, 60);
    ledger.say({ status, at: 0 }, day);
    expect(ledger.state[0]).toBe(status);
    ledger.say({ status: 'approved', at: 0 }, 2 * day);
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '10']);
  });
});

describe('a day without a time', () => {
  test.each(['rejected', 'reversed'] as const)('says %s of a sale that was received that day', (status) => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved', amount: '10' }, 7 * 3600);
    ledger.say({ status, at: 0, wholeDay: true }, 8 * 3600);
    expect(ledger.state[0]).toBe(status);
  });

  test('is over before a dispute is won the day after', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved', amount: '10' }, 7 * 3600);
    ledger.say({ status: 'approved', bytes: 'won' }, day + 3600);
    ledger.say({ status: 'reversed', at: 0, wholeDay: true }, day + 7200);
    expect(ledger.state[0]).toBe('approved');
  });
});

describe('a refund', () => {
  test.each<[string, string | undefined, readonly string[]]>([
    ['the whole of it', '30', ['approved', '100']],
    ['a part of it', '10', ['approved', '80']],
    ['all without an amount', undefined, ['approved', '100']],
  ])('that is cancelled gives back %s in the mode update', (_, amount, state) => {
    const ledger = after('update', { amount: '100' }, { status: 'reversed', amount: '30' });
    ledger.say({ status: 'approved', reinstates: true, ...(amount !== undefined && { amount }) }, 9);
    expect(ledger.state.slice(0, 2)).toEqual(state);
  });

  test('of the whole that is cancelled leaves the price as it was', () => {
    const ledger = after('update', { amount: '100' }, { status: 'reversed', amount: '100' });
    ledger.say({ status: 'approved', amount: '100', reinstates: true }, 9);
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '100']);
  });
});

describe('payouts in the mode increment', () => {
  test('add up, as named amounts do, until an amount is named', () => {
    const sale: Said = { status: 'approved', payout: '5' };
    const ledger = after('increment', sale, sale, sale);
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '15']);
    ledger.say({ status: 'approved', amount: '20', payout: '5' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '20']);
  });

  test('are approved one by one where they were on hold together', () => {
    const [hold, approval] = (['pending', 'approved'] as const).map((status): Said => ({ status, payout: '5' }));
    const ledger = after('increment', hold ?? {}, hold ?? {}, approval ?? {}, approval ?? {});
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '10']);
    ledger.say({ status: 'approved', payout: '5' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '15']);
  });

  test('are not added to what is rejected', () => {
    const ledger = after(
      'increment',
      ...(['approved', 'rejected', 'rejected', 'approved'] as const).map((status): Said => ({ status, payout: '5' })),
    );
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '5']);
  });
});
