import { gauges, type MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';

export type SpanCounts = Readonly<Partial<Record<MetricName, number>>>;

/** Periods over which counters are added up, in minutes. */
export const spans = [5, 15, 60] as const;
export type Span = (typeof spans)[number];

/** Most urgent first. */
export const urgencies = ['page', 'part', 'ticket', 'info'] as const;
export type Urgency = (typeof urgencies)[number];

export interface RingingAlarm {
  readonly name: string;
  /** A part notifies no one: it shows which half of a page is wrong. */
  readonly urgency: Urgency;
  /** The loss in its description. */
  readonly about: string;
  /** Those for which it rings, where it rings for each by itself: traffic sources. */
  readonly contributors?: readonly string[];
  /** The first command that it suggests. */
  readonly first?: string;
  readonly runbook?: string;
  readonly since?: string;
}

/** A fault that somebody injected on the local stack. */
export interface InjectedFault {
  readonly kind: string;
  /** Its target: a table, a queue, a service. */
  readonly on: string;
  readonly hits: number;
}

export interface QueueState {
  /** Clicks and postbacks that wait to be tried again. */
  readonly retry: number;
  readonly dead: number;
  /** Age of the oldest waiting message, if known. */
  readonly oldestRetrySeconds?: number;
}

/** A count within the longest span, and the times of its first and last event. */
export interface Occurrences {
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

/** Crashes, timeouts and thrown errors of one function, by its name in lib/functions.ts with a capital: `Postback`. */
export interface FailingFunction extends Occurrences {
  readonly function: string;
}

/** The counters, queues and alarms of a tracker, readable while the tracker itself is down. */
export interface Picture {
  /** Time of the picture. */
  readonly at: string;
  /** `PostbackTracker-prod`, or the address of a local one. */
  readonly name: string;
  /** The stage is one that costs money. */
  readonly isProduction: boolean;
  readonly counts: Readonly<Record<Span, SpanCounts>>;
  /** Non-zero counts by counter. */
  readonly occurrences: Readonly<Partial<Record<MetricName, Occurrences>>>;
  /** The traffic sources behind a counter, the latest first, where its records name them. */
  readonly sources?: Readonly<Partial<Record<MetricName, readonly string[]>>>;
  readonly failingFunctions: readonly FailingFunction[];
  /** 5xx responses of API Gateway; absent if there were none, and on a local stack. */
  readonly serverErrors?: Occurrences;
  readonly queues: QueueState;
  readonly alarms: readonly RingingAlarm[];
  /** The number of alarms; none on a local stack. */
  readonly alarmsWatched: number;
  readonly faults: readonly InjectedFault[];
  /** Set if counting began later than the longest span. */
  readonly countedSince?: string;
}

/** The sum of a counter's values, and the maximum of a gauge's. */
export function metricTotal(name: MetricName, values: readonly number[]): number {
  return gauges.includes(name) ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
}

/**
 * Seconds that the oldest message has waited: from SQS, or from the retry function within the hour, in which it tries each message at
 * least once. An empty queue has only the age from SQS.
 */
export function longestRetry(depth: number, queueSeconds: number, counts: Picture['counts']): number {
  return depth === 0 ? queueSeconds : Math.max(queueSeconds, counts[60][metric.retryWaitSeconds] ?? 0);
}

/** Sums the counts of one counter; absent where nothing was counted. */
export function occurrencesOf(
  points: readonly { readonly at: number; readonly value: number }[],
): Occurrences | undefined {
  const counted = points.filter(({ value }) => value > 0);
  const times = counted.map(({ at }) => at);
  if (times.length === 0) return undefined;
  return {
    count: counted.reduce((sum, { value }) => sum + value, 0),
    first: new Date(Math.min(...times)).toISOString(),
    last: new Date(Math.max(...times)).toISOString(),
  };
}

/** `FunctionsPostback41FC` is `Postback`: the logical ID of a function without its construct and the CDK's hash. */
export function functionNameOf(logicalId: string): string {
  return logicalId.replace(/^Functions/, '').replace(/[0-9A-F]{8}$/, '');
}
