import * as v from 'valibot';
import { queriedSeconds, readMetricsQuery, type MetricsQuery } from '../../../lib/monitoring/metrics-query';
import type { MissingData } from './alarm-state';
import type { MetricQuery } from './metric-samples';

/** What an alarm tells when its state changes: topics by their logical names. */
export interface Actions {
  readonly enabled: boolean;
  readonly alarm: readonly string[];
  readonly ok: readonly string[];
  readonly insufficientData: readonly string[];
}

export interface MetricAlarm {
  readonly kind: 'metric';
  readonly name: string;
  readonly actions: Actions;
  readonly threshold: number;
  readonly comparison: Comparison;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
  readonly periodSeconds: number;
  /** Metrics by their id; `returned` is the expression, or the metric, that is judged. */
  readonly metrics: ReadonlyMap<string, MetricQuery>;
  readonly expressions: ReadonlyMap<string, string>;
  readonly returned: string;
  /** A query with a time series, a contributor, for each value of the dimension that it groups by; in place of all the others. */
  readonly query?: MetricsQuery;
}

export interface CompositeAlarm {
  readonly kind: 'composite';
  readonly name: string;
  readonly actions: Actions;
  readonly rule: string;
  readonly suppressor?: { readonly alarm: string; readonly waitSeconds: number; readonly extensionSeconds: number };
}

export type TemplateAlarm = MetricAlarm | CompositeAlarm;

const comparison = v.picklist([
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
]);
export type Comparison = v.InferOutput<typeof comparison>;

/** Names of resources stand for what CloudFormation would put there: `Ref` and `Fn::GetAtt` become the logical ID without its hash. */
function resolve(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(resolve);
  if (typeof value !== 'object' || value === null) return value;
  const [[only, inner] = ['', undefined]] = Object.entries(value);
  if (only === 'Ref') return label(String(inner));
  if (only === 'Fn::GetAtt' && Array.isArray(inner)) return label(String(inner[0]));
  if (only === 'Fn::Join' && Array.isArray(inner)) {
    const [separator, parts] = inner.map(resolve);
    return Array.isArray(parts) ? parts.join(String(separator)) : value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry)]));
}

const label = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** An alarm's ARN ends in its name; where it is a resource of the template, in its label. */
const nameIn = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const texts = v.optional(v.array(v.string()), []);
const actionFields = {
  ActionsEnabled: v.optional(v.boolean(), true),
  AlarmActions: texts,
  OKActions: texts,
  InsufficientDataActions: texts,
  AlarmDescription: v.optional(v.unknown()),
  AlarmName: v.optional(v.string()),
  Tags: v.optional(v.unknown()),
};

const dimensions = v.optional(v.array(v.strictObject({ Name: v.string(), Value: v.string() })), []);
const metricStat = v.strictObject({
  Metric: v.strictObject({ Namespace: v.string(), MetricName: v.string(), Dimensions: dimensions }),
  Period: v.number(),
  Stat: v.string(),
  Unit: v.optional(v.string()),
});

// Strict: a property that this evaluator does not know would change what the alarm does.
const metricAlarmProperties = v.strictObject({
  ...actionFields,
  ComparisonOperator: comparison,
  EvaluationPeriods: v.number(),
  DatapointsToAlarm: v.optional(v.number()),
  Threshold: v.number(),
  TreatMissingData: v.optional(v.picklist(['breaching', 'notBreaching', 'ignore', 'missing']), 'missing'),
  Namespace: v.optional(v.string()),
  MetricName: v.optional(v.string()),
  Dimensions: dimensions,
  Period: v.optional(v.number()),
  Statistic: v.optional(v.string()),
  ExtendedStatistic: v.optional(v.string()),
  Unit: v.optional(v.string()),
  Metrics: v.optional(
    v.array(
      v.strictObject({
        Id: v.string(),
        Expression: v.optional(v.string()),
        Label: v.optional(v.string()),
        Period: v.optional(v.number()),
        MetricStat: v.optional(metricStat),
        ReturnData: v.optional(v.boolean(), true),
        AccountId: v.optional(v.unknown()),
      }),
    ),
  ),
});

const compositeProperties = v.strictObject({
  ...actionFields,
  AlarmRule: v.string(),
  ActionsSuppressor: v.optional(v.string()),
  ActionsSuppressorWaitPeriod: v.optional(v.number()),
  ActionsSuppressorExtensionPeriod: v.optional(v.number()),
});

const templateShape = v.object({
  Resources: v.record(v.string(), v.object({ Type: v.string(), Properties: v.optional(v.unknown()) })),
});

/** Every alarm of a synthesized template, composites after the alarms that they are made of. */
export function alarmsOf(template: unknown): readonly TemplateAlarm[] {
  const { Resources } = v.parse(templateShape, template);
  const alarms = Object.entries(Resources).flatMap(([logicalId, { Type, Properties }]): readonly TemplateAlarm[] => {
    if (Type === 'AWS::CloudWatch::Alarm') return [metricAlarm(label(logicalId), resolve(Properties))];
    if (Type === 'AWS::CloudWatch::CompositeAlarm') return [compositeAlarm(label(logicalId), resolve(Properties))];
    return [];
  });
  return [...alarms.filter(({ kind }) => kind === 'metric'), ...alarms.filter(({ kind }) => kind === 'composite')];
}

