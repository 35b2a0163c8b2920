import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { readMetricsQuery } from '../../../lib/monitoring/metrics-query';
import { logicalId, plainText, repository, synthesized } from '../synthesized';

type Text = Parameters<typeof plainText>[0];

export interface MetricParts {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: unknown }>;
}

interface MetricQuery {
  readonly Expression?: string;
  readonly Period?: number;
  readonly MetricStat?: { readonly Metric: MetricParts; readonly Period: number };
}

interface Ringing {
  readonly AlarmName: string;
  readonly AlarmDescription: Text;
  readonly AlarmActions?: ReadonlyArray<{ readonly Ref: string }>;
  readonly OKActions?: ReadonlyArray<{ readonly Ref: string }>;
  readonly InsufficientDataActions?: ReadonlyArray<{ readonly Ref: string }>;
}

/** The properties of an alarm in the template. */
export interface Alarm extends Ringing, Partial<MetricParts> {
  readonly TreatMissingData: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Period?: number;
  readonly Metrics?: readonly MetricQuery[];
  readonly Threshold: number;
  readonly Statistic?: string;
  readonly ComparisonOperator: string;
}

export interface Composite extends Ringing {
  readonly AlarmRule: { readonly 'Fn::Join': readonly [string, ReadonlyArray<string | Attribute>] };
}

interface Attribute {
  readonly 'Fn::GetAtt': readonly [string, 'Arn'];
}

type Stages = Record<string, unknown>;

const nameOf = ({ AlarmName }: Ringing): string => AlarmName.slice(AlarmName.lastIndexOf('-') + 1);

function named<Kind extends Ringing>(type: string, stage: string, stages?: Stages): ReadonlyMap<string, Kind> {
  const found = Object.values(synthesized(stage, stages).resources(type)).map(({ Properties }): Kind => Properties);
  return new Map(found.map((alarm) => [nameOf(alarm), alarm]));
}

/** The alarms of a stage that look at metrics, by the name that follows the stack's. */
export const alarmsOf = (stage: string, stages?: Stages) => named<Alarm>('AWS::CloudWatch::Alarm', stage, stages);
export const compositesOf = (stage: string, stages?: Stages) =>
  named<Composite>('AWS::CloudWatch::CompositeAlarm', stage, stages);

/** The name of the alarm that an ARN in the template belongs to. */
export function alarmAt({ 'Fn::GetAtt': [id] }: Attribute): string | undefined {
  const { template } = synthesized('prod');
  const { Type, Properties } = template.toJSON()['Resources'][id] ?? {};
  return /^AWS::CloudWatch::(Alarm|CompositeAlarm)$/.test(Type) ? nameOf(Properties) : undefined;
}

/** A description as it will read, with a name of ordinary length for each reference. */
export const describing = ({ AlarmDescription }: Ringing): string => plainText(AlarmDescription, 'x'.repeat(90));

/** The metrics that an alarm reads, each with its period. A query reads one for each value of the dimension that it groups by. */
export function read(alarm: Alarm): Array<MetricParts & { readonly period: number }> {
  if (alarm.Namespace !== undefined && alarm.MetricName !== undefined) {
    const { Namespace, MetricName, Dimensions = [], Period = 0 } = alarm;
    return [{ Namespace, MetricName, Dimensions, period: Period }];
  }
  return (alarm.Metrics ?? []).flatMap(({ MetricStat, Expression = '', Period = 0 }) => {
    if (MetricStat) return [{ ...MetricStat.Metric, period: MetricStat.Period }];
    const query = readMetricsQuery(Expression);
    if (query === undefined) return [];
    const { namespace, name, dimensions, where, groupBy } = query;
    const values = new Map([where, [groupBy, '*']]);
    const Dimensions = dimensions.map((Name) => ({ Name, Value: values.get(Name) }));
    return [{ Namespace: namespace, MetricName: name, Dimensions, period: Period }];
  });
}

/** Where an alarm rings: the severity whose topic it is. */
export function severitiesOf({ AlarmActions = [] }: Ringing): string[] {
  const topics = synthesized('prod').resources('AWS::SNS::Topic');
  const bySeverity = ['Page', 'Ticket', 'Info'].map(
    (severity) => [logicalId(topics, `MonitoringTopics${severity}`), severity.toLowerCase()] as const,
  );
  return AlarmActions.map(({ Ref }) => new Map(bySeverity).get(Ref) ?? 'nowhere');
}

export const anchorOf = (alarm: Ringing): string | undefined =>
  /docs\/runbook\.md#([a-z-]+)$/.exec(describing(alarm))?.[1];

/** The sections of the runbook, by the anchor of their heading. */
export function runbookSections(): ReadonlyMap<string, string> {
  const [, ...sections] = readFileSync(path.join(repository, 'docs', 'runbook.md'), 'utf8').split(/^## /m);
  return new Map(
    sections.map((section) => [section.split('\n')[0]?.toLowerCase().replaceAll(' ', '-') ?? '', section]),
  );
}
