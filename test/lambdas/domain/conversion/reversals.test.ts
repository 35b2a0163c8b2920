import * as fc from 'fast-check';
import { duplicateModes } from '../../../../lambdas/domain/values/duplicate-mode';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { amount as amountOf } from '../support/factories';
import { runs, shuffled } from './arbitraries';
import { Click, type SaidOfClick } from './click';
import { claim, Ledger, retryHours, type Said } from './ledger';

const hour = 3600;
const sale: Said = { status: 'approved', amount: '10', currency: 'USD' };

describe('a reversal', () => {
  test.each(duplicateModes)('never adds in the mode %s: the whole is taken back', (mode) => {
    const ledger = new Ledger(mode, 'T1');
    ledger.say(sale);
    expect(ledger.say({ status: 'reversed', amount: '10' }).reason).toBe('OK_UPDATED');
    expect([ledger.state[0], ledger.delta, ledger.repeats]).toEqual(['reversed', {}, []]);
  });

  test('told by its event alone reverses, ordered as a reversal', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ ...sale, at: 1 });
    ledger.say({ ...sale, at: 5 });
    ledger.say({ reversal: 'partial', at: 5 });
    expect(ledger.state[0]).toBe('reversed');
  });

  test.each([
    ['before its sale', 4],
    ['at its sale', 5],
  ])('dated %s counts right after it, in either order of arrival', (_, at) => {
    const all: readonly Said[] = [
      { ...sale, at: 5 },
      { status: 'reversed', at },
    ];
    const ledger = new Ledger('ignore', 'T1');
    for (const one of all) ledger.say(one);
    expect(ledger.state[0]).toBe('reversed');
  });

  test('of a smaller amount takes back that part, with a note', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    const { notes } = ledger.say({ status: 'reversed', amount: '4', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '6', 'USD']);
    expect(notes).toEqual([{ code: 'PARTIAL_REVERSAL', taken: '4', left: '6' }]);
    expect(ledger.stored?.history.map(({ deltas }) => deltas)).toEqual([{ USD: '10' }, { USD: '-4' }]);
  });

  test('in parts takes back one after the other, and the rest ends it', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    for (const amount of ['4', '5', '1']) ledger.say({ status: 'reversed', amount });
    expect(ledger.state[0]).toBe('reversed');
    expect(ledger.delta).toEqual({});
  });

  test('that names what was taken back in all takes back what is new in it, in every order of arrival', () => {
    const all: readonly Said[] = [
      { ...sale, at: 1 },
      { status: 'reversed', amount: '3', amountInAll: true, at: 2 },
      { status: 'reversed', amount: '5', amountInAll: true, at: 3 },
    ];
    for (const order of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const ledger = new Ledger('ignore', 'T1');
      for (const index of order) ledger.say(all[index] ?? sale);
      expect([order, ledger.state]).toEqual([order, ['approved', '5', 'USD']]);
    }
  });

  test('that names all of it, or the same sum again, takes back no more than there is', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    ledger.say({ status: 'reversed', amount: '3', amountInAll: true });
    expect(ledger.say({ status: 'reversed', amount: '3', amountInAll: true }).reason).toBe('OK_DUPLICATE');
    expect(ledger.state).toEqual(['approved', '7', 'USD']);
    ledger.say({ status: 'reversed', amount: '10', amountInAll: true });
    expect(ledger.state[0]).toBe('reversed');
    expect(ledger.delta).toEqual({});
  });

  test.each([
    ['one by one and then in all', ['3', '3 in all'], '7'],
    ['in all and then one by one', ['3 in all', '3'], '7'],
    ['both ways, twice', ['3', '3 in all', '2', '5 in all'], '5'],
    ['both ways, in another order', ['3 in all', '5 in all', '2', '3'], '5'],
  ])('that is reported %s is taken back once', (_, refunds, left) => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    for (const refund of refunds) {
      const [amount = '', inAll] = refund.split(' ');
      ledger.say({ status: 'reversed', amount, ...(inAll !== undefined && { amountInAll: true as const }) });
    }
    expect(ledger.state).toEqual(['approved', left, 'USD']);
  });

  test.each(['ignore', 'update'] as const)(
    'that a repeat of the sale names beside its amount is taken back, in the mode %s',
    (mode) => {
      const ledger = new Ledger(mode, 'T1');
      ledger.say(sale);
      ledger.say({ ...sale, refundedInAll: '3' });
      expect(ledger.state).toEqual(['approved', '7', 'USD']);
      expect(ledger.say({ status: 'reversed', amount: '3' }).reason).toBe('OK_DUPLICATE');
      ledger.say({ ...sale, refundedInAll: '5' });
      ledger.say(sale);
      expect(ledger.state).toEqual(['approved', '5', 'USD']);
      ledger.say({ ...sale, refundedInAll: '10' });
      expect(ledger.state[0]).toBe('reversed');
      expect(ledger.delta).toEqual({});
    },
  );

  test('that a sale names is taken back once, though the mode changes in between', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    ledger.mode = 'update';
    ledger.say({ ...sale, refundedInAll: '3' });
    ledger.mode = 'ignore';
    ledger.say({ ...sale, refundedInAll: '5' });
    expect(ledger.state).toEqual(['approved', '5', 'USD']);
  });

  test('that the first word of a sale names is taken back at once', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ ...sale, refundedInAll: '3' });
    expect(ledger.state).toEqual(['approved', '7', 'USD']);
    expect(ledger.outcomes.at(-1)?.notes).toEqual([{ code: 'PARTIAL_REVERSAL', taken: '3', left: '7' }]);
  });

  test('that is named beside an amount that replaces the former one is taken from the new amount', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ ...sale, refundedInAll: '3' });
    ledger.say({ ...sale, amount: '20', refundedInAll: '3' });
    expect(ledger.state).toEqual(['approved', '17', 'USD']);
  });

  test('of a smaller amount takes back the whole where the integration has whole reversals', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    ledger.say({ status: 'reversed', amount: '4', reversal: 'whole' });
    expect(ledger.state[0]).toBe('reversed');
  });

  test.each(['10', '11', '0'])('of %s takes back the whole of 10', (amount) => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    ledger.say({ status: 'reversed', amount });
    expect(ledger.state[0]).toBe('reversed');
  });

  test('of an amount, from a sale whose amount is not known, takes back the whole, with a note', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved' });
    const { notes } = ledger.say({ status: 'reversed', amount: '4' });
    expect(notes).toEqual([{ code: 'REVERSAL_OF_UNKNOWN_AMOUNT', named: '4' }]);
    expect(ledger.state.slice(0, 2)).toEqual(['reversed', undefined]);
  });

  test('of an amount takes back that part alone, once a replay has read the amount of the sale', () => {
    const ledger = new Ledger('ignore', 'T1');
    const unread = claim({ status: 'approved' }, 'ignore', 0);
    ledger.take(unread);
    ledger.say({ status: 'reversed', amount: '4' });
    ledger.take({ ...unread, amount: amountOf('10') });
    expect(ledger.state.slice(0, 2)).toEqual(['approved', '6']);
  });

  test('of a part in another currency is CURRENCY_INVALID, and kept', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(sale);
    expect(ledger.say({ status: 'reversed', amount: '4', currency: 'EUR' }).reason).toBe('CURRENCY_INVALID');
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
    expect(ledger.stored?.history).toHaveLength(2);
  });

  test('of a part that came before its sale takes back that part', () => {
    const ledger = new Ledger('ignore', 'T1');
    expect(ledger.say({ status: 'reversed', amount: '4' }).notes).toEqual([{ code: 'REVERSAL_WITHOUT_SALE' }]);
    ledger.say(sale);
    expect(ledger.state).toEqual(['approved', '6', 'USD']);
  });
});

