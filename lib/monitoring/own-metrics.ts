import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { metricDimension, metricNamespace, sourceDimension, sourceMetric } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import type { WatchedStage } from '../stage/alarm-settings';
import type { AccessLogMetrics } from './access-log-metrics';
import { excused, failurePercent, filled, sum } from './expressions';
import { writeMetricsQuery } from './metrics-query';

export const minute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);
export const hour = Duration.hours(1);

/** Short enough for paid traffic, and long enough for a few clicks. */
const clickPeriod = Duration.minutes(2);

const counters = { ...metric };
type CounterName = keyof typeof counters;

/** The tracker's own metrics, and expressions of them. Alarms and dashboard share them. */
export class OwnMetrics {
  constructor(
    private readonly stage: WatchedStage,
    private readonly accessLog: AccessLogMetrics,
  ) {}

  /** A counter that functions emit. */
  counter(name: CounterName, period: Duration = fiveMinutes): Metric {
    return new Metric({
      namespace: metricNamespace,
      metricName: counters[name],
      dimensionsMap: { [metricDimension]: this.stage.name },
      statistic: 'Sum',
      period,
    });
  }

  /** A counter by its traffic source: an alarm on it notifies for each source, and names it. */
  bySource(name: keyof typeof sourceMetric): MathExpression {
    return new MathExpression({
      expression: writeMetricsQuery({
        namespace: metricNamespace,
        name: sourceMetric[name],
        dimensions: [metricDimension, sourceDimension],
        where: [metricDimension, this.stage.name],
        groupBy: sourceDimension,
      }),
      period: fiveMinutes,
    });
  }

  /** The result of the newest run of the watchdog, which runs once an hour and reports counts above 0. */
  silentIntegrations(): Metric {
    return this.counter('silentIntegrations', hour).with({ statistic: 'Maximum' });
  }

  /** Age of the oldest message that was delivered again. A single message comes back each half hour. */
  retryWait(period: Duration = fiveMinutes): Metric {
    return this.counter('retryWaitSeconds', period).with({ statistic: 'Maximum' });
  }

  postbackServerErrors(period: Duration = fiveMinutes): Metric {
    return this.accessLog.counter('postbackServerErrors', period);
  }

  clickServerErrors(period: Duration = fiveMinutes): Metric {
    return this.accessLog.counter('clickServerErrors', period);
  }

  requestsThrottled(): Metric {
    return this.accessLog.counter('requestsThrottled', fiveMinutes);
  }

  /**
   * Postbacks that failed for the sender, in per cent. Counted by the API: a 503, a dead function, no free function, and a failed
   * invocation, which no metric of a function shows.
   */
  postbackFailurePercent(period: Duration, minimum: number, label: string): MathExpression {
    return new MathExpression({
      expression: failurePercent(filled('postbackServerErrors'), filled('postbackReceived'), minimum),
      usingMetrics: {
        postbackServerErrors: this.postbackServerErrors(period),
        postbackReceived: this.counter('postbackReceived', period),
      },
      period,
      label,
    });
  }

  /** `errors` without the 503 that makes a browser repeat a prefetch when its visitor navigates. */
  withoutPrefetches(errors: Metric, label: string): MathExpression {
    const period = errors.period;
    return new MathExpression({
      expression: excused('errors', 'clickPrefetched'),
      usingMetrics: { errors, clickPrefetched: this.counter('clickPrefetched', period) },
      period,
      label,
    });
  }

  /** Clicks, in per cent, whose visitor saw an error or that were not recorded. */
  clickFailurePercent(): MathExpression {
    const { minimumFailedClicks } = this.stage.alarms;
    const seen = excused('clickServerErrors', 'clickPrefetched');
    return new MathExpression({
      expression: failurePercent(
        `(${seen} + ${filled('clickLost')})`,
        `(${seen} + ${filled('clickReceived')})`,
        minimumFailedClicks,
      ),
      usingMetrics: {
        clickServerErrors: this.clickServerErrors(clickPeriod),
        clickPrefetched: this.counter('clickPrefetched', clickPeriod),
        clickLost: this.counter('clickLost', clickPeriod),
        clickReceived: this.counter('clickReceived', clickPeriod),
      },
      period: clickPeriod,
      label: 'Clicks failed or lost (%)',
    });
  }

  /** Clicks of unknown or paused campaigns. */
  clicksUnserved(): MathExpression {
    return sum('Clicks that no offer took', fiveMinutes, { clickUnserved: this.counter('clickUnserved') });
  }

  /** `part` in per cent of all postbacks, and 0 where there were fewer than `minimumPostbacks`. */
  percentOfPostbacks(part: CounterName, label: string): MathExpression {
    return this.ofPostbacks(part, label, this.percentOf(part));
  }

  /** 1 while `part` is more or less than the usual per cent of all postbacks, else 0. */
  outsideBand(
    part: CounterName,
    label: string,
    { low, high }: { readonly low: number; readonly high: number },
  ): MathExpression {
    const percent = this.percentOf(part);
    return this.ofPostbacks(part, label, `IF((${percent} > ${high}) OR (${percent} < ${low}), 1, 0)`);
  }

  /** Clicks and postbacks that were queued because a table rejected them. */
  eventsQueued(): MathExpression {
    return sum('Clicks and postbacks queued', fiveMinutes, {
      clickQueued: this.counter('clickQueued'),
      postbackQueued: this.counter('postbackQueued'),
    });
  }

  private percentOf(part: CounterName): string {
    return `(100 * ${filled(part)} / postbackReceived)`;
  }

  /** One bad request among three at night is no emergency. */
  private ofPostbacks(part: CounterName, label: string, value: string): MathExpression {
    return new MathExpression({
      expression: `IF(postbackReceived >= ${this.stage.alarms.minimumPostbacks}, ${value}, 0)`,
      usingMetrics: { [part]: this.counter(part), postbackReceived: this.counter('postbackReceived') },
      period: fiveMinutes,
      label,
    });
  }
}
