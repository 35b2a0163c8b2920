import { metricDimension, metricNamespace, sourceDimension, sourceMetric } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { listOf, numberOr, objectOrEmpty, textOf, type JsonObject } from '../../local/json';
import { queriedSeconds, readMetricsQuery } from '../monitoring/metrics-query';
import type { Rule } from './rule';
import { referencesIn, type Resource, type Template } from './template';

/** Returns every metric that an alarm reads: directly, in its expression, or by a query. */
function metricsOf({ properties }: Resource): readonly JsonObject[] {
  if (properties['Metrics'] === undefined) return [properties];
  return listOf(properties['Metrics']).flatMap((one) => {
    const { MetricStat, Expression: expression, Period: period } = objectOrEmpty(one);
    const query = readMetricsQuery(textOf(expression));
    if (query !== undefined) {
      const { namespace, name, dimensions } = query;
      return [
        { Namespace: namespace, MetricName: name, Dimensions: dimensions.map((Name) => ({ Name })), Period: period },
      ];
    }
    const stat = objectOrEmpty(MetricStat);
    return stat['Metric'] === undefined ? [] : [{ ...objectOrEmpty(stat['Metric']), Period: stat['Period'] }];
  });
}

/** Returns the expressions of an alarm that query metrics. */
const queriesOf = ({ properties }: Resource): readonly string[] =>
  listOf(properties['Metrics'])
    .map((one) => textOf(objectOrEmpty(one)['Expression']))
    .filter((expression) => /^\s*SELECT\b/i.test(expression));

/** 10, 20 and 30 seconds are for high resolution only: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const isPeriod = (seconds: number): boolean => [10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
/** The same page: a day, or a week for periods of an hour or more; a query has less. */
function longestEvaluationSeconds(alarm: Resource, period: number): number {
  if (queriesOf(alarm).length > 0) return queriedSeconds;
  return period >= 3600 ? 604_800 : 86_400;
}

/** The dimensions under which the code emits a counter. */
function dimensionsOf(name: string): string | undefined {
  if (Object.values<string>(sourceMetric).includes(name)) return [metricDimension, sourceDimension].join();
  return Object.values<string>(metric).includes(name) ? metricDimension : undefined;
}

/** Returns alarms with a reader: a composite alarm, or a deployment that they would roll back. */
function isListenedTo(template: Template, { logicalId, properties }: Resource): boolean {
  const name = textOf(properties['AlarmName']);
  return template
    .ofType('AWS::CloudWatch::CompositeAlarm', 'AWS::CodeDeploy::DeploymentGroup')
    .map((one) => JSON.stringify([one.properties['AlarmRule'], one.properties['AlarmConfiguration']]))
    .some((text) => text.includes(`"${logicalId}"`) || text.includes(name));
}

export const alarmRules: readonly Rule[] = [
  {
    name: 'alarm-period',
    demands: 'An alarm has a period of whole minutes, and evaluates no longer than CloudWatch allows.',
    offences: ({ template }) =>
      template.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => {
        const periods = metricsOf(alarm).map(({ Period: seconds }) => numberOr(seconds, 60));
        const wrong = periods.find((seconds) => !isPeriod(seconds));
        if (wrong !== undefined) return [{ logicalId: alarm.logicalId, message: `has a period of ${wrong} s` }];
        const period = Math.max(...periods, 0);
        const back = period * numberOr(alarm.properties['EvaluationPeriods'], 1);
        if (back <= longestEvaluationSeconds(alarm, period)) return [];
        return [{ logicalId: alarm.logicalId, message: `looks back over ${back} s` }];
      }),
  },
  {
    name: 'alarm-datapoints',
    demands: 'An alarm needs no more breaching periods than it evaluates.',
    offences: ({ template }) =>
      template.ofType('AWS::CloudWatch::Alarm').flatMap(({ logicalId, properties }) => {
        const looked = numberOr(properties['EvaluationPeriods'], 1);
        const needed = numberOr(properties['DatapointsToAlarm'], looked);
        return needed <= looked ? [] : [{ logicalId, message: `needs ${needed} of ${looked} periods: it never rings` }];
      }),
  },
  {
    name: 'alarm-action',
    demands: 'Every alarm notifies a topic, or is part of one that does.',
    offences: ({ template }) =>
      template
        .ofType('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')
        .filter((alarm) => {
          const { AlarmActions: actions, ActionsEnabled: enabled } = alarm.properties;
          const rings = template.referredTo(actions, 'AWS::SNS::Topic').length > 0 && enabled !== false;
          return !rings && !isListenedTo(template, alarm);
        })
        .map(({ logicalId }) => ({ logicalId, message: 'notifies no topic' })),
  },
  {
    name: 'alarm-missing-data',
    demands: 'Every alarm sets how it treats missing data.',
    offences: ({ template }) =>
      template
        .ofType('AWS::CloudWatch::Alarm')
        .filter(({ properties }) => properties['TreatMissingData'] === undefined)
        .map(({ logicalId }) => ({ logicalId, message: 'does not set TreatMissingData' })),
  },
  {
    name: 'alarm-query',
    demands: 'An alarm that queries metrics has a query whose metrics the other rules check.',
    offences: ({ template }) =>
      template
        .ofType('AWS::CloudWatch::Alarm')
        .filter((alarm) => queriesOf(alarm).some((query) => readMetricsQuery(query) === undefined))
        .map(({ logicalId }) => ({ logicalId, message: 'has a query that no rule reads' })),
  },
  {
    name: 'alarm-metric',
    demands: 'An alarm on a counter reads one that the code emits, with the same dimensions.',
    offences: ({ template }) =>
      template.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) =>
        metricsOf(alarm)
          .filter(({ Namespace: namespace }) => namespace === metricNamespace)
          .filter(({ MetricName: name, Dimensions: dimensions }) => {
            const given = listOf(dimensions).map((one) => textOf(objectOrEmpty(one)['Name']));
            return given.join() !== dimensionsOf(textOf(name));
          })
          .map(({ MetricName: name }) => ({
            logicalId: alarm.logicalId,
            message: `reads ${textOf(name)}, which no code emits with these dimensions`,
          })),
      ),
  },
  {
    name: 'topic-publish',
    demands: 'CloudWatch may publish to the topics of alarms: a topic policy replaces the default that allows it.',
    offences: ({ template }) =>
      template.ofType('AWS::SNS::Topic').flatMap(({ logicalId }) => {
        const policies = template
          .ofType('AWS::SNS::TopicPolicy')
          .filter(({ properties }) => referencesIn(properties['Topics']).has(logicalId));
        const statements = policies.flatMap(({ properties }) =>
          listOf(objectOrEmpty(properties['PolicyDocument'])['Statement']).map(objectOrEmpty),
        );
        const mayPublish = statements.some(
          ({ Effect: effect, Action: action, Principal: principal }) =>
            effect === 'Allow' &&
            listOf(action).includes('sns:Publish') &&
            listOf(objectOrEmpty(principal)['Service']).includes('cloudwatch.amazonaws.com'),
        );
        return policies.length === 0 || mayPublish ? [] : [{ logicalId, message: 'does not let CloudWatch publish' }];
      }),
  },
];
