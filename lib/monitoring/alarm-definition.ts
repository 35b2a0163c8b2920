import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../function-access';
import type { RetryPath } from '../retry-path';
import type { StageConfiguration } from '../stage-configuration';
import type { TrackerFunction } from '../tracker-function';
import type { TrackingTables } from '../tracking-tables';
import type { TrackerMetrics } from './tracker-metrics';

/** One alarm, in the words that the person it wakes reads. It rings at or above the threshold. */
export interface AlarmDefinition {
  /** Name of the alarm; its section in the runbook is the same words as a heading. */
  readonly id: string;
  /** `page` wakes somebody: money or visitors are being lost now. `ticket` waits for the morning. */
  readonly urgency: 'page' | 'ticket';
  readonly metric: IMetric;
  readonly threshold: number;
  /** Rings when so many of the last so many periods are at or above the threshold. */
  readonly periods: { readonly breaching: number; readonly of: number };
  readonly usersLose: string;
  readonly notAffected: string;
  readonly firstCommand: string;
  /** Runbook heading, where several alarms share one. */
  readonly section?: string;
}

/** What the definitions speak about. */
export interface AlarmSubjects {
  readonly stage: StageConfiguration;
  readonly metrics: TrackerMetrics;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
}

/** At once: for what must never happen. */
export const atOnce = { breaching: 1, of: 1 } as const;

/** `PostbackServerFaults` → `postback-server-faults`: the anchor of the heading "Postback server faults". */
export function runbookAnchor({ id, section }: Pick<AlarmDefinition, 'id' | 'section'>): string {
  return (section ?? id).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** A command that shows the errors that a function logged. */
export const errorLogs = (one: TrackerFunction): string =>
  `aws logs tail ${one.ownLogGroup.logGroupName} --since 30m --filter-pattern '{ $.level = "ERROR" }'`;

/** A command that shows how many messages are in a queue. */
export const queueDepth = (queueUrl: string): string =>
  `aws sqs get-queue-attributes --queue-url ${queueUrl} --attribute-names All`;
