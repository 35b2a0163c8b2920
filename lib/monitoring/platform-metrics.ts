import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib';
import { functionEntry, functionNames } from '../functions';
import type { FunctionName } from '../functions';
import type { DeliveryPath } from '../outbound/delivery-path';
import type { RetryPath } from '../retry-path';
import type { TrackingTables } from '../tracking-tables';
import { filled, sum } from './expressions';
import { fiveMinutes, hour, minute } from './own-metrics';

/** Props of `PlatformMetrics`. */
export interface PlatformMetricsProps {
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly deliveryPath: DeliveryPath;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly apiStage: HttpStage;
}

/** Lambda retries a failed asynchronous run twice. */
const triesOfARun = 3;

type TableName = 'config' | 'clicks' | 'conversions' | 'postbackLog';

/** Requests that were queued because a table rejected them. An unreadable campaign is a failed click, with a separate alarm. */
const throttled: ReadonlyArray<readonly [TableName, 'Read' | 'Write']> = [
  ['clicks', 'Write'],
  ['conversions', 'Write'],
  ['postbackLog', 'Write'],
];

/** The AWS metrics of the alarms and the dashboard. */
export class PlatformMetrics {
  constructor(private readonly measured: PlatformMetricsProps) {}

  /**
   * 1 while messages are due and none finishes, else 0. Message age adds nothing: SQS includes only messages received at most twice,
   * which are due anyway. `longestRetry` covers the hidden ones.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   */
  retriesStuck(): MathExpression {
    return new MathExpression({
      expression: `IF((${filled('retriesFinished')} == 0) AND (${filled('retriesWaiting')} > 0), 1, 0)`,
      usingMetrics: {
        // The minimum: a processed queue is empty at times.
        retriesWaiting: this.retriesWaiting().with({ statistic: 'Minimum' }),
        retriesFinished: this.retriesFinished(),
      },
      period: fiveMinutes,
      label: 'Retries wait and none is finished',
    });
  }

