import type { Deadline } from '../adapters/deadline';
import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { SourceHealthTable } from '../adapters/source-health-table';
import { gateOf } from '../domain/outbound/breaker';
import { held, kept, type SourceVersion } from './kept';

/** Deliveries behind a breaker come back spread over a while: not all at the moment at which it closes. */
const spreadMilliseconds = 20_000;

/** What becomes of a delivery whose source is not to be called now; `undefined` where it may be. Somebody who resends is not held back. */
export async function gateTo(
  { id, changedAt }: SourceVersion,
  delivery: StoredDelivery,
  stores: { readonly health: SourceHealthTable; now(): number; random(): number },
  deadline: Deadline,
): Promise<DeliverySettlement | undefined> {
  const known = await stores.health.of(id, deadline);
  const now = stores.now();
  const gate = gateOf(known.health, now, changedAt);
  if (gate.state === 'closed' || delivery.forced === true) return undefined;
  if (gate.state === 'suspended') return held(delivery, 'SOURCE_SUSPENDED', now);
  if (gate.state === 'probe' && (await stores.health.write(id, known, gate.health, deadline))) return undefined;
  // Another delivery is the probe.
  const until = gate.state === 'open' ? gate.until : now;
  const dueAt = until + Math.round(spreadMilliseconds * stores.random());
  return { ...kept(delivery), state: 'due', reason: 'SOURCE_UNREACHABLE', dueAt };
}
