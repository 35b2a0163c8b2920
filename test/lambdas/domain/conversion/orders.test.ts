import * as fc from 'fast-check';
import { addAmounts, zero } from '../../../../lambdas/domain/values/amount';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { runs, shuffled } from './arbitraries';
import { amount as amountOf } from '../support/factories';
import { Click, type SaidOfClick } from './click';

const saleOf = (transactionId: string, amount: string): SaidOfClick => ({
  status: 'approved',
  amount,
  currency: 'USD',
  transactionId,
});
const [saleA, saleB] = [saleOf('A', '50'), saleOf('B', '60')];
/** By its status alone, with the event of the sale, or by an event of its own. */
const refunds: readonly (readonly [string, SaidOfClick])[] = [
  ['by its status', { event: 'conversion', status: 'reversed', anyEvent: true }],
  ['by its status, with the event of the sale', { event: 'sale', status: 'reversed' }],
  ['by its event', { event: 'refund', status: 'reversed', anyEvent: true }],
];

function owedBy(click: Click): string {
  return click.conversions.map((row) => payableOf(row)['USD'] ?? zero).reduce(addAmounts, zero);
}

function arrive(...all: readonly SaidOfClick[]): Click {
  const click = new Click();
  for (const said of all) click.say(said);
  return click;
}

describe.each(refunds)('two orders of one click, and a refund that is told %s', (_, refund) => {
  const ofB = { ...refund, transactionId: 'B' };

  test('the refund that names B reverses B and never A, in whatever order the three arrive', () => {
    const cases = fc.tuple(
      shuffled(['A', 'B', 'refund', 'refund again'] as const),
      fc.constantFrom(undefined, '20'),
      fc.constantFrom('sale', 'upsell'),
    );
    fc.assert(
      fc.property(cases, ([order, part, eventOfA]) => {
        const click = new Click();
        const sent = { ...ofB, bytes: 'the refund', ...(part !== undefined && { amount: part }) };
        const said = { A: { ...saleA, event: eventOfA }, B: saleB, refund: sent, 'refund again': sent };
        for (const what of order) click.say(said[what]);
        expect(click.at(`${eventOfA}#A`)).toEqual(['approved', '50']);
        expect(click.at('sale#B')).toEqual(part === undefined ? ['reversed', '60'] : ['approved', '40']);
        for (const row of click.conversions)
          expect(addDeltas(...row.history.map(({ deltas }) => deltas))).toEqual(payableOf(row));
      }),
      runs(),
    );
  });

  test('the refund of an order that is not known is taken for the only sale, and says so', () => {
    const click = arrive(saleA);
    expect(click.say(ofB).notes).toEqual([{ code: 'REVERSAL_OF_ONLY_SALE', named: 'B' }]);
    expect(click.at('sale#A')[0]).toBe('reversed');
  });

  test('the refund of an order that is not known waits where it may mean two, whatever their status', () => {
    const click = arrive({ ...saleA, status: 'rejected' }, saleB);
    expect(click.say({ ...refund, transactionId: 'C' }).notes).toEqual([{ code: 'REVERSAL_WITHOUT_SALE' }]);
    expect([click.at('sale#A')[0], click.at('sale#B')[0]]).toEqual(['rejected', 'approved']);
  });

  test('a sale that is approved later has its refund back from the other order at once', () => {
    const click = arrive(saleA, ofB, { ...saleB, status: 'pending' });
    expect([click.at('sale#A')[0], click.at('sale#B')[0]]).toEqual(['approved', 'pending']);
    click.say({ status: 'approved', transactionId: 'B' });
    expect(click.at('sale#B')[0]).toBe('reversed');
  });

  test('the refund of its own that the first order gets later counts there', () => {
    const click = arrive(saleA, ofB, { ...refund, transactionId: 'A' }, saleB);
    expect([click.at('sale#A')[0], click.at('sale#B')[0]]).toEqual(['reversed', 'reversed']);
  });
});

