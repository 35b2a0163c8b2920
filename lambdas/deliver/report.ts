import { emit, type MetricCounts } from '../adapters/metrics';
import { sourceMetric } from '../contract';
import * as metric from '../counters';
import type { Delivered } from './deliver';

/** Logs a settled delivery, and counts what needs a person. */
export function reportDelivered(delivered: Delivered): void {
  if (delivered.kind === 'none') return;
  const { delivery, settlement, turn } = delivered;
  const { state, reason, attempts: tries } = settlement;
  const counts: MetricCounts = {
    ...(state === 'exhausted' && { [metric.deliveryExhausted]: 1 }),
    ...(turn === 'suspended' && { [metric.sourceSuspended]: 1 }),
    ...((state === 'exhausted' || turn === 'suspended') && { [sourceMetric.deliveryNeedsPerson]: 1 }),
  };
  emit(counts, { delivery: delivery.id, source: delivery.sourceId, state, reason, attempts: tries, turn });
}
