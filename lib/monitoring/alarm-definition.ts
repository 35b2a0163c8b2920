import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { sourceDimension } from '../../lambdas/contract';
import type { FunctionName } from '../functions';
import type { RetryPath } from '../retry-path';
import type { WatchedStage } from '../stage/alarm-settings';
import type { TrackerFunction } from '../tracker-function';
import type { TrackingTables } from '../tracking-tables';
import type { OwnMetrics } from './own-metrics';
import type { PlatformMetrics } from './platform-metrics';

/**
 * The severity of an alarm; each has a separate topic. `page` wakes somebody: money or visitors are being lost now. `ticket` waits for the
 * morning. `info` needs no action unless it lasts.
 */
export const severities = ['page', 'ticket', 'info'] as const;
export type Severity = (typeof severities)[number];

/** Text of an alarm, for the person on call. */
export interface AlarmWording {
  /** Name of the alarm, and of its heading in the runbook. */
  readonly id: string;
  readonly usersLose: string;
  readonly notAffected: string;
  /** Where a message names the one it is about, of an alarm that rings for each by itself. */
  readonly names?: string;
  readonly firstCommand: string;
  /** Runbook heading, where several alarms share one. */
  readonly section?: string;
}

/** An alarm on one metric, or on each that a query finds. It rings at or above the threshold. */
export interface AlarmDefinition extends AlarmWording {
  /** None for a part of a composite alarm, which rings instead. */
  readonly severity: Severity | undefined;
  readonly metric: IMetric;
  readonly threshold: number;
  /** Rings when `breaching` of the last `of` periods are at or above the threshold. */
  readonly periods: { readonly breaching: number; readonly of: number };
  /** Whether missing data ring the alarm. @default no: without traffic there is no harm */
  readonly silenceRings?: boolean;
}

/** A composite alarm: it rings while all alarms of one of its groups do, and replaces them. */
export interface CompositeDefinition extends AlarmWording {
  readonly severity: Severity;
  readonly anyOf: readonly (readonly AlarmDefinition[])[];
}

/** Input of the definitions. */
export interface AlarmSubjects {
  readonly stage: WatchedStage;
  readonly own: OwnMetrics;
  readonly platform: PlatformMetrics;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
}

/** Rings after one period: for failures that must never happen. */
export const atOnce = { breaching: 1, of: 1 } as const;

/** `PostbacksFailing` → `postbacks-failing`: the anchor of the heading "Postbacks failing". */
export function runbookAnchor({ id, section }: Pick<AlarmWording, 'id' | 'section'>): string {
  return (section ?? id).replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** A command of the tracker's own command line. */
export const tracker = ({ name }: WatchedStage, command: string): string => `npx tracker --stage=${name} ${command}`;

interface Logging {
  readonly ownLogGroup: { readonly logGroupName: string };
}

/** A command that shows the lines of a function that counted something for a single source: they name the source and the reason. */
export const sourceLogs = ({ ownLogGroup }: Logging): string =>
  `aws logs tail ${ownLogGroup.logGroupName} --since 1d --filter-pattern '{ $.${sourceDimension} = "*" }'`;

/** A command that shows the errors that a function logged, and its crashes and timeouts, which Lambda logs. */
export const errorLogs = ({ ownLogGroup }: Logging): string =>
  `aws logs tail ${ownLogGroup.logGroupName} --since 30m --filter-pattern '{ ($.level = "ERROR") || ($.record.status = "error") || ($.record.status = "timeout") }'`;
