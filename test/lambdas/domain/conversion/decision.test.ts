import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import { conversionStatuses, isTransitionAllowed } from '../../../../lambdas/domain/values/status';
import { claim, Ledger, retryHours } from './ledger';

const hour = 3600;

describe('the first claim of a key', () => {
  test('records what it says', () => {
    const ledger = new Ledger('ignore');
    expect(ledger.say({ status: 'pending', amount: '12.50', currency: 'USD' }).reason).toBe('OK');
    expect(ledger.state).toEqual(['pending', '12.5', 'USD']);
    expect(ledger.stored?.history).toMatchObject([{ reason: 'OK', deltas: {} }]);
  });

  test('records the defaults of what it does not say', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ payout: '5', home: 'USD' });
    expect(ledger.state).toEqual(['approved', '5', 'USD']);
    expect(ledger.stored?.amountNamed).toBe(false);
  });

  test('is recorded without an amount where none is named and no payout is configured: not known is not 0', () => {
    const ledger = new Ledger('ignore');
    ledger.say({});
    expect(ledger.state).toEqual(['approved', undefined, undefined]);
    expect(ledger.delta).toEqual({});
  });
});

describe('a claim without a status', () => {
  test('is content alone of a key that is known: its status stays, with a note', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'pending' });
    expect(ledger.say({ amount: '50' }).notes).toEqual([{ code: 'STATUS_MISSING', kept: 'pending' }]);
    expect(ledger.state.slice(0, 2)).toEqual(['pending', '50']);
    ledger.say({ status: 'approved' });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '50']);
  });

  test('approves nothing anew after a reversal', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '50' });
    ledger.say({ status: 'reversed' });
    expect(ledger.say({ amount: '60' }).notes).toEqual([{ code: 'STATUS_MISSING', kept: 'reversed' }]);
    expect(ledger.state[0]).toBe('reversed');
  });

  test('needs no note where the status that stays is the one that it would have begun with', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '50' });
    expect(ledger.say({ amount: '60' }).notes).toEqual([]);
  });
});

