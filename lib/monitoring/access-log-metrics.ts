import type { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { metricNamespace, routes } from '../../lambdas/contract';

const isRoute = (route: string): string => `$.routeKey = "${route}"`;
const serverError = '$.status = "5*"';

/** Metrics from the API's access log: the responses that callers saw, whatever the function did. */
export const accessLogMetric = {
  /** Postbacks on any path with a 5xx response: a path without a route may be one. */
  postbackServerErrors: {
    name: 'PostbackServerErrors',
    pattern: `{ (${serverError}) && ${[...routes.click, ...routes.visitor, ...routes.admin].map((route) => `($.routeKey != "${route}")`).join(' && ')} }`,
  },
  /** Visitors with a 5xx response, to a click or to a browser report. */
  clickServerErrors: {
    name: 'ClickServerErrors',
    pattern: `{ (${serverError}) && (${[...routes.click, ...routes.visitor].map((route) => `(${isRoute(route)})`).join(' || ')}) }`,
  },
  /** Requests that API Gateway throttled. A 429 of a function differs by its integration status. */
  requestsThrottled: { name: 'RequestsThrottled', pattern: '{ ($.status = "429") && ($.integrationStatus = "-") }' },
} as const;

export type AccessLogMetricName = keyof typeof accessLogMetric;

/** Props of `AccessLogMetrics`. */
export interface AccessLogMetricsProps {
  readonly stageName: string;
  readonly accessLog: ILogGroup;
}

/**
 * Counters from the API's access log. API Gateway's 5xx metric has paths only at $0.30 a month for each of six metrics of each route, and
 * none counts throttled requests. These cost that only in a month with errors.
 */
export class AccessLogMetrics extends Construct {
  readonly filters: readonly MetricFilter[];
  /** A metric filter has no fixed dimension, so that the namespace names the stage. */
  private readonly namespace: string;

  constructor(scope: Construct, id: string, { stageName, accessLog }: AccessLogMetricsProps) {
    super(scope, id);
    this.namespace = `${metricNamespace}/${stageName}`;
    this.filters = Object.values(accessLogMetric).map(
      ({ name, pattern }) =>
        new MetricFilter(this, name, {
          logGroup: accessLog,
          filterPattern: FilterPattern.literal(pattern),
          metricNamespace: this.namespace,
          metricName: name,
          metricValue: '1',
        }),
    );
  }

  counter(name: AccessLogMetricName, period: Duration): Metric {
    return new Metric({
      namespace: this.namespace,
      metricName: accessLogMetric[name].name,
      statistic: 'Sum',
      period,
    });
  }
}
