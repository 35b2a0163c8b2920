import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { metricDimension, metricNamespace, sourceDimension, sourceMetric } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { queriedSeconds } from '../../../lib/monitoring/metrics-query';
import { repository, synthesized } from '../synthesized';
import { alarmsOf, compositesOf, describing, read } from './watched';

const alarms = alarmsOf('prod');
const everyAlarm = [...alarms, ...compositesOf('prod')];

/** The metrics that CloudWatch takes out of a log. */
const filters = Object.values(synthesized('prod').resources('AWS::Logs::MetricFilter')).map(
  ({ Properties }) => Properties['MetricTransformations'][0],
);

/** Every metric there is, with its dimensions: our own, and what AWS emits by its documentation. An alarm on another is silent for ever. */
const emitted: Record<string, Record<string, string[]>> = {
  [metricNamespace]: Object.fromEntries([
    ...Object.values(metric).map((name) => [name, [metricDimension]]),
    ...Object.values(sourceMetric).map((name) => [name, [sourceDimension, metricDimension]]),
  ]),
  [`${metricNamespace}/prod`]: Object.fromEntries(filters.map(({ MetricName }) => [MetricName, []])),
  'AWS/Lambda': {
    Errors: ['FunctionName'],
    Throttles: ['FunctionName'],
    Duration: ['FunctionName'],
    IteratorAge: ['FunctionName'],
    ConcurrentExecutions: [],
  },
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: ['QueueName'],
    ApproximateAgeOfOldestMessage: ['QueueName'],
    NumberOfMessagesDeleted: ['QueueName'],
  },
  'AWS/ApiGateway': { '5xx': ['ApiId', 'Stage'] },
  'AWS/DynamoDB': { ReadThrottleEvents: ['TableName'], WriteThrottleEvents: ['TableName'] },
};

describe.each(everyAlarm)('the alarm %s', (name, alarm) => {
  test('is named after its stage', () => {
    expect(alarm.AlarmName).toBe(`PostbackTracker-prod-${name}`);
  });

  test('says what is lost, what is not, what to do first, and which section of the runbook to read', () => {
    const description = describing(alarm);
    expect(description).toMatch(
      /^(PAGE|TICKET|INFO|PART)\. .+\nNot affected: .+\nFirst: (aws|npx tracker --stage=prod) .+\nRunbook: docs\/runbook\.md#[a-z-]+$/s,
    );
    expect(description.length).toBeLessThanOrEqual(1024);
  });
});

describe.each([...alarms])('the alarm %s', (name, alarm) => {
  test('takes no data for no trouble, unless it watches a pulse, which calls somebody when it stops', () => {
    const isPulse = name === 'IntegrationsSilent';
    expect(alarm.TreatMissingData).toBe(isPulse ? 'missing' : 'notBreaching');
    expect(alarm.InsufficientDataActions).toEqual(isPulse ? alarm.AlarmActions : undefined);
  });

  test('looks at whole minutes, and no further back than CloudWatch does', () => {
    const periods = new Set(read(alarm).map(({ period }) => period));
    expect(periods.size).toBe(1);
    for (const period of periods) {
      expect(period % 60).toBe(0);
      expect(period * alarm.EvaluationPeriods).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
    }
    expect(alarm.DatapointsToAlarm).toBeLessThanOrEqual(alarm.EvaluationPeriods);
  });

  test('reads only metrics that somebody emits, under the dimensions they are emitted with', () => {
    for (const { Namespace, MetricName, Dimensions = [] } of read(alarm)) {
      const dimensions = Dimensions.map((dimension) => dimension.Name).sort();
      expect([MetricName, emitted[Namespace]?.[MetricName]]).toEqual([MetricName, dimensions]);
    }
  });
});

