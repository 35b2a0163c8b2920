import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** CloudWatch bills a standard alarm by the metrics it reads: list price in us-east-1. */
const dollarsPerAlarmMetric = 0.1;

/** Metrics that an alarm reads, through expressions of expressions. */
function metricsRead(metric: IMetric): number {
  if (!(metric instanceof MathExpression)) return 1;
  return Object.values(metric.usingMetrics).reduce((total, one) => total + metricsRead(one), 0);
}

/** What the alarms cost a month, whether anything happens or not. */
export function monthlyAlarmCost(alarms: readonly Alarm[]): { metrics: number; dollars: number } {
  const metrics = alarms.reduce((total, alarm) => total + metricsRead(alarm.metric), 0);
  return { metrics, dollars: Math.round(metrics * dollarsPerAlarmMetric * 100) / 100 };
}
