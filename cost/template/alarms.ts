import * as v from 'valibot';
import type { WrittenResource } from './resource';

/** Metrics that alarms read, which is what CloudWatch bills them by. */
export interface AlarmMetrics {
  readonly metrics: number;
  /** Of alarms that look more often than once a minute. */
  readonly fastMetrics: number;
}

const querySchema = v.looseObject({
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
});

interface MetricRead {
  readonly namespace: string;
  readonly name: string;
  readonly period: number;
}

/** An alarm on a band that CloudWatch learns is billed as three metrics: the band's edges are two more. */
const learnedBand = /ANOMALY_DETECTION_BAND/;
const edgesOfBand = 2;

function readAlarm({ label, properties }: WrittenResource): {
  read: MetricRead[];
  bands: number;
  breachesWhenSilent: boolean;
} {
  const alarm = v.parse(alarmSchema, properties);
  const expressions = alarm.Metrics.flatMap(({ Expression: expression }) => expression ?? []);
  // What such an alarm costs depends on how many metrics it finds.
  if (expressions.some((expression) => /^\s*SELECT\b|SEARCH\(/i.test(expression))) {
    throw new Error(`The alarm ${label} searches for metrics: nobody can tell from the template what it costs.`);
  }
  const own: MetricRead[] =
    alarm.MetricName === undefined
      ? []
      : [{ namespace: alarm.Namespace ?? '', name: alarm.MetricName, period: alarm.Period }];
  const queried = alarm.Metrics.flatMap(({ MetricStat: stat }) =>
    stat === undefined ? [] : [{ namespace: stat.Metric.Namespace, name: stat.Metric.MetricName, period: stat.Period }],
  );
  return {
    read: [...own, ...queried],
    bands: expressions.filter((expression) => learnedBand.test(expression)).length,
    breachesWhenSilent: alarm.TreatMissingData === 'breaching',
  };
}

export function alarmMetrics(alarms: readonly WrittenResource[]): AlarmMetrics {
  const counted = alarms.map(readAlarm).flatMap(({ read, bands }) => {
    const fast = read.some(({ period }) => period < 60);
    return Array.from({ length: read.length + bands * edgesOfBand }, () => fast);
  });
  return { metrics: counted.filter((fast) => !fast).length, fastMetrics: counted.filter((fast) => fast).length };
}

/** Metrics of our own whose silence is an alarm: something sends them all the time, and they cost all the time. */
export function emittedWithoutPause(alarms: readonly WrittenResource[]): number {
  const names = alarms
    .map(readAlarm)
    .filter(({ breachesWhenSilent }) => breachesWhenSilent)
    .flatMap(({ read }) => read.filter(({ namespace }) => !namespace.startsWith('AWS/')).map(({ name }) => name));
  return new Set(names).size;
}
