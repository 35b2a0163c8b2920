import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { amount } from '../support/factories';
import { Ledger } from './ledger';

describe('what is shown of a key', () => {
  test('is what a waiting reversal asks for, the last of several', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ reversal: 'partial' });
    expect(ledger.state[0]).toBe('reversed');
    ledger.say({ status: 'rejected', reversal: 'partial' });
    expect(ledger.state[0]).toBe('rejected');
    ledger.say({ status: 'reversed' });
    expect(ledger.state[0]).toBe('reversed');
  });

  test('has no amount and no currency where none is known', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({});
    expect(Object.keys(ledger.stored ?? {})).not.toEqual(expect.arrayContaining(['amount']));
    expect(Object.keys(ledger.stored ?? {})).not.toEqual(expect.arrayContaining(['currency']));
  });

  test('says whether the amount was named: a correction alone was, a payout with one was not', () => {
    const named = (payout?: string): boolean | undefined => {
      const ledger = new Ledger('ignore', 'T1');
      ledger.say({ amount: '-3', ...(payout !== undefined && { payout }) });
      return ledger.stored?.amountNamed;
    };
    expect([named(), named('5')]).toEqual([true, false]);
    const unknown = new Ledger('ignore', 'T1');
    unknown.say({});
    expect(unknown.stored?.amountNamed).toBe(false);
  });

  test('is updated by another currency alone, and by an amount that is named as high as the payout', () => {
    const currencies = new Ledger('update', 'T1');
    currencies.say({ amount: '10', currency: 'EUR' });
    expect(currencies.say({ amount: '10', currency: 'USD' }).reason).toBe('OK_UPDATED');
    const payouts = new Ledger('ignore', 'T1');
    payouts.say({ payout: '5' });
    expect(payouts.say({ amount: '5' }).reason).toBe('OK_UPDATED');
  });

  test('pays nothing where the amount is 0', () => {
    expect(payableOf({ status: 'approved', amount: amount('0'), amountNamed: true })).toEqual({});
  });
});
