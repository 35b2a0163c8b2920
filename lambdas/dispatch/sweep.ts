import type { Deadline } from '../adapters/deadline';
import type { DeliveriesTable } from '../adapters/deliveries-table';
import { dueShards } from '../adapters/delivery-item';
import type { QueuedDelivery } from '../adapters/delivery-queue';

/** What sweeping reads and writes. */
export interface SweepStores {
  readonly deliveries: Pick<DeliveriesTable, 'waiting' | 'postpone'>;
  queue(deliveries: readonly QueuedDelivery[], deadline: Deadline): Promise<readonly number[]>;
}

/** What is queued is not queued again for so long: a queue that is worked off slowly is not filled up meanwhile. */
const postponedMilliseconds = 10 * 60_000;
const pageSize = 100;
/** With less time than this left, no further page is begun. */
const leastMilliseconds = 10_000;

/**
 * Queues every delivery whose time has come. It is queued first and postponed then: a run that dies in between queues some twice, and the
 * second message finds them taken.
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
    // An index shows a write a moment later: a short page ends the walk, the next minute sees what was left.
    if (due.length < pageSize || taken.length === 0) break;
  }
  return queued;
}
