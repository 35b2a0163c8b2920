import { isForSource, type Delivery, type DeliveryReason, type DeliveryState } from './delivery';
import { groupOf } from './delivery-id';

/** The reports of one postback to a source on a day. All fields but `conversions` count deliveries. */
export interface DayRow {
  readonly postback: string;
  /** Different conversions that changed. */
  readonly conversions: number;
  readonly deliveries: number;
  /** Without those that the postback does not ask for: tests, and other statuses and events. */
  readonly eligible: number;
  /** A request was made at least once, whatever came of it. */
  readonly sent: number;
  /** The number in each state now; together they are all deliveries. */
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** Reasons of undelivered deliveries, the most frequent first. */
  readonly reasons: readonly DayReason[];
}

export interface DayReason {
  readonly state: DeliveryState;
  readonly reason?: DeliveryReason;
  /** The source's words, or the subject of the reason; without IDs. */
  readonly words?: string;
  readonly count: number;
}

export type TalliedDelivery = Pick<
  Delivery,
  'id' | 'postbackId' | 'state' | 'reason' | 'detail' | 'attempts' | 'lastTriedAt'
>;

/** The counts of one postback while its deliveries are read. */
interface Counts {
  readonly conversions: Set<string>;
  deliveries: number;
  eligible: number;
  sent: number;
  readonly states: Record<DeliveryState, number>;
  readonly reasons: Map<string, { state: DeliveryState; reason?: DeliveryReason; words?: string; count: number }>;
}

/** A source that repeats each click ID in its own way has no end of words. */
const mostReasons = 50;
const longestWords = 80;
const otherWords = 'other words';

/** Adds up the deliveries of one day, in any order. */
export class DayTally {
  private readonly counts = new Map<string, Counts>();

  add(delivery: TalliedDelivery): void {
    const { postbackId, state, reason, attempts, lastTriedAt } = delivery;
    const counts = this.counts.get(postbackId) ?? newCounts();
    this.counts.set(postbackId, counts);
    // The group of an ID is its conversion, seen from its postback.
    counts.conversions.add(groupOf(delivery.id));
    counts.deliveries += 1;
    counts.states[state] += 1;
    if (isForSource(reason)) counts.eligible += 1;
    if (attempts > 0 || lastTriedAt !== undefined) counts.sent += 1;
    if (state !== 'delivered') addReason(counts, delivery);
  }

  rows(): readonly DayRow[] {
    return [...this.counts]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([postback, { conversions, reasons, ...counts }]) => ({
        postback,
        ...counts,
        conversions: conversions.size,
        reasons: [...reasons.values()].sort((left, right) => right.count - left.count),
      }));
  }
}

function newCounts(): Counts {
  return {
    conversions: new Set(),
    deliveries: 0,
    eligible: 0,
    sent: 0,
    states: { due: 0, delivered: 0, failed: 0, exhausted: 0, skipped: 0, superseded: 0, held: 0 },
    reasons: new Map(),
  };
}

function addReason({ reasons }: Counts, { state, reason, detail }: TalliedDelivery): void {
  const said = detail === undefined ? undefined : wordsOf(detail);
  const isKnown = reasons.has(keyOf(state, reason, said));
  const words = said === undefined || isKnown || reasons.size < mostReasons ? said : otherWords;
  const key = keyOf(state, reason, words);
  const found = reasons.get(key);
  if (found !== undefined) found.count += 1;
  else reasons.set(key, { state, ...(reason && { reason }), ...(words && { words }), count: 1 });
}

const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);

/** Returns the words without those that distinguish clicks: a run of six letters and digits or more with a digit in it. */
export function wordsOf(detail: string): string {
  const general = detail.replace(/\s+/g, ' ').replace(/[\w-]{6,}/g, (word) => (/\d/.test(word) ? '…' : word));
  return general.trim().slice(0, longestWords).toWellFormed();
}
