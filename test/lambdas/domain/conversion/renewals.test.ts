import * as fc from 'fast-check';
import { addAmounts, zero } from '../../../../lambdas/domain/values/amount';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { runs, shuffled } from './arbitraries';
import { Click, type SaidOfClick } from './click';

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