  oldestRetryAge(period: Duration = fiveMinutes): Metric {
    return this.measured.retryPath.retryQueue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period });
  }

  /** Seconds that the oldest retry has waited: by SQS, or by the retry function for messages that SQS no longer includes. */
  longestRetry(retryWait: Metric): MathExpression {
    const [age, wait] = [filled('oldestRetryAge'), filled('retryWait')];
    return new MathExpression({
      expression: `IF(${age} > ${wait}, ${age}, ${wait})`,
      usingMetrics: { oldestRetryAge: this.oldestRetryAge(retryWait.period), retryWait },
      period: retryWait.period,
      label: 'Oldest retry (s)',
    });
  }

  retriesFinished(): Metric {
    return this.measured.retryPath.retryQueue.metricNumberOfMessagesDeleted({ statistic: 'Sum', period: fiveMinutes });
  }

  retriesWaiting(): Metric {
    return this.measured.retryPath.retryQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: fiveMinutes,
    });
  }

  /** A gauge, not the count of sends: SQS does not count messages that it moves itself. */
  deadLetters(): Metric {
    return this.measured.retryPath.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: minute,
    });
  }

  /** Deliveries that the deliver function could not even try. */
  deadDeliveries(): Metric {
    return this.measured.deliveryPath.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
      statistic: 'Maximum',
      period: fiveMinutes,
    });
  }

  /** The minimum of each day: above 0 where the queue was never empty. */
  deadLettersLeft(): Metric {
    return this.deadLetters().with({ statistic: 'Minimum', period: Duration.days(1) });
  }

  retryFunctionErrors(): Metric {
    return this.measured.functions.retry.metricErrors({ period: fiveMinutes });
  }

  /**
   * The number of silent integrations, and 1 if every attempt of the watchdog's hourly run failed. Lambda reports errors with each run, 0
   * included: without data there was no run.
   */
  silence(silentIntegrations: Metric): MathExpression {
    return new MathExpression({
      expression: `IF(watchdogErrors >= ${triesOfARun}, 1, ${filled('silentIntegrations')})`,
      usingMetrics: {
        watchdogErrors: this.measured.functions.watchdog.metricErrors({ period: hour }),
        silentIntegrations,
      },
      period: hour,
      label: 'Silent integrations, or a watchdog that fails',
    });
  }

  functionErrors(): IMetric[] {
    return functionNames
      .filter((name) => functionEntry(name).failuresShowAs === 'errors')
      .map((name) => this.measured.functions[name].metricErrors({ period: fiveMinutes, label: name }));
  }

  /** The functions that traffic waits for. A throttled browser report shows as a 5xx of visitors; a queue simply waits. */
  functionThrottles(): MathExpression {
    const { click, postback } = this.measured.functions;
    return sum('Clicks and postbacks without a function', minute, {
      clickThrottles: click.metricThrottles({ period: minute }),
      postbackThrottles: postback.metricThrottles({ period: minute }),
    });
  }

  /** Concurrent functions of the account and region, in per cent of Lambda's limit. */
  concurrencyPercent(): MathExpression {
    const running = new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'ConcurrentExecutions',
      statistic: 'Maximum',
      period: fiveMinutes,
    });
    return new MathExpression({
      expression: '100 * running / SERVICE_QUOTA(running)',
      usingMetrics: { running },
      period: fiveMinutes,
      label: 'Functions at once (% of the account)',
    });
  }

  /** Duration of the functions that traffic waits for, 99th percentile. */
  functionDurations(): IMetric[] {
    return (['click', 'postback', 'retry'] as const).map((name) => this.duration(name).with({ label: name }));
  }

  /** The slower of the click and the postback function, 99th percentile, in per cent of its timeout. */
  durationPercent(): MathExpression {
    const percent = (name: 'click' | 'postback') =>
      `(${filled(`${name}Duration`)} / ${10 * functionEntry(name).timeoutSeconds})`;
    const [click, postback] = [percent('click'), percent('postback')];
    return new MathExpression({
      expression: `IF(${click} > ${postback}, ${click}, ${postback})`,
      usingMetrics: { clickDuration: this.duration('click'), postbackDuration: this.duration('postback') },
      period: fiveMinutes,
      label: 'Click or postback, p99 (% of its time)',
    });
  }

  /** Age in milliseconds of the newest batch of changes when it reached count, of the slower stream. */
  countingAge(): Metric {
    return this.measured.functions.count.metric('IteratorAge', { statistic: 'Maximum', period: fiveMinutes });
  }

  /** Age in milliseconds of the newest batch of changes when it reached dispatch. */
  dispatchingAge(): Metric {
    return this.measured.functions.dispatch.metric('IteratorAge', { statistic: 'Maximum', period: fiveMinutes });
  }

  oldestDeliveryAge(): Metric {
    const { queue } = this.measured.deliveryPath;
    return queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum', period: fiveMinutes });
  }

  compactionErrors(): Metric {
    return this.measured.functions.compact.metricErrors({ period: hour });
  }

  apiRequests(): Metric {
    return this.measured.apiStage.metricCount({ statistic: 'Sum', period: fiveMinutes });
  }

  /** Server errors of API Gateway itself, on any route. */
  apiServerErrors(): Metric {
    return this.measured.apiStage.metricServerError({ statistic: 'Sum', period: minute });
  }

  throttlesByTable(): Record<string, Metric> {
    return Object.fromEntries(
      throttled.map(([name, kind]) => [
        `${name}${kind}Throttles`,
        this.tableMetric(name, `${kind}ThrottleEvents`).with({ label: `${name}: ${kind.toLowerCase()}s` }),
      ]),
    );
  }

  private duration(name: FunctionName): Metric {
    return this.measured.functions[name].metricDuration({ statistic: 'p99', period: fiveMinutes });
  }

  private tableMetric(name: TableName, metricName: string): Metric {
    return new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: this.measured.tables[name].tableName },
      statistic: 'Sum',
      period: minute,
    });
  }
}
