import { deliveryReasons } from '../../../lambdas/domain/outbound/delivery';
import { deliveryAdvice } from '../../../operator/deliveries/advice';

test('every reason for which a delivery does not arrive has its advice, of twenty words at most', () => {
  const advised = deliveryReasons.map((reason) => [reason, deliveryAdvice(reason)?.split(' ').length ?? 0] as const);
  expect(advised.filter(([, words]) => words === 0)).toEqual([['ACCEPTED', 0]]);
  expect(advised.filter(([, words]) => words > 20)).toEqual([]);
});

test('a reason of another release has none', () => {
  expect(deliveryAdvice('NEVER_HEARD_OF')).toBeUndefined();
});
