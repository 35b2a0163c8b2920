import { Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type * as metric from '../../lambdas/counters';
import { fiveMinutes } from './own-metrics';
import type { OwnMetrics } from './own-metrics';
import type { PlatformMetrics } from './platform-metrics';

/** Props of `TrackerDashboard`. */
export interface TrackerDashboardProps {
  readonly own: OwnMetrics;
  readonly platform: PlatformMetrics;
  /** The alarms that notify. */
  readonly alarms: readonly IAlarm[];
}

/**
 * One page for on-call, with the metrics that the alarms read. AWS charges nothing up to 50 metrics, for up to three dashboards.
 */
export class TrackerDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { own, platform, alarms }: TrackerDashboardProps) {
    const counted = (...names: Array<keyof typeof metric>): IMetric[] => names.map((name) => own.counter(name));
    super(scope, id, {
      dashboardName: Stack.of(scope).stackName,
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 24, height: 4 })],
        [
          graph('Postbacks that failed (%)', [
            own.postbackFailurePercent(fiveMinutes, 1, 'Postbacks answered 5xx (%)'),
          ]),
          graph('Postbacks by verdict', [
            ...counted('postbackReceived', 'postbackRecorded', 'postbackDuplicate', 'postbackConflicting'),
            ...counted('postbackRejected', 'postbackUnmatched', 'postbackQueued', 'postbackFailed'),
          ]),
          graph('What senders do (% of postbacks)', [
            own.percentOfPostbacks('postbackRejected', 'rejected'),
            own.percentOfPostbacks('postbackAmountUnread', 'amount unread'),
            own.percentOfPostbacks('postbackUnmatched', 'unmatched'),
            own.percentOfPostbacks('postbackDuplicate', 'duplicate'),
          ]),
        ],
        [
          graph('Clicks that failed or were lost (%)', [own.clickFailurePercent()]),
          graph(
            'Clicks',
            counted('clickReceived', 'clickPrefetched', 'clickQueued', 'clickLost', 'clickFailed', 'clickUnserved'),
          ),
          graph('Integrations that fell silent, and reports of browsers', [
            own.silentIntegrations(),
            ...counted('browserReported'),
          ]),
        ],
        [
          graph(
            'Not authenticated',
            counted('postbackAuthenticationFailed', 'postbackAuthenticationReported', 'postbackUnidentified'),
          ),
          graph('Retry queue', [platform.retriesWaiting(), platform.retriesFinished(), platform.deadLetters()]),
          graph('Oldest retry (s) and events queued', [platform.longestRetry(own.retryWait()), own.eventsQueued()]),
        ],
        [
          graph('API', [platform.apiRequests(), platform.apiServerErrors()]),
          graph('Answered 5xx, by path, and throttled', [
            own.postbackServerErrors(),
            own.clickServerErrors(),
            own.requestsThrottled(),
          ]),
          graph('Kept or given up', counted('messageDeadLettered', 'logRowLost')),
        ],
        [
          graph('Functions, p99 (ms)', platform.functionDurations()),
          graph('Functions: errors and throttles', [...platform.functionErrors(), platform.functionThrottles()]),
          graph('Near the limits (%)', [platform.concurrencyPercent(), platform.durationPercent()]),
        ],
        [
          graph('Tables: throttled requests', Object.values(platform.throttlesByTable())),
          graph('Changes that wait to be counted (ms)', [platform.countingAge()]),
          graph('Not counted, and compaction that failed', [
            own.counter('factsUncounted'),
            platform.compactionErrors(),
          ]),
        ],
        [graph('Deliveries that need a person', counted('deliveryExhausted', 'deliveryUnplanned', 'sourceSuspended'))],
      ],
    });
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 8, height: 6 });
