import * as fc from 'fast-check';
import { addAmounts, zero } from '../../../../lambdas/domain/values/amount';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { runs, shuffled } from './arbitraries';
import { settleAmong } from '../../../../lambdas/domain/conversion/settlement';
import { Click, type SaidOfClick } from './click';
import { Rows, subjectOf } from './rows';

const day = 24 * 3600;
const month = 30 * day;

const renewal = (said: SaidOfClick): SaidOfClick => ({ event: 'rebill', renewal: true, ...said });
const paid = (amount: string, at: number): SaidOfClick => renewal({ status: 'approved', amount, currency: 'USD', at });
const failed = (at: number): SaidOfClick => renewal({ status: 'rejected', at });

function owed(click: Click): string {
  return click.conversions.map((row) => payableOf(row)['USD'] ?? zero).reduce(addAmounts, zero);
}

function arrive(all: readonly SaidOfClick[]): Click {
  const click = new Click('separate');
  for (const said of all) click.take(said, click.claimOf(said, 12 * month));
  return click;
}

describe('renewals that name no transaction', () => {
  const months = [paid('9', 0), failed(month), paid('12', 2 * month), failed(3 * month), paid('15', 4 * month)];

  test('owe what was paid, in whatever order they arrive, however many of them failed', () => {
    fc.assert(
      fc.property(shuffled(months), (order) => {
        const click = arrive(order);
        expect(owed(click)).toBe('36');
        const statuses = click.conversions.map(({ status }) => status).toSorted();
        expect(statuses).toEqual(['approved', 'approved', 'approved', 'rejected', 'rejected']);
      }),
      runs(),
    );
  });

  test('a rejection within the retry window takes back the last renewal before it, and of two the one of its amount', () => {
    const two = [paid('9', 0), paid('12', month), paid('15', month + day)];
    expect(owed(arrive([...two, failed(month + day + 60)]))).toBe('21');
    expect(owed(arrive([...two, { ...failed(month + day + 60), amount: '12' }]))).toBe('24');
    expect(owed(arrive([...two, failed(day)]))).toBe('27');
  });

  test('a second rejection of the same renewal takes back no other, and counts as another that failed', () => {
    const click = arrive([paid('9', 0), paid('12', month), failed(month + 60), failed(month + 120)]);
    expect([owed(click), click.rows.size]).toEqual(['9', 3]);
  });

  test('a rejection of before the first renewal takes nothing back', () => {
    expect(owed(arrive([paid('9', month), failed(0)]))).toBe('9');
  });

  test('an approval without an amount is of the renewal that is there', () => {
    const click = arrive([{ ...failed(0), amount: '9', currency: 'USD' }, renewal({ status: 'approved', at: month })]);
    expect([owed(click), click.rows.size]).toEqual(['9', 1]);
  });

  test('an event that does not come again keeps its changes of status, whenever they come', () => {
    const click = arrive([
      { status: 'approved', amount: '9', currency: 'USD', at: 0 },
      { status: 'rejected', at: month },
    ]);
    expect([owed(click), click.rows.size]).toEqual(['0', 1]);
  });

  test('one that names its transaction keeps them too', () => {
    const order = { transactionId: 'R1' };
    const click = arrive([
      { ...paid('9', 0), ...order },
      { ...failed(month), ...order },
    ]);
    expect([owed(click), click.rows.size]).toEqual(['0', 1]);
  });
});

describe('a further payment after the window of its click', () => {
  const late = (fields: object, marks: object, said = {}) => {
    const { click } = world();
    return settleAmong(click.all, subjectOf(fields), { ...click.claimOf({ amount: '5', ...said }), ...marks }, false);
  };

  /** A click with the first payment of an order. */
  function world() {
    const click = new Rows();
    click.among(subjectOf({ event: 'sale', transactionId: 'P0' }), { ...click.claimOf({ amount: '5' }), order: 'O1' });
    return { click };
  }

  test.each<[string, object, object]>([
    ['renewal with a transaction ID', { event: 'rebill', transactionId: 'P1' }, { renewal: true }],
    ['payment of the same order', { event: 'sale', transactionId: 'P1' }, { order: 'O1' }],
  ])('a %s counts, since the first one was in time', (_, fields, marks) => {
    expect(late(fields, marks)).toMatchObject({ outcome: 'settled', reason: 'OK', conversion: { amount: '5' } });
  });

  test.each<[string, object, object]>([
    ['a sale of another order', { event: 'sale', transactionId: 'P1' }, { order: 'O2' }],
    ['another sale', { event: 'sale', transactionId: 'P1' }, {}],
    ['a renewal of another integration', { event: 'rebill', transactionId: 'P1', integration: 'b' }, { renewal: true }],
  ])('%s does not', (_, fields, marks) => {
    expect(late(fields, marks).outcome).toBe('not-known');
  });

  test('of the same order counts, though not every claim of the first one names the order', () => {
    const { click } = world();
    click.among(subjectOf({ event: 'sale', transactionId: 'P0' }), click.claimOf({ status: 'rejected' }));
    const said = { ...click.claimOf({ amount: '5' }), order: 'O1' };
    expect(settleAmong(click.all, subjectOf({ event: 'sale', transactionId: 'P1' }), said, false)).toMatchObject({
      outcome: 'settled',
      reason: 'OK',
    });
  });

  test('is none where it is refunded: the refund takes back the first payment of its order', () => {
    expect(late({ event: 'sale', transactionId: 'P1' }, { order: 'O1' }, { status: 'reversed' })).toMatchObject({
      reason: 'OK_UPDATED',
      conversion: { transactionId: 'P0', status: 'reversed' },
    });
  });

  test('belongs to the campaign of the first, though the click is gone', () => {
    const settled = late({ event: 'rebill', transactionId: 'P1', campaign: '' }, { renewal: true });
    expect(settled).toMatchObject({ conversion: { campaign: 'spring' } });
  });
});
