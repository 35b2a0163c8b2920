import type { Deadline } from '../adapters/deadline';
import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { KnownHealth, SourceHealthTable } from '../adapters/source-health-table';
import { gateOf, type SourceHealth } from '../domain/outbound/breaker';
import { heldBySuspension, kept, type SourceVersion } from './kept';

/** Spreads deliveries behind a breaker, so that they do not all return when it closes. */
const spreadMilliseconds = 20_000;

/** A turn to call a source that is failing; it is taken right before the call. */
export interface Probe {
  readonly sourceId: string;
  readonly known: KnownHealth;
  readonly health: SourceHealth;
  /** The call tries a suspended source. */
  readonly isTrial: boolean;
}

export type Gated =
  | { readonly kind: 'go'; readonly known: KnownHealth; readonly probe?: Probe }
  | { readonly kind: 'wait'; readonly settlement: DeliverySettlement };

interface GateStores {
  readonly health: SourceHealthTable;
  now(): number;
  random(): number;
}

/** Decides whether to call the source of a delivery now, and the settlement if not. A resend by a person is never held back. */
export async function gateTo(
  { id, changedAt }: SourceVersion,
  delivery: StoredDelivery,
  stores: GateStores,
  deadline: Deadline,
  before?: KnownHealth,
): Promise<Gated> {
  const known = before ?? (await stores.health.glance(id, deadline));
  const now = stores.now();
  const gate = gateOf(known.health, now, changedAt);
  if (gate.state === 'closed' || delivery.forced === true) return { kind: 'go', known };
  if (gate.state === 'suspended') return { kind: 'wait', settlement: heldBySuspension(delivery, now) };
  if (gate.state === 'probe') {
    return { kind: 'go', known, probe: { sourceId: id, known, health: gate.health, isTrial: gate.isSuspended } };
  }
  return { kind: 'wait', settlement: unreachable(delivery, gate.until, stores) };
}

/** Takes the turn of a probe; returns the settlement of the delivery if another one has the turn. */
export async function takeTurn(
  { sourceId, known, health, isTrial }: Probe,
  delivery: StoredDelivery,
  stores: GateStores,
  deadline: Deadline,
): Promise<DeliverySettlement | undefined> {
  if (await stores.health.write(sourceId, known, health, deadline)) return undefined;
  const now = stores.now();
  return isTrial ? heldBySuspension(delivery, now) : unreachable(delivery, now, stores);
}

function unreachable(
  delivery: StoredDelivery,
  until: number,
  { random }: Pick<GateStores, 'random'>,
): DeliverySettlement {
  const dueAt = until + Math.round(spreadMilliseconds * random());
  return { ...kept(delivery), state: 'due', reason: 'SOURCE_UNREACHABLE', dueAt };
}