describe('another status', () => {
  const pairs = conversionStatuses.flatMap((from) =>
    conversionStatuses.filter((to) => to !== from).map((to) => [from, to] as const),
  );

  test.each(pairs)('%s to %s follows the table of transitions, in every mode', (from, to) => {
    for (const mode of duplicateModes) {
      const ledger = new Ledger(mode, 'T1');
      // A reversal that comes first would wait for its sale.
      if (from === 'reversed') ledger.say({ status: 'approved', amount: '10' });
      ledger.say({ status: from, amount: '10' });
      const { reason } = ledger.say({ status: to, amount: '10' });
      const isAllowed = isTransitionAllowed(from, to);
      expect(reason).toBe(isAllowed ? 'OK_UPDATED' : 'TRANSITION_REFUSED');
      expect(ledger.state[0]).toBe(isAllowed ? to : from);
      expect(ledger.repeats).toEqual([]);
    }
  });

  test.each(['ignore', 'increment', 'separate', 'separate-flagged', 'ignore-by-transaction'] as const)(
    'moves no amount in the mode %s',
    (mode) => {
      const ledger = new Ledger(mode);
      ledger.say({ status: 'pending', amount: '10' });
      expect(ledger.say({ status: 'approved', amount: '99' }).reason).toBe('OK_UPDATED');
      expect(ledger.state).toEqual(['approved', '10', undefined]);
    },
  );

  test('brings its amount and currency in the mode update', () => {
    const ledger = new Ledger('update');
    ledger.say({ status: 'pending', amount: '10', currency: 'USD' });
    ledger.say({ status: 'approved', amount: '9', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', '9', 'EUR']);
  });

  test.each(duplicateModes)('is a change of status in the mode %s, though it names another currency', (mode) => {
    const ledger = new Ledger(mode, 'T1');
    ledger.say({ status: 'approved', amount: '10', currency: 'USD' });
    expect(ledger.say({ status: 'rejected', amount: '9', currency: 'EUR' }).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('rejected');
    const whole = new Ledger(mode, 'T1');
    whole.say({ status: 'approved', amount: '10', currency: 'USD' });
    expect(whole.say({ status: 'reversed', currency: 'EUR' }).reason).toBe('OK_UPDATED');
    expect(whole.state[0]).toBe('reversed');
  });

  test('approved, reversed, approved again with other bytes is three changes, however soon', () => {
    for (const mode of duplicateModes) {
      const ledger = new Ledger(mode, 'T1');
      ledger.say({ status: 'approved', amount: '10', currency: 'USD', bytes: 'approved' });
      ledger.say({ status: 'reversed', amount: '10', currency: 'USD', bytes: 'reversed' });
      ledger.say({ status: 'approved', amount: '10', currency: 'USD', bytes: 'approved again' });
      expect(ledger.reasons).toEqual(['OK', 'OK_UPDATED', 'OK_UPDATED']);
      expect(ledger.stored?.history.map(({ deltas }) => deltas)).toEqual([
        { USD: '10' },
        { USD: '-10' },
        { USD: '10' },
      ]);
    }
  });

  test('that is rejected is kept, and counts when the missing step arrives', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ status: 'pending', amount: '10', at: 1 });
    expect(ledger.say({ status: 'reversed', at: 3 }).reason).toBe('TRANSITION_REFUSED');
    expect(ledger.state[0]).toBe('pending');
    expect(ledger.stored?.history).toHaveLength(2);
    expect(ledger.say({ status: 'approved', at: 2 }).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('reversed');
    expect(ledger.stored?.history.map(({ deltas }) => deltas)).toEqual([{}, {}, {}]);
  });

  test('that is rejected without a time of its own is kept as well', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ status: 'pending', amount: '10' }, 0);
    ledger.say({ status: 'reversed' }, 20);
    ledger.say({ status: 'approved', at: 10 }, 30);
    expect(ledger.state).toEqual(['reversed', '10', undefined]);
  });

  test('older than what is stored and without effect is stale, and kept', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ status: 'approved', amount: '10', at: 5 });
    ledger.say({ status: 'reversed', at: 9 });
    expect(ledger.say({ status: 'approved', amount: '10', at: 7 }).reason).toBe('OK_STALE');
    expect(ledger.stored?.history).toHaveLength(3);
  });
});