describe('a reversal and the claims without a time', () => {
  test('that came before its sale meets the first sale that has no later time', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'reversed' });
    expect(ledger.state[0]).toBe('reversed');
    ledger.say(sale);
    expect([ledger.state[0], ledger.delta]).toEqual(['reversed', {}]);
  });

  test('does not meet a sale that came after it and names a later time: that is another approval', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'reversed', at: 1 }, 10);
    ledger.say({ ...sale, at: 5 }, 20);
    expect(ledger.state[0]).toBe('approved');
  });

  test('still meets the sale before such an approval, when it arrives last', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'reversed', at: 3 }, 10);
    ledger.say({ ...sale, at: 5 }, 20);
    ledger.say({ ...sale, at: 1 }, 30);
    expect(ledger.state[0]).toBe('approved');
    expect(ledger.stored?.history).toHaveLength(3);
  });
});

describe('what is sent again after a reversal', () => {
  const reversed = (): Ledger => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ ...sale, bytes: 'the sale' }, 0);
    ledger.say({ status: 'reversed', bytes: 'the reversal' }, 10);
    return ledger;
  };

  test.each([20, retryHours * hour])('the same statement %i seconds later approves nothing anew', (seconds) => {
    const ledger = reversed();
    expect(ledger.say({ ...sale, bytes: 'the sale' }, seconds).reason).toBe('OK_STALE');
    expect(ledger.state[0]).toBe('reversed');
  });

  test('a new statement approves anew', () => {
    const ledger = reversed();
    expect(ledger.say({ ...sale, bytes: 'another' }, 20).reason).toBe('OK_UPDATED');
    expect(ledger.state[0]).toBe('approved');
  });

  test('a later time approves anew', () => {
    const ledger = reversed();
    ledger.say({ ...sale, at: 30 }, 40);
    expect(ledger.state[0]).toBe('approved');
  });

  test('a time before the reversal approves nothing anew', () => {
    const ledger = reversed();
    expect(ledger.say({ ...sale, at: 5 }, 40).reason).toBe('OK_STALE');
    expect(ledger.state[0]).toBe('reversed');
  });

  test('a second reversal after the sale does nothing', () => {
    const ledger = reversed();
    expect(ledger.say({ status: 'reversed' }, 20).reason).toBe('OK_DUPLICATE');
    ledger.say({ ...sale }, 30);
    expect(ledger.state[0]).toBe('approved');
  });
});

