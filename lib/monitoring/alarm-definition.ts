import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../functions';
import type { RetryPath } from '../retry-path';
import type { WatchedStage } from '../stage/alarm-settings';
import type { TrackerFunction } from '../tracker-function';
import type { TrackingTables } from '../tracking-tables';
import type { OwnMetrics } from './own-metrics';
import type { PlatformMetrics } from './platform-metrics';

/**
 * How urgent an alarm is; each has a topic of its own. `page` wakes somebody: money or visitors are being lost now. `ticket` waits for
 * the morning. `info` is worth knowing, and asks for nothing unless it lasts.
 */
export const severities = ['page', 'ticket', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What every alarm says, in the words that the person it calls reads. */
export interface AlarmWording {
  /** Name of the alarm; its section in the runbook is the same words as a heading. */
  readonly id: string;
  readonly usersLose: string;
  readonly notAffected: string;
  readonly firstCommand: string;
  /** Runbook heading, where several alarms share one. */
  readonly section?: string;
}

/** One alarm. It rings at or above the threshold. */
export interface AlarmDefinition extends AlarmWording {
  /** None for a part of a composite alarm, which rings in its place. */
  readonly severity: Severity | undefined;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Rings when so many of the last so many periods are at or above the threshold. */
  readonly periods: { readonly breaching: number; readonly of: number };
  /** Whether it rings also when its data stop. @default no: it measures harm done, and without traffic there is none */
  readonly silenceRings?: boolean;
}

/** An alarm that rings while all alarms of one of its groups do, and calls in their place. */
export interface CompositeDefinition extends AlarmWording {
  readonly severity: Severity;
  readonly anyOf: readonly (readonly AlarmDefinition[])[];
}

/** What the definitions speak about. */
export interface AlarmSubjects {
  readonly stage: WatchedStage;
  readonly own: OwnMetrics;
  readonly platform: PlatformMetrics;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
}

/** At once: for what must never happen. */
export const atOnce = { breaching: 1, of: 1 } as const;

/** `PostbacksFailing` → `postbacks-failing`: the anchor of the heading "Postbacks failing". */
export function runbookAnchor({ id, section }: Pick<AlarmWording, 'id' | 'section'>): string {
  return (section ?? id).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** A command of the tracker's own command line. */
export const tracker = ({ name }: WatchedStage, command: string): string => `npx tracker --stage=${name} ${command}`;

/** A command that shows the errors that a function logged, and its crashes and timeouts, which Lambda logs. */
export const errorLogs = (one: TrackerFunction): string =>
  `aws logs tail ${one.ownLogGroup.logGroupName} --since 30m --filter-pattern '{ ($.level = "ERROR") || ($.record.status = "error") || ($.record.status = "timeout") }'`;