describe('the alarms together', () => {
  test('of our own metrics carry the stage, so that two stages in one account do not ring for each other', () => {
    const metrics = [...alarms.values()].flatMap(read).filter(({ Namespace }) => Namespace.startsWith(metricNamespace));
    expect(metrics.length).toBeGreaterThan(0);
    const carriers = metrics.map(({ Namespace, Dimensions = [] }) => [Namespace, ...Dimensions]);
    expect(new Set(carriers.map((one) => JSON.stringify(one)))).toEqual(
      new Set([
        JSON.stringify([metricNamespace, { Name: metricDimension, Value: 'prod' }]),
        JSON.stringify([`${metricNamespace}/prod`]),
        JSON.stringify([
          metricNamespace,
          { Name: metricDimension, Value: 'prod' },
          { Name: sourceDimension, Value: '*' },
        ]),
      ]),
    );
  });

  test('that one source rings are one query, with a contributor for each source, whom AWS names', () => {
    const { Metrics = [], EvaluationPeriods = 0, AlarmActions } = alarms.get('DeliveriesFailing') ?? {};
    expect(Metrics).toEqual([
      expect.objectContaining({
        Expression: `SELECT SUM(DeliveryNeedsPerson) FROM SCHEMA(PostbackTracker, "Stage", "Source") WHERE "Stage" = 'prod' GROUP BY "Source" ORDER BY SUM() DESC`,
        Period: 300,
      }),
    ]);
    // A label of ours would stand in the place of the source.
    expect(Metrics[0]).not.toHaveProperty('Label');
    expect(300 * EvaluationPeriods).toBeLessThanOrEqual(queriedSeconds);
    expect(AlarmActions).toHaveLength(1);
  });

  test('that ring for each source say where their message names it, and no other does', () => {
    const naming = [...alarms].filter(([, alarm]) => /\nWhich: /.test(describing(alarm)));
    const querying = [...alarms].filter(([, { Metrics = [] }]) =>
      Metrics.some(({ Expression = '' }) => Expression.includes('GROUP BY')),
    );
    expect(naming.map(([name]) => name)).toEqual(querying.map(([name]) => name));
    for (const [, alarm] of naming)
      expect(describing(alarm)).toMatch(new RegExp(`\nWhich: ${sourceDimension} in AlarmContributorAttributes `));
  });

  test('of clicks say nothing of postbacks, nor those of postbacks of clicks', () => {
    const readOf = (part: RegExp) =>
      [...alarms].filter(([name]) => part.test(name)).flatMap(([, alarm]) => read(alarm).map((one) => one.MetricName));
    expect(readOf(/^Click/).filter((name) => name.startsWith('Postback'))).toEqual([]);
    expect(readOf(/^(Postback|Authentication)/).filter((name) => name.startsWith('Click'))).toEqual([]);
  });

  test('take their thresholds from the stage', () => {
    const own = alarmsOf('prod', {
      prod: { alarms: { rejectedPercent: 7, amountUnreadPercent: 2, deadLetterDays: 3, postbackSuccessPercent: 99 } },
    });
    expect(own.get('PostbackRejections')?.Threshold).toBe(7);
    expect(alarms.get('AmountsUnread')?.Threshold).toBe(5);
    expect(own.get('AmountsUnread')?.Threshold).toBe(2);
    expect(own.get('DeadLettersExpiring')?.EvaluationPeriods).toBe(3);
    expect(own.get('PostbackFailuresOneHour')?.Threshold).toBe(14.4);
  });

  test('count a dead letter from the first, by the gauge that SQS also moves when it redrives', () => {
    expect(alarms.get('DeadLetterQueueNotEmpty')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test.each(['PostbackRejections', 'AmountsUnread', 'PostbacksUnmatched'])(
    '%s rings only where enough postbacks came for a percentage to mean something',
    (name) => {
      expect(alarms.get(name)?.Metrics?.[0]?.Expression).toMatch(/^IF\(postbackReceived >= 20, .+, 0\)$/);
    },
  );
});

test('every metric in the contract is emitted by some function', () => {
  const folder = path.join(repository, 'lambdas');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'contract.ts')
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const silent = Object.keys(metric).filter(
    (key) => !new RegExp(`metric\\.${key}\\b|['"]${key}['"]|\\b${key}:`).test(sources),
  );
  expect(silent).toEqual([]);
});
