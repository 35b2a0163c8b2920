import { queriedSeconds, type MetricsQuery } from '../../../lib/monitoring/metrics-query';
import type { Series } from './metric-math';

/** One measured value, as a service or our own code reports it. */
export interface Sample {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

export interface MetricQuery {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
}

export function metricKey({ namespace, name, dimensions }: Omit<MetricQuery, 'statistic' | 'periodSeconds'>): string {
  const sorted = Object.entries(dimensions).sort(([left], [right]) => left.localeCompare(right));
  return JSON.stringify([namespace, name, ...sorted]);
}

/** Samples by metric, in the order of their times. */
export class MetricSamples {
  private readonly byMetric = new Map<string, Sample[]>();
  private readonly keys = new WeakMap<MetricQuery, string>();

  constructor(samples: readonly Sample[]) {
    for (const sample of [...samples].sort((left, right) => left.at - right.at)) {
      const key = metricKey(sample);
      const known = this.byMetric.get(key);
      if (known === undefined) this.byMetric.set(key, [sample]);
      else known.push(sample);
    }
  }

  /** The metrics that a query finds, by the value that it groups them by: those with data in the hours that it looks at. */
  found({ namespace, name, dimensions, where, groupBy }: MetricsQuery, end: number): ReadonlyMap<string, Sample> {
    const [dimension, value] = where;
    const found = new Map<string, Sample>();
    for (const samples of this.byMetric.values()) {
      const last = samples.findLast(({ at }) => at < end && at >= end - queriedSeconds * 1000);
      if (last === undefined || last.namespace !== namespace || last.name !== name) continue;
      const isSame = Object.keys(last.dimensions).sort().join() === [...dimensions].sort().join();
      const group = last.dimensions[groupBy];
      if (isSame && last.dimensions[dimension] === value && group !== undefined) found.set(group, last);
    }
    return found;
  }

  /** The last `count` periods before `end`, oldest first. */
  series(query: MetricQuery, end: number, count: number): Series {
    const period = query.periodSeconds * 1000;
    const key = this.keys.get(query) ?? metricKey(query);
    this.keys.set(query, key);
    const first = end - count * period;
    // Few of all samples are of these periods, and each period asks for its own.
    const samples = (this.byMetric.get(key) ?? []).filter(({ at }) => at >= first && at < end);
    return Array.from({ length: count }, (_, index) => {
      const from = end - (count - index) * period;
      const values = samples.filter(({ at }) => at >= from && at < from + period).map(({ value }) => value);
      return values.length === 0 ? undefined : statistic(query.statistic, values);
    });
  }
}

function statistic(name: string, values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'Sum':
      return sum;
    case 'Maximum':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
    case 'Average':
      return sum / values.length;
    case 'SampleCount':
      return values.length;
    default:
      return percentile(name, values);
  }
}

function percentile(name: string, values: readonly number[]): number {
  const percent = Number(/^p(\d+(?:\.\d+)?)$/.exec(name)?.[1] ?? Number.NaN);
  const sorted = [...values].sort((left, right) => left - right);
  const value = sorted[Math.ceil((percent / 100) * sorted.length) - 1];
  if (value === undefined) throw new Error(`the statistic "${name}" is not known here`);
  return value;
}
