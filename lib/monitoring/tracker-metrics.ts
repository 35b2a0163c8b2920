import { Duration } from 'aws-cdk-lib';
import type { HttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { metric, metricDimension, metricNamespace } from '../../lambdas/contract';
import { functionNames } from '../function-access';
import type { FunctionName } from '../function-access';
import type { RetryPath } from '../retry-path';
import type { StageConfiguration } from '../stage-configuration';
import type { TrackingTables } from '../tracking-tables';

/** What `TrackerMetrics` needs: everything that is measured. */
export interface TrackerMetricsProps {
  readonly stage: StageConfiguration;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly apiStage: HttpStage;
}

export const tableNames = ['config', 'clicks', 'conversions', 'postbackLog'] as const;
export type TableName = (typeof tableNames)[number];

export const minute = Duration.minutes(1);
export const fiveMinutes = Duration.minutes(5);

/** The operations that a click or a postback waits for, by table: SystemErrors exists only per operation. */
const awaitedOperations: ReadonlyArray<readonly [TableName, string]> = [
  ['config', 'GetItem'],
  ['clicks', 'PutItem'],
  ['clicks', 'GetItem'],
  ['conversions', 'PutItem'],
  ['conversions', 'TransactWriteItems'],
  ['postbackLog', 'PutItem'],
];

/** Every metric that an alarm or the dashboard shows, made here once, so that both look at the same one. */
export class TrackerMetrics {
  constructor(private readonly measured: TrackerMetricsProps) {}

  /** One of our own counters, as the functions emit it. */
  counter(name: keyof typeof metric, period: Duration = fiveMinutes): Metric {
    return new Metric({
      namespace: metricNamespace,
      metricName: metric[name],
      dimensionsMap: { [metricDimension]: this.measured.stage.name },
      statistic: 'Sum',
      period,
    });
  }

  /**
   * `part` as a percentage of all postbacks of the period, and 0 where there were fewer than `minimum`: one bad
   * request among three at night is no emergency. A counter that stayed at zero is not emitted, hence FILL.
   */
  percentOfPostbacks(part: keyof typeof metric, minimum: number, period: Duration, label: string): MathExpression {
    return new MathExpression({
      expression: `IF(postbackReceived >= ${minimum}, 100 * FILL(${part}, 0) / postbackReceived, 0)`,
      usingMetrics: { [part]: this.counter(part, period), postbackReceived: this.counter('postbackReceived', period) },
      period,
      label,
    });
  }

  /** Clicks and postbacks that were queued since a table would not take them. */
  eventsQueued(): MathExpression {
    return sum('Clicks and postbacks queued', fiveMinutes, {
      clickQueued: this.counter('clickQueued'),
      postbackQueued: this.counter('postbackQueued'),
    });
  }

  /** Age in seconds of the oldest message while none was finished; 0 while the queue moves, however slowly. */
  stuckRetryAge(limitSeconds: number): MathExpression {
    return new MathExpression({
      expression: `IF(oldestRetryAge >= ${limitSeconds} AND FILL(retriesFinished, 0) == 0, oldestRetryAge, 0)`,
      usingMetrics: { oldestRetryAge: this.oldestRetryAge(), retriesFinished: this.retriesFinished() },
      period: fiveMinutes,
      label: 'Age of the oldest retry while none is finished',
    });
  }

  oldestRetryAge(): Metric {
    return this.measured.retryPath.retryQueue.metricApproximateAgeOfOldestMessage({
      statistic: 'Maximum',
      period: fiveMinutes,
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

  functionErrors(): MathExpression {
    return sum(
      'Function errors',
      minute,
      this.perFunction('Errors', (one) => one.metricErrors({ period: minute })),
    );
  }

  functionThrottles(): MathExpression {
    return sum(
      'Function throttles',
      minute,
      this.perFunction('Throttles', (one) => one.metricThrottles({ period: minute })),
    );
  }

  /** How long each function runs, 99 of 100 times. */
  functionDurations(): IMetric[] {
    const durations = this.perFunction('Duration', (one, name) =>
      one.metricDuration({ statistic: 'p99', period: fiveMinutes, label: name }),
    );
    return Object.values(durations);
  }

  apiRequests(): Metric {
    return this.measured.apiStage.metricCount({ statistic: 'Sum', period: fiveMinutes });
  }

  apiClientErrors(): Metric {
    return this.measured.apiStage.metricClientError({ statistic: 'Sum', period: fiveMinutes });
  }

  /** What API Gateway itself saw fail: counted even where a function died before it could count. */
  apiServerErrors(): Metric {
    return this.measured.apiStage.metricServerError({ statistic: 'Sum', period: minute });
  }

  tableThrottles(name: TableName): MathExpression {
    const table = this.measured.tables[name];
    return sum(`${name} throttled requests`, minute, {
      [`${name}ReadThrottles`]: tableMetric(table, 'ReadThrottleEvents'),
      [`${name}WriteThrottles`]: tableMetric(table, 'WriteThrottleEvents'),
    });
  }

  tableSystemErrors(): MathExpression {
    const perOperation = awaitedOperations.map(
      ([name, operation]) =>
        [
          `${name}${operation}`,
          tableMetric(this.measured.tables[name], 'SystemErrors', { Operation: operation }),
        ] as const,
    );
    return sum('DynamoDB system errors', minute, Object.fromEntries(perOperation));
  }

  private perFunction(what: string, make: (one: IFunction, name: FunctionName) => Metric): Record<string, IMetric> {
    const { functions } = this.measured;
    return Object.fromEntries(functionNames.map((name) => [`${name}${what}`, make(functions[name], name)]));
  }
}

function tableMetric(table: ITable, metricName: string, dimensions: Record<string, string> = {}): Metric {
  return new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table.tableName, ...dimensions },
    statistic: 'Sum',
    period: minute,
  });
}

/** The sum of metrics of which any may be silent. A name means one metric wherever it stands in the dashboard. */
function sum(label: string, period: Duration, named: Record<string, IMetric>): MathExpression {
  return new MathExpression({
    expression: Object.keys(named)
      .map((name) => `FILL(${name}, 0)`)
      .join(' + '),
    usingMetrics: named,
    period,
    label,
  });
}
