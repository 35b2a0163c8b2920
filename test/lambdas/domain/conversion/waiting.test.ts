import * as fc from 'fast-check';
import { waitingLimit } from '../../../../lambdas/domain/conversion/apply';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { runs } from './arbitraries';
import { claim, Ledger } from './ledger';
import { expectedOf } from './naive-model';
import { Rows, unnamed } from './rows';

const refund = (amount: string, second: number): Claim => claim({ status: 'reversed', amount }, 'ignore', second);

describe('reversals that wait for one sale', () => {
  test('are kept up to the limit; the next one is rejected, and nothing is written for it', () => {
    const ledger = new Ledger('ignore', 'T1');
    for (let second = 0; second < waitingLimit; second++) ledger.take(refund('1', second));
    const before = ledger.stored;
    const refused = ledger.take(refund('1', waitingLimit));
    expect(refused).toMatchObject({ reason: 'REVERSAL_REFUSED', notes: [], conversion: { version: waitingLimit } });
    expect(refused.next).toBeUndefined();
    expect(ledger.stored).toBe(before);
  });

  test('do not keep out one that takes back what is on hold under another status', () => {
    const ledger = new Ledger('ignore', 'T1');
    for (let second = 0; second < waitingLimit; second++) ledger.take(refund('1', second));
    ledger.say({ status: 'pending', amount: '100' }, waitingLimit);
    expect(ledger.take(refund('1', 60)).reason).toBe('REVERSAL_REFUSED');
    const rejected = claim({ status: 'rejected', reversal: 'whole' }, 'ignore', 61);
    expect([ledger.take(rejected).reason, ledger.state[0]]).toEqual(['OK_UPDATED', 'rejected']);
  });

  test('however many there were, a replay after the sale takes back what the rejected ones said', () => {
    const cases = fc.record({
      refunds: fc.array(fc.constantFrom('1', '2.5', '7'), { minLength: 1, maxLength: 3 * waitingLimit }),
      isOnHold: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ refunds, isOnHold }) => {
        const ledger = new Ledger('ignore', 'T1');
        const claims = refunds.map((amount, second) => refund(amount, second));
        const hold = isOnHold ? [claim({ status: 'pending', amount: '1000' }, 'ignore', 0.5)] : [];
        const sale = claim({ status: 'approved', amount: '1000' }, 'ignore', 1000);
        const refused = claims.filter((one, second) => {
          if (second === 1) for (const held of hold) ledger.take(held);
          return ledger.take(one).reason === 'REVERSAL_REFUSED';
        });
        if (claims.length === 1) for (const held of hold) ledger.take(held);
        expect(refused).toHaveLength(Math.max(0, claims.length - waitingLimit));
        ledger.take(sale);
        for (const one of refused) expect(ledger.take(one).reason).toBe('OK_UPDATED');
        const { status, amount } = expectedOf([...hold, ...claims, sale]);
        expect(ledger.state.slice(0, 2)).toEqual([status, amount]);
        for (const one of refused) expect(ledger.take(one).next).toBeUndefined();
      }),
      runs(1 / 5),
    );
  });
});

describe('reversals that wait under keys of their own', () => {
  test('are all met by the sale that comes at last, in writes of no more rows than DynamoDB takes together', () => {
    const world = new Rows();
    for (let refunds = 1; refunds <= 250; refunds++) world.refundOf({ transactionId: `R${refunds}` }, { amount: '1' });
    const settled = world.saleOf({ transactionId: 'T1' }, { amount: '1000' });
    expect(settled).toMatchObject({ reason: 'OK', conversion: { amount: '750' } });
    expect(world.at('sale#T1')).toBe('approved 750');
    expect(world.all.filter(({ metBy }) => metBy === undefined).map(({ conversionKey }) => conversionKey)).toEqual([
      'sale#T1',
    ]);
  });

  test('are met by the rest of a sale that was cut off between two of these writes', () => {
    const world = new Rows();
    for (let refunds = 1; refunds <= 100; refunds++) world.refundOf({ transactionId: `R${refunds}` }, { amount: '1' });
    const sale = world.claimOf({ amount: '1000' });
    expect(world.cutOff({ transactionId: 'T1' }, sale)).toMatchObject({ conversion: { meetsMore: true } });
    expect(world.at('sale#T1')).toBe('approved 920');
    world.amongOf({ transactionId: 'T1' }, sale);
    expect(world.at('sale#T1')).toBe('approved 900');
  });

  test('wait on where the sale is on hold and has as many as it takes, and take back their part once it is approved', () => {
    const world = new Rows();
    for (let refunds = 0; refunds < 40; refunds++) world.refundOf(unnamed, { amount: '1' });
    for (let refunds = 0; refunds < 40; refunds++) world.refundOf({ ...unnamed, event: 'sale' }, { amount: '1' });
    world.saleOf({ transactionId: 'T1' }, { status: 'pending', amount: '1000' });
    world.saleOf({ transactionId: 'T1' }, { status: 'approved', amount: '1000' });
    expect(world.at('sale#T1')).toBe('approved 920');
  });

  test('are met where the first of them is about an earlier sale, and a later one is not', () => {
    const world = new Rows();
    world.refundOf(unnamed, { amount: '1', at: 0 });
    world.refundOf(unnamed, { amount: '2', at: 20 });
    world.saleOf({ transactionId: 'T1' }, { amount: '10', at: 10 });
    expect(world.at('sale#T1')).toBe('approved 8');
  });
});