function metricAlarm(name: string, properties: unknown): MetricAlarm {
  const alarm = v.parse(metricAlarmProperties, properties);
  const { metrics, expressions, returned, periodSeconds, query } =
    groupedQueryOf(name, alarm) ?? queriesOf(name, alarm);
  const onlyDynamoDb =
    metrics.size > 0 &&
    expressions.size === 0 &&
    [...metrics.values()].every(({ namespace }) => namespace === 'AWS/DynamoDB');
  return {
    kind: 'metric',
    name,
    actions: actionsOf(alarm),
    threshold: alarm.Threshold,
    comparison: alarm.ComparisonOperator,
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
    // "Alarms that evaluate metrics in the AWS/DynamoDB namespace always ignore missing data", whatever they ask for.
    missingData: onlyDynamoDb ? 'ignore' : alarm.TreatMissingData,
    periodSeconds,
    metrics,
    expressions,
    returned,
    ...(query !== undefined && { query }),
  };
}

type Judged = Pick<MetricAlarm, 'metrics' | 'expressions' | 'returned' | 'periodSeconds' | 'query'>;

/** An alarm on a query has that query alone. Any other query is rejected as an expression of metric math. */
function groupedQueryOf(name: string, alarm: v.InferOutput<typeof metricAlarmProperties>): Judged | undefined {
  const [only, ...others] = alarm.Metrics ?? [];
  const query = readMetricsQuery(only?.Expression ?? '');
  if (only === undefined || query === undefined || others.length > 0) return undefined;
  const { Id: returned, Period: periodSeconds = 60 } = only;
  if (periodSeconds * alarm.EvaluationPeriods > queriedSeconds)
    throw new Error(`${name} looks back too far for a query`);
  return { metrics: new Map(), expressions: new Map(), returned, periodSeconds, query };
}

function queriesOf(name: string, alarm: v.InferOutput<typeof metricAlarmProperties>): Judged {
  const metrics = new Map<string, MetricQuery>();
  const expressions = new Map<string, string>();
  const statistic = alarm.Statistic ?? alarm.ExtendedStatistic;
  if (alarm.Namespace !== undefined && alarm.MetricName !== undefined && statistic !== undefined) {
    const periodSeconds = alarm.Period ?? 60;
    metrics.set('metric', {
      namespace: alarm.Namespace,
      name: alarm.MetricName,
      dimensions: dimensionsOf(alarm.Dimensions),
      statistic,
      periodSeconds,
    });
    return { metrics, expressions, returned: 'metric', periodSeconds };
  }
  for (const { Id, Expression, MetricStat } of alarm.Metrics ?? []) {
    if (Expression !== undefined) expressions.set(Id, Expression);
    if (MetricStat === undefined) continue;
    const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
    metrics.set(Id, {
      namespace: Namespace,
      name: MetricName,
      dimensions: dimensionsOf(Dimensions),
      statistic: MetricStat.Stat,
      periodSeconds: MetricStat.Period,
    });
  }
  const [returned, ...others] = (alarm.Metrics ?? []).filter(({ ReturnData }) => ReturnData).map(({ Id }) => Id);
  const [periodSeconds, ...otherPeriods] = new Set([...metrics.values()].map(({ periodSeconds: period }) => period));
  if (returned === undefined || others.length > 0) throw new Error(`${name} does not judge exactly one of its metrics`);
  if (periodSeconds === undefined || otherPeriods.length > 0)
    throw new Error(`${name} mixes periods, which no alarm may`);
  return { metrics, expressions, returned, periodSeconds };
}

function compositeAlarm(name: string, properties: unknown): CompositeAlarm {
  const alarm = v.parse(compositeProperties, properties);
  const suppressor = alarm.ActionsSuppressor;
  return {
    kind: 'composite',
    name,
    actions: actionsOf(alarm),
    rule: alarm.AlarmRule.replaceAll(/"[^"]*:([^":]+)"/g, '"$1"'),
    ...(suppressor !== undefined && {
      suppressor: {
        alarm: nameIn(suppressor),
        waitSeconds: alarm.ActionsSuppressorWaitPeriod ?? 60,
        extensionSeconds: alarm.ActionsSuppressorExtensionPeriod ?? 60,
      },
    }),
  };
}

const dimensionsOf = (pairs: v.InferOutput<typeof dimensions>): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));

const actionsOf = (alarm: {
  readonly ActionsEnabled: boolean;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
}): Actions => ({
  enabled: alarm.ActionsEnabled,
  alarm: alarm.AlarmActions,
  ok: alarm.OKActions,
  insufficientData: alarm.InsufficientDataActions,
});
