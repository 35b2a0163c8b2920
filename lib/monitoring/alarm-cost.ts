import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** List prices in us-east-1, in dollars a month. CloudWatch bills a standard alarm by the metrics it reads. */
const perAlarmMetric = 0.1;
const perCompositeAlarm = 0.5;
const perCustomMetric = 0.3;

/** What watching costs a month. */
export interface AlarmCost {
  /** Metrics that the alarms read, each as often as it is read. */
  readonly metrics: number;
  /** Of the alarms, whether anything happens or not. */
  readonly alarms: number;
  /** Of the custom metrics that have data without any traffic. */
  readonly idleMetrics: number;
  /** Of all custom metrics, in a month in which each of them has data. */
  readonly customMetrics: number;
}

/** Metrics that an alarm reads, through expressions of expressions. */
function metricsRead(metric: IMetric): number {
  if (!(metric instanceof MathExpression)) return 1;
  return Object.values(metric.usingMetrics).reduce((total, one) => total + metricsRead(one), 0);
}

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;

export function monthlyAlarmCost(
  alarms: readonly Alarm[],
  composites: number,
  customMetrics: { readonly all: number; readonly idle: number },
): AlarmCost {
  const metrics = alarms.reduce((total, alarm) => total + metricsRead(alarm.metric), 0);
  return {
    metrics,
    alarms: cents(metrics * perAlarmMetric + composites * perCompositeAlarm),
    idleMetrics: cents(customMetrics.idle * perCustomMetric),
    customMetrics: cents(customMetrics.all * perCustomMetric),
  };
}
