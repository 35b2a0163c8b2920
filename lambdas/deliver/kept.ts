import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { Version } from '../domain/configuration/document';
import type { HoldReason } from '../domain/outbound/delivery';

export type SourceVersion = Version<'source'>;

/** What a decision without an attempt leaves as it is. */
export function kept(delivery: StoredDelivery): Omit<DeliverySettlement, 'state' | 'reason' | 'detail' | 'dueAt'> {
  const { attempts, firstTriedAt, lastTriedAt, answer, request } = delivery;
  return {
    attempts,
    ...(firstTriedAt !== undefined && { firstTriedAt }),
    ...(lastTriedAt !== undefined && { lastTriedAt }),
    ...(answer !== undefined && { answer }),
    ...(request !== undefined && { request }),
  };
}

/** A delivery that waits for a person. */
export function held(delivery: StoredDelivery, reason: HoldReason, now: number, detail?: string): DeliverySettlement {
  const dueAt = nextLookAt(delivery.createdAt, now);
  return { ...kept(delivery), state: 'held', reason, dueAt, ...(detail !== undefined && { detail }) };
}

/** A delivery whose source is suspended. Its three days begin anew when it is sent: it was not its turn meanwhile. */
export function heldBySuspension(delivery: StoredDelivery, now: number): DeliverySettlement {
  const { firstTriedAt: _, ...settlement } = held(delivery, 'SOURCE_SUSPENDED', now);
  return { ...settlement, attempts: 0 };
}

const shortestPause = 15 * 60_000;
const longestPause = 12 * 60 * 60_000;

/**
 * When to look again at a delivery that waits for a person: soon while it is young, and ever more rarely. A source that is set up anew
 * gets what was held, and nobody has to resend it.
 */
function nextLookAt(createdAt: number, now: number): number {
  const age = Math.max(0, now - createdAt);
  return now + Math.min(longestPause, Math.max(shortestPause, Math.round(age / 8)));
}