describe('a reversal without the event or transaction ID of its sale', () => {
  const refund: SaidOfClick = { event: 'refund', status: 'reversed', anyEvent: true };

  test('finds the only conversion of its click', () => {
    const click = new Click();
    click.say({ ...sale, transactionId: 'T1' });
    click.say(refund);
    expect([click.at('sale#T1')[0], click.rows.size]).toEqual(['reversed', 1]);
  });

  test('finds the one of its transaction, whatever the event', () => {
    const click = new Click();
    for (const transactionId of ['T1', 'T2']) click.say({ ...sale, transactionId });
    click.say({ ...refund, transactionId: 'T2' });
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['approved', 'reversed']);
  });

  test('finds the only one that is approved', () => {
    const click = new Click();
    click.say({ ...sale, status: 'rejected', transactionId: 'T1' });
    click.say({ ...sale, transactionId: 'T2' });
    click.say(refund);
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['rejected', 'reversed']);
  });

  test.each([undefined, '0'])('finds the only one with money beside one with the amount %s', (none) => {
    for (const said of [refund, { ...refund, transactionId: 'R1' }, { ...refund, amount: '10' }]) {
      const click = new Click();
      click.say({ status: 'approved', event: 'lead', ...(none !== undefined && { amount: none }) });
      click.say({ ...sale, transactionId: 'T1' });
      click.say(said);
      expect([click.at('lead#')[0], click.at('sale#T1')[0]]).toEqual(['approved', 'reversed']);
    }
  });

  test('finds the one with money of its transaction', () => {
    const click = new Click();
    click.say({ status: 'approved', event: 'lead', transactionId: 'T1' });
    click.say({ ...sale, transactionId: 'T1' });
    click.say({ ...refund, transactionId: 'T1' });
    expect([click.at('lead#T1')[0], click.at('sale#T1')[0]]).toEqual(['approved', 'reversed']);
  });

  test('finds the one with money though only one without is approved', () => {
    const click = new Click();
    click.say({ status: 'approved', event: 'lead' });
    click.say({ ...sale, status: 'pending', transactionId: 'T1' });
    click.say(refund);
    click.say({ ...sale, transactionId: 'T1' });
    expect([click.at('lead#')[0], click.at('sale#T1')[0]]).toEqual(['approved', 'reversed']);
  });

  test.each([undefined, '10'])('waits where two have money, also with the amount %s of one of them', (named) => {
    const click = new Click();
    click.say({ ...sale, transactionId: 'T1' });
    click.say({ ...sale, amount: '12', transactionId: 'T2' });
    const said = named === undefined ? refund : { ...refund, amount: named };
    expect(click.say(said).notes).toEqual([{ code: 'REVERSAL_WITHOUT_SALE' }]);
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['approved', 'approved']);
  });

  test('is recorded as waiting where it can mean two, and reverses neither', () => {
    const click = new Click();
    for (const transactionId of ['T1', 'T2']) click.say({ ...sale, transactionId });
    expect(click.say(refund).notes).toEqual([{ code: 'REVERSAL_WITHOUT_SALE' }]);
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['approved', 'approved']);
  });

  test('that is sent again stays with the conversion that holds it', () => {
    const click = new Click();
    click.say({ ...sale, transactionId: 'T1' });
    click.say({ ...refund, bytes: 'the refund' });
    click.say({ ...sale, transactionId: 'T2' });
    click.say({ ...refund, bytes: 'the refund' });
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['reversed', 'approved']);
  });

  test('is not about a test conversion, nor about one of another integration', () => {
    const click = new Click();
    click.say({ ...sale, transactionId: 'T1' });
    const [row] = click.conversions;
    if (row === undefined) throw new Error('the sale was recorded');
    for (const other of [
      { ...row, test: true },
      { ...row, integration: 'other' },
    ]) {
      click.rows.set(row.conversionKey, other);
      expect(click.say({ ...refund, transactionId: other.integration }).notes).toEqual([
        { code: 'REVERSAL_WITHOUT_SALE' },
      ]);
      expect(click.at('sale#T1')[0]).toBe('approved');
    }
  });
});

