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

/** Lambda retries an asynchronous run twice where it fails. */
const triesOfARun = 3;

type TableName = 'config' | 'clicks' | 'conversions' | 'postbackLog';

/**
 * Requests that were queued because a table rejected them. A campaign that cannot be read is a failed click, and alarmed as one.
 */
const throttled: ReadonlyArray<readonly [TableName, 'Read' | 'Write']> = [
  ['clicks', 'Write'],
  ['conversions', 'Write'],
  ['postbackLog', 'Write'],
];

/** Every metric of AWS that an alarm or the dashboard shows. Both share them. */
export class PlatformMetrics {
  constructor(private readonly measured: PlatformMetricsProps) {}

  /**
   * 1 while something is due and nothing is finished, else 0. Age would add nothing: a message that SQS still counts in it was received
   * twice at most, and so is due. What is hidden until its next try is seen by `longestRetry`.
   * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
   */
  retriesStuck(): MathExpression {
    return new MathExpression({
      expression: `IF((${filled('retriesFinished')} == 0) AND (${filled('retriesWaiting')} > 0), 1, 0)`,
      usingMetrics: {
        // The lowest: a queue that is worked off is empty at times.
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

  /** Seconds that the oldest retry has waited: by SQS, or by the retry function where SQS has lost sight of it. */
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

  /** The gauge, not the count of sends: SQS does not count what it moves there itself. */
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
   * How many integrations are silent, and 1 where every try of the watchdog's hourly run failed. Lambda counts errors with each run, 0 included:
   * without any data there was no run.
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

  /** Those that most wait for. What throttles a report of a browser shows as visitors answered 5xx; the queue waits by itself. */
  functionThrottles(): MathExpression {
    const { click, postback } = this.measured.functions;
    return sum('Clicks and postbacks without a function', minute, {
      clickThrottles: click.metricThrottles({ period: minute }),
      postbackThrottles: postback.metricThrottles({ period: minute }),
    });
  }

  /** Functions that run at once in the whole account and region, in per cent of what Lambda allows. */
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

  /** How long the functions that traffic waits for run, 99 of 100 times. */
  functionDurations(): IMetric[] {
    return (['click', 'postback', 'retry'] as const).map((name) => this.duration(name).with({ label: name }));
  }

  /** The slower of the click and the postback function, 99 of 100 times, in per cent of the time it has. */
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
