import type { Delivered } from '../../../lambdas/deliver/deliver';
import { sampleDelivery } from '../../../lambdas/domain/outbound/sample';
import type { Delivery } from '../../../lambdas/domain/outbound/delivery';
import { conversionOf } from '../domain/outbound/support';
import { now } from '../domain/support/factories';

type Settled = Extract<Delivered, { readonly kind: 'settled' }>;

/** A delivery of a source whose last attempt had this outcome. */
export function settled(sourceId: string, state: Delivery['state'], turn: Settled['turn']): Delivered {
  return {
    kind: 'settled',
    delivery: sampleDelivery(conversionOf(), sourceId, 'main', now),
    settlement: { state, attempts: 20 },
    turn,
    isNext: false,
  };
}
