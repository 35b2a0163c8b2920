import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { FunctionName } from '../function-access';
import type { IngestApi } from '../ingest-api';
import type { DeliveryPath } from '../outbound/delivery-path';
import type { RetryPath } from '../retry-path';
import type { StageConfiguration } from '../stage-configuration';
import type { TrackerFunction } from '../tracker-function';
import type { TrackingTables } from '../tracking-tables';
import { AccessLogMetrics } from './access-log-metrics';
import { AlarmTopics } from './alarm-topics';
import { OwnMetrics } from './own-metrics';
import { PlatformMetrics } from './platform-metrics';
import { SavedQueries } from './saved-queries';
import { TrackerAlarms } from './tracker-alarms';
import { TrackerDashboard } from './tracker-dashboard';

/** What `Monitoring` needs: everything that is watched. */
export interface MonitoringProps {
  readonly stage: StageConfiguration;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly deliveryPath: DeliveryPath;
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
  readonly ingest: IngestApi;
  /** Encrypts the topics, where the stage names a key. */
  readonly key?: IKey | undefined;
}

/** Everything by which a person learns how the tracker does: metrics, alarms and where they ring, the dashboard, saved queries. */
export class Monitoring extends Construct {
  readonly topics: AlarmTopics;
  readonly alarms: TrackerAlarms;
  readonly dashboard: TrackerDashboard;
  readonly savedQueries?: SavedQueries;

  constructor(
    scope: Construct,
    id: string,
    { stage, tables, retryPath, deliveryPath, functions, ingest, key }: MonitoringProps,
  ) {
    super(scope, id);
    const { accessLog, apiStage } = ingest;
    const own = new OwnMetrics(stage, new AccessLogMetrics(this, 'AccessLogMetrics', { stage, accessLog }));
    const platform = new PlatformMetrics({ tables, retryPath, deliveryPath, functions, apiStage });
    this.topics = new AlarmTopics(this, 'Topics', { stage, key });
    this.alarms = new TrackerAlarms(
      this,
      'Alarms',
      { stage, own, platform, tables, retryPath, functions },
      this.topics,
    );
    const { composites, all } = this.alarms;
    this.dashboard = new TrackerDashboard(this, 'Dashboard', { own, platform, alarms: [...composites, ...all] });
    if (!stage.leaveOut?.includes('savedQueries')) {
      this.savedQueries = new SavedQueries(this, 'SavedQueries', { functions, accessLog });
    }
  }
}