describe('a sale that comes after its reversal', () => {
  const refund: SaidOfClick = { event: 'refund', status: 'reversed', anyEvent: true };

  test('meets a reversal under another key, and counts nothing', () => {
    const click = new Click();
    expect(click.say(refund).notes).toEqual([{ code: 'REVERSAL_WITHOUT_SALE' }]);
    click.say({ ...sale, transactionId: 'T1' });
    expect(click.at('sale#T1')[0]).toBe('reversed');
    expect(click.rows.get('refund#')?.metBy).toBe('sale#T1');
  });

  test('a reversal is met once: the next sale of the click counts', () => {
    const click = new Click();
    click.say(refund);
    for (const transactionId of ['T1', 'T2']) click.say({ ...sale, transactionId });
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['reversed', 'approved']);
  });

  test.each([undefined, 'R1'])('is met as the first with money, where the reversal names %s', (named) => {
    const click = new Click();
    for (const event of ['lead', 'visit']) click.say({ status: 'approved', event });
    expect(click.say(named === undefined ? refund : { ...refund, transactionId: named }).notes).toEqual([
      { code: 'REVERSAL_WITHOUT_SALE' },
    ]);
    click.say({ status: 'approved', event: 'survey' });
    click.say({ ...sale, transactionId: 'T1' });
    const states = ['lead#', 'visit#', 'survey#', 'sale#T1'].map((key) => click.at(key)[0]);
    expect(states).toEqual(['approved', 'approved', 'approved', 'reversed']);
  });

  test('of another transaction than the reversal names is not met, where its own sale is there', () => {
    const click = new Click();
    click.say({ ...sale, transactionId: 'T1' });
    click.say({ ...refund, transactionId: 'T1' });
    click.say({ ...sale, transactionId: 'T2' });
    expect([click.at('sale#T1')[0], click.at('sale#T2')[0]]).toEqual(['reversed', 'approved']);
  });

  test('meets the reversal of its transaction among those that wait', () => {
    const click = new Click();
    for (const transactionId of ['T1', 'T2']) click.say({ ...sale, status: 'pending', transactionId });
    click.say({ ...refund, transactionId: 'T3' });
    click.say({ ...sale, transactionId: 'T3' });
    expect(click.at('sale#T3')[0]).toBe('reversed');
  });

  test('that is later by its own time is another approval', () => {
    const click = new Click();
    click.say({ ...refund, at: -50 });
    click.say({ ...sale, at: -10, transactionId: 'T1' });
    expect(click.at('sale#T1')[0]).toBe('approved');
  });

  test('one sale and one reversal of a click end alike in both orders, and all deltas add up', () => {
    const one = fc.record({
      transactionId: fc.constantFrom(undefined, 'T1'),
      amount: fc.constantFrom(undefined, '4', '10'),
      event: fc.constantFrom('sale', 'refund'),
    });
    const cases = one.chain((reversal) => fc.tuple(fc.constant(reversal), shuffled(['sale', 'reversal'] as const)));
    fc.assert(
      fc.property(cases, ([{ transactionId, amount, event }, order]) => {
        const click = new Click();
        const said = {
          sale: { ...sale, transactionId: 'T1' },
          reversal: {
            status: 'reversed' as const,
            anyEvent: true as const,
            event,
            ...(transactionId !== undefined && { transactionId }),
            ...(amount !== undefined && { amount }),
          },
        };
        for (const what of order) click.say(said[what]);
        expect(click.at('sale#T1')[0]).toBe(amount === '4' ? 'approved' : 'reversed');
        expect(click.at('sale#T1')[1]).toBe(amount === '4' ? '6' : '10');
        for (const row of click.conversions)
          expect(addDeltas(...row.history.map(({ deltas }) => deltas))).toEqual(payableOf(row));
      }),
      runs(),
    );
  });
});
