import {
  addDeltas,
  deltasBetween,
  payableOf,
  type ConversionState,
  type Deltas,
} from '../../../../lambdas/domain/conversion/payable';
import type { ConversionStatus } from '../../../../lambdas/domain/values/status';
import { amount, currency } from '../support/factories';

const state = (status: ConversionStatus, sum?: string, named?: string): ConversionState => ({
  status,
  amountNamed: sum !== undefined,
  ...(sum !== undefined && { amount: amount(sum) }),
  ...(named !== undefined && { currency: currency(named) }),
});

test.each<[string, ConversionState | undefined, object]>([
  ['what is approved', state('approved', '10', 'USD'), { USD: '10' }],
  ['what is approved in no known currency, under XXX', state('approved', '10'), { XXX: '10' }],
  ['nothing of 0', state('approved', '0', 'USD'), {}],
  ['nothing of what has no amount', state('approved', undefined, 'USD'), {}],
  ['nothing on hold', state('pending', '10', 'USD'), {}],
  ['nothing before the first claim', undefined, {}],
])('payable is %s', (_, of, payable) => {
  expect(payableOf(of)).toEqual(payable);
});

test.each<[string, ConversionState | undefined, ConversionState, object]>([
  ['adds the first amount', undefined, state('approved', '10', 'USD'), { USD: '10' }],
  ['adds the difference', state('approved', '10', 'USD'), state('approved', '12.5', 'USD'), { USD: '2.5' }],
  ['names no currency that does not move', state('approved', '10', 'USD'), state('approved', '10', 'USD'), {}],
  ['takes back all', state('approved', '10', 'USD'), state('reversed', '10', 'USD'), { USD: '-10' }],
  ['parts two currencies', state('approved', '10', 'USD'), state('approved', '9', 'EUR'), { USD: '-10', EUR: '9' }],
])('a change %s', (_, before, after, deltas) => {
  expect(deltasBetween(before, after)).toEqual(deltas);
});

test('deltas add up in each currency, and those that come to 0 go', () => {
  const parts: readonly Deltas[] = [
    { USD: amount('10'), EUR: amount('1') },
    { USD: amount('-10') },
    { EUR: amount('0.5') },
  ];
  expect(addDeltas(...parts)).toEqual({ EUR: '1.5' });
  expect(addDeltas()).toEqual({});
});
