import { Construct } from 'constructs';
import type { DataPolicy } from '../data-policy';
import type { FunctionName } from '../functions';
import type { IngestApi } from '../ingest-api';
import type { DeliveryPath } from '../outbound/delivery-path';
import type { RetryPath } from '../retry-path';
import type { AlarmTargets } from '../stage/alarm-target-settings';
import type { TrackerFunction } from '../tracker-function';
import type { TrackingTables } from '../tracking-tables';
import { AccessLogMetrics } from './access-log-metrics';
import type { WatchedStage } from '../stage/alarm-settings';
import { AlarmTopics } from './alarm-topics';
import { OwnMetrics } from './own-metrics';
import { PlatformMetrics } from './platform-metrics';
import { SavedQueries } from './saved-queries';
import { TrackerAlarms } from './tracker-alarms';
import { TrackerDashboard } from './tracker-dashboard';

/** Props of `Monitoring`. */
export interface MonitoringProps {
  readonly stage: WatchedStage;
  readonly targets: AlarmTargets;
  /** URL of the runbook for people without a checkout. @default its path in this repository */
  readonly runbookUrl?: string | undefined;
  readonly data: DataPolicy;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly deliveryPath: DeliveryPath;
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
  readonly ingest: IngestApi;
}

/** Metrics, alarms and their topics, the dashboard, and saved queries. */
export class Monitoring extends Construct {
  readonly topics: AlarmTopics;
  readonly alarms: TrackerAlarms;
  readonly dashboard: TrackerDashboard;
  readonly savedQueries: SavedQueries;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { stage, targets, data, tables, retryPath, deliveryPath, functions, ingest } = props;
    const { accessLog, apiStage } = ingest;
    const own = new OwnMetrics(
      stage,
      new AccessLogMetrics(this, 'AccessLogMetrics', { stageName: stage.name, accessLog }),
    );
    const platform = new PlatformMetrics({ tables, retryPath, deliveryPath, functions, apiStage });
    this.topics = new AlarmTopics(this, 'Topics', { stageName: stage.name, targets, data });
    this.alarms = new TrackerAlarms(
      this,
      'Alarms',
      { stage, own, platform, tables, retryPath, functions },
      this.topics,
      props.runbookUrl,
    );
    const { composites, all } = this.alarms;
    this.dashboard = new TrackerDashboard(this, 'Dashboard', { own, platform, alarms: [...composites, ...all] });
    this.savedQueries = new SavedQueries(this, 'SavedQueries', { functions, accessLog });
  }
}
