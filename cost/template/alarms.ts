import * as v from 'valibot';
import type { WrittenResource } from './resource';
import { readMetricsQuery } from '../../lib/monitoring/metrics-query';

/** Metrics that alarms read, which is what CloudWatch bills them by. */
export interface AlarmMetrics {
  readonly metrics: number;
  /** Metrics of alarms that look more often than once a minute. */
  readonly fastMetrics: number;
  /** Alarms that query a counter by a dimension. Each finds, and pays for, as many metrics as that dimension has values with data. */
  readonly queries: number;
}

const querySchema = v.looseObject({
  Id: v.optional(v.string(), ''),
  Expression: v.optional(v.string()),
  MetricStat: v.optional(
    v.looseObject({
      Period: v.number(),
      Metric: v.looseObject({ Namespace: v.string(), MetricName: v.string() }),
    }),
  ),
});
const alarmSchema = v.looseObject({
  Namespace: v.optional(v.string()),
  MetricName: v.optional(v.string()),
  Period: v.optional(v.number(), 60),
  Metrics: v.optional(v.array(querySchema), []),
  TreatMissingData: v.optional(v.string()),
  InsufficientDataActions: v.optional(v.array(v.unknown()), []),
});

interface MetricRead {
  readonly namespace: string;
  readonly name: string;
  readonly period: number;
  /** Whether a default replaces it where it has no data. */
  readonly isFilled: boolean;
}

/** An alarm on a band that CloudWatch learns is billed as three metrics: the band's edges are two more. */
const learnedBand = /ANOMALY_DETECTION_BAND/;
const edgesOfBand = 2;

function readAlarm({ label, properties }: WrittenResource): {
  read: MetricRead[];
  bands: number;
  isQuery: boolean;
  ringsWhenSilent: boolean;
} {
  const alarm = v.parse(alarmSchema, properties);
  const expressions = alarm.Metrics.flatMap(({ Expression: expression }) => expression ?? []);
  const isQuery = expressions.some((expression) => readMetricsQuery(expression) !== undefined);
  // A query of one counter by one dimension has a price of its own. The cost of any other such alarm depends on how many metrics it finds.
  if (!isQuery && expressions.some((expression) => /^\s*SELECT\b|SEARCH\(/i.test(expression))) {
    throw new Error(`The alarm ${label} searches for metrics: nobody can tell from the template what it costs.`);
  }
  const own: MetricRead[] =
    alarm.MetricName === undefined
      ? []
      : [{ namespace: alarm.Namespace ?? '', name: alarm.MetricName, period: alarm.Period, isFilled: false }];
  const isFilled = (id: string): boolean => expressions.some((expression) => expression.includes(`FILL(${id},`));
  const queried = alarm.Metrics.flatMap(({ Id: id, MetricStat: stat }) => {
    if (stat === undefined) return [];
    const { Namespace: namespace, MetricName: name } = stat.Metric;
    return [{ namespace, name, period: stat.Period, isFilled: isFilled(id) }];
  });
  return {
    read: [...own, ...queried],
    bands: expressions.filter((expression) => learnedBand.test(expression)).length,
    isQuery,
    ringsWhenSilent: alarm.TreatMissingData === 'breaching' || alarm.InsufficientDataActions.length > 0,
  };
}

export function alarmMetrics(alarms: readonly WrittenResource[]): AlarmMetrics {
  const all = alarms.map(readAlarm);
  const counted = all.flatMap(({ read, bands }) => {
    const fast = read.some(({ period }) => period < 60);
    return Array.from({ length: read.length + bands * edgesOfBand }, () => fast);
  });
  return {
    metrics: counted.filter((fast) => !fast).length,
    fastMetrics: counted.filter((fast) => fast).length,
    queries: all.filter(({ isQuery }) => isQuery).length,
  };
}

/** Metrics of our own whose silence is an alarm: something sends them all the time, and they cost all the time. */
export function emittedWithoutPause(alarms: readonly WrittenResource[]): number {
  const names = alarms
    .map(readAlarm)
    .filter(({ ringsWhenSilent }) => ringsWhenSilent)
    .flatMap(({ read }) => read.filter(({ namespace, isFilled }) => !namespace.startsWith('AWS/') && !isFilled))
    .map(({ name }) => name);
  return new Set(names).size;
}