describe('a refund without an order', () => {
  const refund: SaidOfClick = { event: 'conversion', status: 'reversed', anyEvent: true };

  test('that may mean two sales is not taken for the third that comes later', () => {
    const click = arrive(saleA, saleB, refund, saleOf('C', '70'));
    for (const key of ['sale#A', 'sale#B', 'sale#C']) expect(click.at(key)[0]).toBe('approved');
  });

  test('that was met by its sale counts once: the next sale under its own key counts', () => {
    const click = arrive(refund, saleA);
    const { reason } = click.say({ event: 'conversion', status: 'approved', amount: '5' });
    expect([reason, click.at('conversion#')]).toEqual(['OK', ['approved', '5']]);
    expect(click.at('sale#A')[0]).toBe('reversed');
    expect(click.rows.get('conversion#')?.metBy).toBeUndefined();
  });

  test('that was met is the same refund when it is sent again, and another one waits anew', () => {
    const click = arrive({ ...refund, bytes: 'the refund' }, saleA);
    click.say({ ...refund, bytes: 'the refund' });
    expect(click.at('sale#A')).toEqual(['reversed', '50']);
    click.say({ event: 'conversion', status: 'approved', amount: '5' });
    click.say({ ...refund, bytes: 'the refund' });
    expect(click.at('conversion#')).toEqual(['approved', '5']);
    click.say({ ...refund, bytes: 'another' });
    expect(click.at('conversion#')[0]).toBe('reversed');
  });

  test('of a sale that names no order is taken from it too, where the refund has a number of its own', () => {
    const { transactionId: _none, ...unnamed } = saleA;
    const click = arrive(unnamed, { ...refund, transactionId: 'R1' });
    expect(click.at('sale#')[0]).toBe('reversed');
    click.say(saleOf('R1', '9'));
    expect([click.at('sale#')[0], click.at('sale#R1')[0]]).toEqual(['approved', 'reversed']);
  });
});

