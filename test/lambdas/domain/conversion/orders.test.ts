import * as fc from 'fast-check';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { runs, shuffled } from './arbitraries';
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
