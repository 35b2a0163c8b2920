import type { ConfigurationTable } from '../adapters/configuration-table';
import type { Deadline } from '../adapters/deadline';
import type { DeliveriesTable, Lease, DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { KnownHealth } from '../adapters/source-health-table';
import type { DeliveryId } from '../domain/outbound/delivery-id';
import type { Delivery } from '../domain/outbound/delivery';
import type { Attempt } from '../domain/outbound/judge';
import { orderOf } from '../domain/outbound/order';
import type { OutboundRequest } from '../domain/outbound/request';
import { gateTo, takeTurn } from './gate';
import { held, heldBySuspension, kept } from './kept';
import { noteOutcome, type NotingStores, type SourceTurn } from './note-outcome';
import { deliveryRequest, type RequestStores } from '../outbound/request-of';
import { settlementOf } from './settlement';

/** What delivering reads and writes. Each call throws where storage does not take part in time. */
export interface DeliverStores extends RequestStores, NotingStores {
  readonly configuration: Pick<ConfigurationTable, 'find'>;
  readonly deliveries: Pick<DeliveriesTable, 'claim' | 'ofGroup' | 'settle'>;
  /** Sends a request that was checked for nothing yet. Never throws. */
  send(request: OutboundRequest, isSecret: boolean): Promise<Attempt>;
  now(): number;
  /** From 0 up to 1. */
  random(): number;
  newToken(): string;
}

/** What became of one message. */
export type Delivered =
  /** The delivery is over, waits for its time, or is in other hands. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'settled';
      readonly delivery: Delivery;
      readonly settlement: DeliverySettlement;
      /** Whether this attempt was the one that suspended the source, or ended its suspension. */
      readonly turn: SourceTurn;
    };

/** The function's timeout: no other run begins while a request of this one may be under way. */
const leaseMilliseconds = 60_000;
/** How soon a delivery is looked at again that waits for another one of its conversion. */
const turnMilliseconds = 10_000;

/**
 * Delivers once what is due, and writes down what came of it. What goes wrong on our side before the call throws and is no attempt: the
 * message comes back.
 * @param known how the source answers, where a run that delivers several has just read it
 */
export async function deliver(
  id: DeliveryId,
  stores: DeliverStores,
  deadline: Deadline,
  known?: KnownHealth,
): Promise<Delivered> {
  const now = stores.now();
  const lease: Lease = { token: stores.newToken(), until: now + leaseMilliseconds };
  const delivery = await stores.deliveries.claim(id, lease, now, deadline);
  if (delivery === undefined) return { kind: 'none' };
  if (delivery === 'taken') throw new Error('it is in other hands: its message comes back, in case they are dead');
  const { settlement, turn } = await attempt(delivery, stores, deadline, known);
  const isOurs = await stores.deliveries.settle(id, lease, settlement, deadline);
  return isOurs ? { kind: 'settled', delivery, settlement, turn } : { kind: 'none' };
}

interface Attempted {
  readonly settlement: DeliverySettlement;
  readonly turn: SourceTurn;
}

async function attempt(
  delivery: StoredDelivery,
  stores: DeliverStores,
  deadline: Deadline,
  known: KnownHealth | undefined,
): Promise<Attempted> {
  const version = await stores.configuration.find('source', delivery.sourceId, deadline);
  const postback = version?.document.postbacks?.find(({ id }) => id === delivery.postbackId);
  if (version === undefined || postback === undefined) return without(held(delivery, 'POSTBACK_GONE', stores.now()));
  const outOfTurn = await orderOfTurn(delivery, stores, deadline);
  if (outOfTurn !== undefined) return without(outOfTurn);
  const gate = await gateTo(version, delivery, stores, deadline, known);
  if (gate.kind === 'wait') return without(gate.settlement);

  const prepared = await deliveryRequest(delivery, postback, stores, deadline);
  if (!prepared.ok) {
    const { state, reason, detail } = prepared;
    return without(
      state === 'held' ? held(delivery, reason, stores.now(), detail) : { ...kept(delivery), state, reason, detail },
    );
  }
  // Only what can be sent takes the turn: a secret that is missing must not keep a source waiting.
  const taken = gate.probe && (await takeTurn(gate.probe, delivery, stores, deadline));
  if (taken !== undefined) return without(taken);
  const attempted = await stores.send(prepared.request, prepared.isSecret);
  const now = stores.now();
  const { settlement, outcome } = settlementOf(delivery, prepared, attempted, now, stores.random());
  const turn = await noteOutcome(version, outcome, gate.known, stores, now, deadline);
  const isInVain = gate.probe?.isTrial === true && outcome !== 'delivered';
  return { settlement: isInVain ? afterTrial(delivery, settlement, now) : settlement, turn };
}

/** A trial of a suspended source in vain costs its delivery nothing, though what was asked and answered is kept for people. */
function afterTrial(delivery: StoredDelivery, tried: DeliverySettlement, now: number): DeliverySettlement {
  const { answer, request, lastTriedAt } = tried;
  return { ...heldBySuspension(delivery, now), answer, request, lastTriedAt, detail: tried.detail ?? tried.reason };
}

function without(settlement: DeliverySettlement): Attempted {
  return { settlement, turn: undefined };
}

/** What becomes of a delivery whose turn it is not; `undefined` where it may go. */
async function orderOfTurn(
  delivery: StoredDelivery,
  { deliveries, now }: DeliverStores,
  deadline: Deadline,
): Promise<DeliverySettlement | undefined> {
  // What is reported once, at the first change, has nothing to be in order with.
  if (delivery.when === 'first' || delivery.forced === true) return undefined;
  const all = await deliveries.ofGroup(delivery.id, deadline);
  const moment = now();
  const others = all
    .filter(({ clickId, conversionKey }) => clickId === delivery.clickId && conversionKey === delivery.conversionKey)
    .map((other) => ({ ...other, isInFlight: (other.leasedUntil ?? 0) > moment }));
  const order = orderOf(delivery, others);
  if (order === 'send') return undefined;
  if (order === 'superseded') return { ...kept(delivery), state: 'superseded' };
  return { ...kept(delivery), state: 'due', dueAt: moment + turnMilliseconds };
}
