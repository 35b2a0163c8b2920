import type { Deadline } from '../adapters/deadline';
import type { DeliveriesTable } from '../adapters/deliveries-table';
import { dueShards } from '../adapters/delivery-item';
import type { QueuedDelivery } from '../adapters/delivery-queue';

/** The stores of sweeping. */
export interface SweepStores {
  readonly deliveries: Pick<DeliveriesTable, 'waiting' | 'postpone'>;
  queue(deliveries: readonly QueuedDelivery[], deadline: Deadline): Promise<readonly number[]>;
}

/** A queued delivery is not queued again for this long, so that a slow queue does not fill up with repetitions. */
const postponedMilliseconds = 10 * 60_000;
const pageSize = 100;
/** Minimum time left for another page. */
const leastMilliseconds = 10_000;

/**
 * Queues every delivery whose time has come, then postpones it. A run that dies in between queues some twice; their second message finds
 * them claimed.
 */
export async function queueDueDeliveries(stores: SweepStores, now: number, deadline: Deadline): Promise<number> {
  const counts = await Promise.all(dueShards.map((shard) => sweepShard(shard, stores, now, deadline)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function sweepShard(
  shard: string,
  { deliveries, queue }: SweepStores,
  now: number,
  deadline: Deadline,
): Promise<number> {
  let queued = 0;
  while (deadline.remaining() > leastMilliseconds) {
    const due = await deliveries.waiting(shard, now, pageSize, deadline);
    const refused =
      due.length === 0
        ? []
        : await queue(
            due.map(({ id }) => ({ id })),
            deadline,
          );
    const taken = due.filter((_, index) => !refused.includes(index));
    await Promise.all(taken.map((one) => deliveries.postpone(one, now + postponedMilliseconds, deadline)));
    queued += taken.length;
    // An index shows a write with a delay: a short page ends the walk, and the next run sees the rest.
    if (due.length < pageSize || taken.length === 0) break;
  }
  return queued;
}
