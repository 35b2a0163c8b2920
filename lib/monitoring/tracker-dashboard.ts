import { Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { StageConfiguration } from '../stage-configuration';
import { tableNames } from './tracker-metrics';
import type { TrackerMetrics } from './tracker-metrics';

/** What `TrackerDashboard` needs. */
export interface TrackerDashboardProps {
  readonly stage: StageConfiguration;
  readonly metrics: TrackerMetrics;
  readonly alarms: readonly IAlarm[];
}

/** One page for whoever is on call, of the very metrics that the alarms read. Free while an account has no more than three. */
export class TrackerDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { stage, metrics, alarms }: TrackerDashboardProps) {
    const percentage = (part: Parameters<TrackerMetrics['counter']>[0], label: string): IMetric =>
      metrics.percentOfPostbacks(part, stage.alarms.minimumPostbacks, metrics.counter(part).period, label);
    super(scope, id, {
      dashboardName: Stack.of(scope).stackName,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
        [
          graph('Clicks', [
            metrics.counter('clickReceived'),
            metrics.counter('clickQueued'),
            metrics.counter('clickLost'),
            metrics.counter('clickFailed'),
          ]),
          graph('Postbacks by verdict', [
            metrics.counter('postbackReceived'),
            metrics.counter('postbackRecorded'),
            metrics.counter('postbackDuplicate'),
            metrics.counter('postbackConflicting'),
            metrics.counter('postbackRejected'),
            metrics.counter('postbackUnmatched'),
          ]),
          graph('Postbacks in trouble (%)', [
            percentage('postbackFailed', 'answered 503'),
            percentage('postbackRejected', 'rejected'),
            percentage('postbackUnmatched', 'unmatched'),
          ]),
        ],
        [
          graph('Authentication', [
            metrics.counter('postbackAuthenticationFailed'),
            metrics.counter('postbackAuthenticationReported'),
          ]),
          graph('Retry queue', [metrics.retriesWaiting(), metrics.retriesFinished(), metrics.deadLetters()]),
          graph('Oldest retry (s) and events queued', [metrics.oldestRetryAge(), metrics.eventsQueued()]),
        ],
        [
          graph('API', [metrics.apiRequests(), metrics.apiClientErrors(), metrics.apiServerErrors()]),
          graph('Functions, p99 (ms)', metrics.functionDurations()),
          graph('Functions: errors and throttles', [metrics.functionErrors(), metrics.functionThrottles()]),
        ],
        [
          graph(
            'Tables: throttled requests',
            tableNames.map((name) => metrics.tableThrottles(name)),
          ),
          graph('Tables: system errors', [metrics.tableSystemErrors()]),
          graph('Kept or given up', [
            metrics.counter('postbackFailed'),
            metrics.counter('postbackQueued'),
            metrics.counter('messageDeadLettered'),
            metrics.counter('logRowLost'),
            metrics.counter('conversionHistoryFull'),
          ]),
        ],
      ],
    });
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 8, height: 6 });
