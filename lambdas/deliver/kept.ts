import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { Version } from '../domain/configuration/document';
import type { HoldReason } from '../domain/outbound/delivery';

export type SourceVersion = Version<'source'>;

/** Returns the fields that a decision without an attempt leaves unchanged. */
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

/** Holds a delivery for its suspended source. Its three days restart with its next attempt: the wait does not count. */
export function heldBySuspension(delivery: StoredDelivery, now: number): DeliverySettlement {
  const { firstTriedAt: _, ...settlement } = held(delivery, 'SOURCE_SUSPENDED', now);
  return { ...settlement, attempts: 0 };
}

const shortestPause = 15 * 60_000;
const longestPause = 12 * 60 * 60_000;

/**
 * Returns the time of the next check of a held delivery, with growing pauses. Deliveries are sent after their source is fixed, without a
 * resend.
 */
function nextLookAt(createdAt: number, now: number): number {
  const age = Math.max(0, now - createdAt);
  return now + Math.min(longestPause, Math.max(shortestPause, Math.round(age / 8)));
}
