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

/** The stores of delivering. Each call throws if storage does not respond in time. */
export interface DeliverStores extends RequestStores, NotingStores {
  readonly configuration: Pick<ConfigurationTable, 'find'>;
  readonly deliveries: Pick<DeliveriesTable, 'claim' | 'ofGroup' | 'settle'>;
  /** Sends an unvalidated request. Never throws. */
  send(request: OutboundRequest, isSecret: boolean): Promise<Attempt>;
  now(): number;
  /** Returns a number from 0 up to 1. */
  random(): number;
  newToken(): string;
}

/** The outcome of one message. */
export type Delivered =
  /** The delivery is over, waits for its time, or is claimed by another run. */
  | { readonly kind: 'none' }
  | {
      readonly kind: 'settled';
      readonly delivery: Delivery;
      readonly settlement: DeliverySettlement;
      /** Whether this attempt suspended the source or ended its suspension. */
      readonly turn: SourceTurn;
      /** The delivery before it is about to end: its message is to come back in seconds. */
      readonly isNext: boolean;
    };

/** The function's timeout: no other run begins during a request of this one. */
const leaseMilliseconds = 60_000;
/** Delay before the next check of a delivery that waits for another one of its conversion. */
const turnMilliseconds = 10_000;
/** The same where that one is about to end; shorter than a message is hidden. */
const nextTurnMilliseconds = 1000;

/**
 * Attempts a due delivery once and records the outcome. An internal failure before the call throws and counts as no attempt: the message
 * is retried.
 * @param known health of the source, if a run of several deliveries has just read it
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
  if (delivery === 'taken')
    throw new Error('another run has claimed it: its message is retried, in case that run is dead');
  const { settlement, turn, isNext = false } = await attempt(delivery, stores, deadline, known);
  const isOurs = await stores.deliveries.settle(id, lease, settlement, deadline);
  return isOurs ? { kind: 'settled', delivery, settlement, turn, isNext } : { kind: 'none' };
}

interface Attempted {
  readonly settlement: DeliverySettlement;
  readonly turn: SourceTurn;
  readonly isNext?: boolean;
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
  if (outOfTurn !== undefined) return outOfTurn;
  const gate = await gateTo(version, delivery, stores, deadline, known);
  if (gate.kind === 'wait') return without(gate.settlement);

  const prepared = await deliveryRequest(delivery, postback, stores, deadline);
  if (!prepared.ok) {
    const { state, reason, detail } = prepared;
    return without(
      state === 'held' ? held(delivery, reason, stores.now(), detail) : { ...kept(delivery), state, reason, detail },
    );
  }
  // Only a sendable request takes the turn: a missing secret must not keep a source waiting.
  const taken = gate.probe && (await takeTurn(gate.probe, delivery, stores, deadline));
  if (taken !== undefined) return without(taken);
  const attempted = await stores.send(prepared.request, prepared.isSecret);
  const now = stores.now();
  const { settlement, outcome } = settlementOf(delivery, prepared, attempted, now, stores.random());
  const turn = await noteOutcome(version, outcome, gate.known, stores, now, deadline);
  const isInVain = gate.probe?.isTrial === true && outcome !== 'delivered';
  return { settlement: isInVain ? afterTrial(delivery, settlement, now) : settlement, turn };
}

/** A failed trial of a suspended source does not count for its delivery; request and answer are kept for people. */
function afterTrial(delivery: StoredDelivery, tried: DeliverySettlement, now: number): DeliverySettlement {
  const { answer, request, lastTriedAt } = tried;
  return { ...heldBySuspension(delivery, now), answer, request, lastTriedAt, detail: tried.detail ?? tried.reason };
}

function without(settlement: DeliverySettlement): Attempted {
  return { settlement, turn: undefined };
}

/** Returns the settlement of a delivery that must wait for others of its conversion; `undefined` if it may be sent. */
async function orderOfTurn(
  delivery: StoredDelivery,
  { deliveries, now }: DeliverStores,
  deadline: Deadline,
): Promise<Attempted | undefined> {
  // A postback of the first change alone has no order to keep.
  if (delivery.when === 'first' || delivery.forced === true) return undefined;
  const all = await deliveries.ofGroup(delivery.id, deadline);
  const moment = now();
  const others = all
    .filter(({ clickId, conversionKey }) => clickId === delivery.clickId && conversionKey === delivery.conversionKey)
    .map((other) => ({ ...other, isInFlight: (other.leasedUntil ?? 0) > moment }));
  const order = orderOf(delivery, others);
  if (order === 'send') return undefined;
  if (order === 'superseded') return without({ ...kept(delivery), state: 'superseded' });
  // A due one without a time is in the queue.
  const isNext = others.some(
    ({ conversionVersion, isInFlight, state, dueAt = 0 }) =>
      conversionVersion < delivery.conversionVersion && (isInFlight || (state === 'due' && dueAt <= moment)),
  );
  const dueAt = moment + (isNext ? nextTurnMilliseconds : turnMilliseconds);
  return { ...without({ ...kept(delivery), state: 'due', dueAt }), isNext };
}
