import type { DeliverySettlement } from '../adapters/deliveries-table';
import type { StoredDelivery } from '../adapters/delivery-item';
import type { Version } from '../domain/configuration/document';
import type { HoldReason } from '../domain/outbound/delivery';
import { nextLookAt } from '../domain/outbound/hold';

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