describe('the same status', () => {
  test('ignore: the same content is a duplicate, other content a conflict, and the first stands', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ amount: '10', currency: 'USD' });
    ledger.say({ amount: '10.00', currency: 'USD' });
    ledger.say({ amount: '11', currency: 'USD' });
    ledger.say({ amount: '10', currency: 'EUR' });
    ledger.say({ status: 'approved' });
    expect(ledger.reasons).toEqual([
      'OK',
      'OK_DUPLICATE',
      'CONFLICTING_DUPLICATE',
      'CONFLICTING_DUPLICATE',
      'OK_DUPLICATE',
    ]);
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
    // Each is one more write: it may approve anew where a reversal dated between two of them arrives later.
    expect([ledger.stored?.version, ledger.stored?.history.length, ledger.delta]).toEqual([5, 5, { USD: '10' }]);
  });

  test.each([
    ['70', 'EUR', 'CONFLICTING_DUPLICATE'],
    ['71', 'USD', 'CONFLICTING_DUPLICATE'],
    ['70', 'USD', 'OK_DUPLICATE'],
    ['100', 'USD', 'OK_DUPLICATE'],
  ])('ignore: %s %s after a refund of 30 of 100 USD is %s', (amount, currency, reason) => {
    const ledger = new Ledger('ignore');
    ledger.say({ amount: '100', currency: 'USD' });
    ledger.say({ status: 'reversed', amount: '30' });
    expect(ledger.say({ amount, currency, status: 'approved' }).reason).toBe(reason);
    expect(ledger.state).toEqual(['approved', '70', 'USD']);
  });

  test('update: new content replaces the old, its currency included', () => {
    const ledger = new Ledger('update');
    ledger.say({});
    ledger.say({ amount: '10', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
    ledger.say({ amount: '9', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', '9', 'EUR']);
    ledger.say({ amount: '9', currency: 'EUR' });
    // Without a currency, an amount is meant in the one that was named first.
    ledger.say({ amount: '8' });
    expect(ledger.state).toEqual(['approved', '8', 'USD']);
    expect(ledger.reasons).toEqual(['OK', 'OK_UPDATED', 'OK_UPDATED', 'OK_DUPLICATE', 'OK_UPDATED']);
  });

  test('increment: amounts add up, each postback once, and two currencies never', () => {
    const ledger = new Ledger('increment');
    ledger.say({ amount: '0.1', currency: 'USD' });
    ledger.say({ amount: '0.2', currency: 'USD' });
    ledger.say({ amount: '0.3' });
    expect(ledger.say({ amount: '5', currency: 'EUR' }).reason).toBe('CURRENCY_INVALID');
    expect(ledger.state).toEqual(['approved', '0.6', 'USD']);
  });

  test.each([
    ['separate', false],
    ['separate-flagged', true],
  ] as const)('%s: it counts as a conversion of its own', (mode, flagged) => {
    const ledger = new Ledger(mode, 'T1');
    ledger.say({ amount: '10' });
    expect(ledger.say({ amount: '10' }).reason).toBe('OK');
    expect(ledger.repeats).toMatchObject([{ amount: '10', repeated: flagged }]);
    expect(ledger.state).toEqual(['approved', '10', undefined]);
  });

  test('ignore-by-transaction: it counts apart where it names no transaction, and not at all where it names one', () => {
    const without = new Ledger('ignore-by-transaction');
    without.say({ amount: '10' });
    without.say({ amount: '11' });
    expect(without.repeats).toMatchObject([{ amount: '11', repeated: false }]);
    const named = new Ledger('ignore-by-transaction', 'T1');
    named.say({ amount: '10' });
    expect(named.say({ amount: '11' }).reason).toBe('OK_DUPLICATE');
    expect(named.state[1]).toBe('10');
    expect(named.repeats).toEqual([]);
  });

  test('a correction is added in every mode that folds', () => {
    for (const mode of ['ignore', 'update', 'increment'] as const) {
      const ledger = new Ledger(mode);
      ledger.say({ amount: '10' });
      expect(ledger.say({ amount: '-2.5' }).reason).toBe('OK_UPDATED');
      expect(ledger.state[1]).toBe('7.5');
    }
  });
});

describe("the network's own retry", () => {
  test.each(duplicateModes)('within the retry window changes nothing in the mode %s', (mode) => {
    const ledger = new Ledger(mode);
    ledger.say({ amount: '10', bytes: 'same' }, 0);
    expect(ledger.say({ amount: '10', bytes: 'same' }, 600).reason).toBe('OK_DUPLICATE');
    expect(ledger.state[1]).toBe('10');
    expect([ledger.repeats.length, ledger.stored?.version]).toEqual([0, 1]);
    expect(ledger.say({ amount: '10', bytes: 'same' }, retryHours * hour).reason).toBe('OK_DUPLICATE');
    expect([ledger.state[1], ledger.repeats.length]).toEqual(['10', 0]);
  });

  test.each([
    ['ignore', '10', 0],
    ['update', '10', 0],
    ['increment', '20', 0],
    ['separate', '10', 1],
    ['separate-flagged', '10', 1],
    ['ignore-by-transaction', '10', 1],
  ] as const)('beyond the retry window is judged by the mode %s', (mode, sum, repeats) => {
    const ledger = new Ledger(mode);
    ledger.say({ amount: '10', bytes: 'same' }, 0);
    ledger.say({ amount: '10', bytes: 'same' }, (retryHours + 1) * hour);
    expect([ledger.state[1], ledger.repeats.length]).toEqual([sum, repeats]);
  });

  test('is known though another postback came between: nothing is added twice', () => {
    const ledger = new Ledger('increment');
    ledger.say({ amount: '5', bytes: 'one' });
    ledger.say({ amount: '3', bytes: 'two' });
    expect(ledger.say({ amount: '5', bytes: 'one' }).reason).toBe('OK_DUPLICATE');
    expect(ledger.say({ amount: '3', bytes: 'two' }).reason).toBe('OK_DUPLICATE');
    expect(ledger.state[1]).toBe('8');
  });

  test.each(['separate', 'separate-flagged', 'ignore-by-transaction'] as const)(
    'of the first, and of the newest that counted apart, counts no third in the mode %s',
    (mode) => {
      const ledger = new Ledger(mode);
      ledger.say({ amount: '5', bytes: 'one' });
      ledger.say({ amount: '3', bytes: 'two' });
      expect(ledger.say({ amount: '5', bytes: 'one' }).reason).toBe('OK_DUPLICATE');
      expect(ledger.say({ amount: '3', bytes: 'two' }).reason).toBe('OK_DUPLICATE');
      expect(ledger.repeats).toHaveLength(1);
    },
  );

  test('of what was rejected is rejected again, and kept once', () => {
    const ledger = new Ledger('ignore');
    ledger.say({ status: 'pending' });
    ledger.say({ status: 'reversed', bytes: 'same' });
    expect(ledger.say({ status: 'reversed', bytes: 'same' }).reason).toBe('TRANSITION_REFUSED');
    expect(ledger.stored?.history).toHaveLength(2);
  });

  test('is known by its bytes, not by what they say', () => {
    const ledger = new Ledger('increment');
    ledger.say({ amount: '5', bytes: 'one' });
    ledger.say({ amount: '5', bytes: 'two' });
    expect(ledger.state[1]).toBe('10');
  });
});

describe('the same request written twice, since its first answer was lost', () => {
  test('is told what it was told, and changes nothing', () => {
    for (const mode of ['ignore', 'update', 'increment'] as const) {
      const ledger = new Ledger(mode);
      const first = claim({ status: 'pending', amount: '10' }, mode, 0);
      const second = claim({ status: 'approved', amount: '12' }, mode, 1);
      const refused = claim({ status: 'pending' }, mode, 2);
      for (const taken of [first, first, second, first, refused, second, refused]) ledger.take(taken);
      expect(ledger.reasons).toEqual([
        'OK',
        'OK',
        'OK_UPDATED',
        'OK',
        'TRANSITION_REFUSED',
        'OK_UPDATED',
        'TRANSITION_REFUSED',
      ]);
      // What names nothing but `pending` after another claim can never matter, and is not kept.
      expect(ledger.stored?.history).toHaveLength(2);
    }
  });

  test('as a conversion of its own counts once', () => {
    const ledger = new Ledger('separate');
    ledger.say({ amount: '1' });
    const repeat = claim({ amount: '2' }, 'separate', 1);
    ledger.take(repeat);
    expect(ledger.take(repeat).reason).toBe('OK');
    expect(ledger.repeats).toHaveLength(1);
  });
});

describe('a long history', () => {
  const long = (length: number): Ledger => {
    const ledger = new Ledger('increment');
    for (let at = 0; at < length; at++) ledger.say({ amount: '1', currency: 'USD', at });
    return ledger;
  };

  test('holds 100 claims one by one', () => {
    expect(historyLimit).toBe(100);
    const ledger = long(100);
    expect([ledger.state[1], ledger.stored?.history.length, ledger.stored?.settled]).toEqual(['100', 100, undefined]);
  });

  test('takes every further one: the older half is settled, and its deltas still add up', () => {
    const ledger = long(450);
    expect(ledger.state).toEqual(['approved', '450', 'USD']);
    expect(ledger.stored?.history.length).toBeLessThanOrEqual(historyLimit);
    expect(ledger.delta).toEqual({ USD: '450' });
    expect(new Set(ledger.reasons.slice(1))).toEqual(new Set(['OK_UPDATED']));
  });

  test('gives the true answer to a further one, and keeps what may matter', () => {
    const ledger = long(historyLimit);
    expect(ledger.say({ status: 'pending', at: 50 }, 201).reason).toBe('OK_STALE');
    expect(ledger.say({ status: 'reversed', at: 300 }, 300).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('reversed');
  });

  test('still knows a duplicate that it would not have kept', () => {
    const ledger = long(historyLimit);
    const { version } = ledger.stored ?? {};
    expect(ledger.say({ status: 'pending' }, 300).reason).toBe('TRANSITION_REFUSED');
    expect(ledger.stored?.version).toBe(version);
  });
});
