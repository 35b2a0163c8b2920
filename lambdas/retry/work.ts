import type { Deadline } from '../adapters/deadline';
import { logTrouble, type MetricCounts, type LineFields } from '../adapters/metrics';
import type { MessageReplacement } from '../adapters/retry-queue';
import { backoffSeconds, cameBackUnspaced, isGivenUp } from '../domain/queue/backoff';
import type { QueueDelivery, MessageSettlement } from './delivery';

/** The means to work off a batch of deliveries. Each call throws where storage or the queue does not answer in time. */
export interface Tools {
  settle(delivery: QueueDelivery, deadline: Deadline): Promise<MessageSettlement>;
  /** Hides a message until its next try. */
  hide(delivery: QueueDelivery, seconds: number, deadline: Deadline): Promise<void>;
  sendAgain(replacement: MessageReplacement, deadline: Deadline): Promise<void>;
  /** Deletes messages that are done, so that no crash brings them back. */
  remove(deliveries: readonly QueueDelivery[], deadline: Deadline): Promise<void>;
  putAside(delivery: QueueDelivery, reason: string, deadline: Deadline): Promise<void>;
  report(delivery: QueueDelivery, counts: MetricCounts, fields: LineFields): void;
}

/** `work` ends in time for spacing the next tries; `rest` is for that. */
export interface Deadlines {
  readonly work: Deadline;
  readonly rest: Deadline;
}

/** Deliveries up to which a message is settled together with others: most need no more, and one crash costs the others one round. */
const together = 2;
const togetherMilliseconds = 12_000;
const aloneMilliseconds = 6000;
/** With less time than this left, a message is not begun. */
const leastMilliseconds = 1500;
const setApartSeconds = 60;

/**
 * Settles a batch so that no message takes its neighbours along: each has its own time, those that came back before come last and one
 * by one, and what is done is deleted before anything is tried that may end the function.
 * @returns the message IDs that are not done: they come back
 */
export async function workBatch(
  deliveries: readonly QueueDelivery[],
  tools: Tools,
  { work, rest }: Deadlines,
  clock: () => number = Date.now,
  chance: () => number = Math.random,
): Promise<readonly string[]> {
  const done = new Set<QueueDelivery>();
  const removed = new Set<QueueDelivery>();

  async function attempt(delivery: QueueDelivery, milliseconds: number): Promise<void> {
    if (await handle(delivery, milliseconds)) done.add(delivery);
  }

  /** @returns whether the message is done with; anything else brings it back. */
  async function handle(delivery: QueueDelivery, milliseconds: number): Promise<boolean> {
    const deadline = atMost(work, milliseconds, clock);
    try {
      const settlement = await inTime(tools.settle(delivery, deadline), deadline.remaining());
      switch (settlement.action) {
        case 'done':
          tools.report(delivery, settlement.counts, settlement.fields);
          return true;
        case 'wait':
          await tools.hide(delivery, settlement.seconds, rest);
          return false;
        case 'send-again':
          await tools.sendAgain({ ...delivery, ...settlement }, rest);
          if (settlement.report !== undefined) {
            tools.report(delivery, settlement.report.counts, settlement.report.fields);
          }
          return true;
        case 'give-up':
          await tools.putAside(delivery, settlement.reason, rest);
          return true;
      }
    } catch (error) {
      logTrouble('a queued message was not settled', error, { messageId: delivery.messageId });
      return tryLater(delivery, error);
    }
  }

  async function tryLater(delivery: QueueDelivery, error?: unknown): Promise<boolean> {
    try {
      if (isGivenUp(clock() - delivery.firstSentAt)) {
        const cause = error instanceof Error ? `: ${error.name}` : '';
        await tools.putAside(delivery, `STORAGE_REFUSED${cause}`, rest);
        return true;
      }
      await tools.hide(delivery, backoffSeconds(delivery.deliveries, chance()), rest);
    } catch (trouble) {
      // It comes back all the same, when the queue's own visibility ends.
      logTrouble('the next try was not spaced', trouble, { messageId: delivery.messageId });
    }
    return false;
  }

  /** A message that kept coming back unspaced is not tried among others: it is set apart first, and then put aside. */
  async function handleUnspaced(delivery: QueueDelivery): Promise<void> {
    try {
      if (delivery.setApart) {
        await tools.putAside(delivery, 'FUNCTION_DIED', rest);
      } else {
        await tools.sendAgain({ ...delivery, delaySeconds: setApartSeconds, setApart: true }, rest);
      }
      done.add(delivery);
    } catch (error) {
      logTrouble('a message was not set apart', error, { messageId: delivery.messageId });
      await tryLater(delivery);
    }
  }

  async function removeDone(): Promise<void> {
    const fresh = [...done].filter((delivery) => !removed.has(delivery));
    if (fresh.length === 0) return;
    try {
      await tools.remove(fresh, rest);
      fresh.forEach((delivery) => removed.add(delivery));
    } catch (error) {
      // They are deleted when the batch is reported, unless the function dies before: then they are settled once more.
      logTrouble('what is done was not deleted early', error);
    }
  }

  const isUnspaced = ({ deliveries: count, sentAt }: QueueDelivery) => cameBackUnspaced(count, clock() - sentAt);
  const unspaced = deliveries.filter(isUnspaced);
  const others = deliveries.filter((delivery) => !unspaced.includes(delivery));
  const isFirst = ({ deliveries: count, setApart }: QueueDelivery) => count <= together && !setApart;
  const last = others.filter((delivery) => !isFirst(delivery)).toSorted(byRisk);

  await Promise.all([
    ...unspaced.map(handleUnspaced),
    ...others.filter(isFirst).map((delivery) => attempt(delivery, togetherMilliseconds)),
  ]);
  for (const [index, delivery] of last.entries()) {
    if (work.remaining() < leastMilliseconds) {
      await Promise.all(last.slice(index).map((left) => tryLater(left)));
      break;
    }
    if (index === 0 || delivery.setApart) await removeDone();
    await attempt(delivery, aloneMilliseconds);
  }
  return deliveries.filter((delivery) => !done.has(delivery)).map(({ messageId }) => messageId);
}

function byRisk(left: QueueDelivery, right: QueueDelivery): number {
  return Number(left.setApart) - Number(right.setApart) || left.deliveries - right.deliveries;
}

function atMost(deadline: Deadline, milliseconds: number, clock: () => number): Deadline {
  const end = clock() + milliseconds;
  return { remaining: () => Math.max(0, Math.min(end - clock(), deadline.remaining())) };
}

/** Waits no longer than this, whatever becomes of the work. */
async function inTime<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