describe('a refund that no conversion of its click has the amount of', () => {
  const refund: SaidOfClick = { event: 'conversion', status: 'reversed', anyEvent: true, bytes: 'the refund' };
  const registration: SaidOfClick = { event: 'registration', status: 'approved' };
  const deposit: SaidOfClick = { event: 'deposit', status: 'approved', amount: '100', currency: 'USD' };

  test.each([
    ['a registration, its refund, the deposit', [registration, refund, deposit]],
    ['the refund, a registration, the deposit', [refund, registration, deposit]],
    ['the refund, the deposit, a registration', [refund, deposit, registration]],
    ['a registration, the deposit, its refund', [registration, deposit, refund]],
  ])('%s: the deposit is taken back, and the registration stays', (_, all) => {
    const click = arrive(...all);
    expect([click.at('registration#')[0], click.at('deposit#')]).toEqual(['approved', ['reversed', '100']]);
    for (const row of click.conversions)
      expect(addDeltas(...row.history.map(({ deltas }) => deltas))).toEqual(payableOf(row));
  });

  test('takes back a part of the deposit, where it names one', () => {
    const click = arrive(registration, { ...refund, amount: '30' }, deposit);
    expect([click.at('registration#')[0], click.at('deposit#')]).toEqual(['approved', ['approved', '70']]);
  });

  test('says that it was taken for what may not be its sale', () => {
    const click = arrive(registration);
    expect(click.say(refund).notes).toEqual([{ code: 'REVERSAL_OF_ONLY_SALE', named: undefined }]);
  });

  test('is taken over once: the second deposit counts', () => {
    const click = arrive(registration, refund, { ...deposit, transactionId: 'A' }, { ...deposit, transactionId: 'B' });
    expect([click.at('deposit#A')[0], click.at('deposit#B')[0]]).toEqual(['reversed', 'approved']);
  });

  test('stays where a retry of it finds it, before and after the deposit came', () => {
    const click = arrive(registration, refund, refund, deposit, refund);
    expect([click.at('registration#')[0], click.at('deposit#')[0], click.rows.size]).toEqual([
      'approved',
      'reversed',
      2,
    ]);
  });

  test('is handed over when it is looked at again, where the deposit did not look for it', () => {
    const click = new Click();
    for (const said of [registration, refund]) click.say(said);
    click.hasty(deposit);
    expect(click.at('deposit#')[0]).toBe('approved');
    click.say(refund);
    expect([click.at('registration#')[0], click.at('deposit#')[0]]).toEqual(['approved', 'reversed']);
  });

  test('is handed over to a deposit that came before it and waited in the queue, where that did not look for it', () => {
    const click = new Click();
    for (const said of [registration, refund]) click.say(said);
    click.hasty(deposit, -3600);
    click.say(refund);
    expect([click.at('registration#')[0], click.at('deposit#')[0]]).toEqual(['approved', 'reversed']);
  });

  test('of the very amount of one deposit is of that, whether it comes before it or after it', () => {
    const other: SaidOfClick = { status: 'approved', event: 'conversion', amount: '10', currency: 'USD' };
    const ofDeposit: SaidOfClick = { ...refund, amount: '100' };
    for (const all of [
      [other, ofDeposit, deposit],
      [other, deposit, ofDeposit],
      [deposit, other, ofDeposit],
    ]) {
      const click = arrive(...all);
      expect([click.at('conversion#')[0], click.at('deposit#')[0]]).toEqual(['approved', 'reversed']);
    }
  });

  test('is not of a deposit that is later by its own time', () => {
    const click = arrive({ ...registration, at: -60 }, { ...refund, at: -50 }, { ...deposit, at: -10 });
    expect([click.at('registration#')[0], click.at('deposit#')[0]]).toEqual(['reversed', 'approved']);
  });

  test('that names the event of the registration is of that', () => {
    const { anyEvent: _none, ...named } = refund;
    const click = arrive(registration, { ...named, event: 'registration' }, deposit);
    expect([click.at('registration#')[0], click.at('deposit#')[0]]).toEqual(['reversed', 'approved']);
  });

  test('is of the registration once a replay has read that it had the amount', () => {
    const click = new Click();
    const unread = click.claimOf(registration, 1);
    click.take(registration, unread);
    click.say(refund);
    click.take(registration, { ...unread, amount: amountOf('100') });
    click.say({ ...deposit, transactionId: 'A' });
    expect([click.at('registration#')[0], click.at('deposit#A')[0]]).toEqual(['reversed', 'approved']);
  });
});

describe('of conversions that count separately, a refund of 20', () => {
  const month = (amount: string): SaidOfClick => ({ event: 'rebill', status: 'approved', amount, currency: 'USD' });
  const told: readonly (readonly [string, SaidOfClick])[] = [
    ['without its event', { event: 'conversion', status: 'reversed', anyEvent: true, amount: '20', bytes: 'refund' }],
    ['with its event', { event: 'rebill', status: 'reversed', amount: '20', bytes: 'refund' }],
  ];

  test.each(told)('that is told %s is of the 20, in whatever order they arrive', (_, refund) => {
    fc.assert(
      fc.property(shuffled([month('10'), month('20'), month('30'), refund, refund]), (order) => {
        const click = new Click('separate');
        for (const said of order) click.say(said);
        expect(owedBy(click)).toBe('40');
        for (const row of click.conversions)
          expect(addDeltas(...row.history.map(({ deltas }) => deltas))).toEqual(payableOf(row));
      }),
      runs(),
    );
  });

  test('that comes twice, as two told, is of the 20 once', () => {
    const [[, refund] = ['', {}]] = told;
    const click = new Click('separate');
    for (const said of [month('10'), { ...refund, bytes: 'a' }, { ...refund, bytes: 'b' }, month('20')])
      click.say(said);
    expect(owedBy(click)).toBe('0');
  });

  test('that names their transaction is of the 20 as well', () => {
    const named = { transactionId: 'T1' };
    const click = new Click('separate');
    for (const said of [month('10'), { event: 'rebill', status: 'reversed', amount: '20' } as const, month('20')]) {
      click.say({ ...said, ...named });
    }
    expect(owedBy(click)).toBe('10');
  });
});
