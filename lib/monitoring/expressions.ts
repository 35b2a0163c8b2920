import type { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** A counter that stayed at zero is not emitted, hence FILL. */
export const filled = (name: string): string => `FILL(${name}, 0)`;

/** `all` without the excused ones, and never below 0: the two are counted in different places. */
export const excused = (all: string, those: string): string =>
  `IF(${filled(all)} > ${filled(those)}, ${filled(all)} - ${filled(those)}, 0)`;

/** The sum of metrics of which any may be silent. A name means the same metric everywhere in a graph. */
export function sum(label: string, period: Duration, named: Record<string, IMetric>): MathExpression {
  const expression = Object.keys(named).map(filled).join(' + ');
  return new MathExpression({ expression, usingMetrics: named, period, label });
}

/**
 * `failed` of `all` in per cent, and 0 below `minimum` failures. The two are counted in different places: with failures but nothing
 * received, all failed. Never divides by zero, which would leave a gap where the alarm should ring.
 */
export function failurePercent(failed: string, all: string, minimum: number): string {
  const total = `IF(${all} > ${failed}, ${all}, IF(${failed} > 0, ${failed}, 1))`;
  return `IF(${failed} >= ${minimum}, 100 * ${failed} / ${total}, 0)`;
}
