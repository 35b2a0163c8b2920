import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { metric, metricDimension, metricNamespace } from '../../../lambdas/contract';
import { onlyOne, plainText, repository, synthesized } from '../synthesized';

interface MetricParts {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: unknown }>;
}

interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: MetricParts; readonly Period: number };
}

interface Alarm extends Partial<MetricParts> {
  readonly AlarmName: string;
  readonly AlarmDescription: Parameters<typeof plainText>[0];
  readonly AlarmActions: unknown;
  readonly OKActions: unknown;
  readonly TreatMissingData?: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly Period?: number;
  readonly Metrics?: readonly MetricQuery[];
  readonly Threshold: number;
}

function alarmsOf(stage: string, stages?: Record<string, unknown>): Alarm[] {
  const found = synthesized(stage, stages).resources('AWS::CloudWatch::Alarm');
  return Object.values(found).map((alarm): Alarm => alarm['Properties']);
}

/** A description as it will read, with a name of ordinary length for each reference. */
const describing = (alarm: Alarm): string => plainText(alarm.AlarmDescription, 'x'.repeat(90));

/** The metrics that an alarm reads, each with its period. */
function read(alarm: Alarm): Array<MetricParts & { readonly period: number }> {
  if (alarm.Namespace !== undefined && alarm.MetricName !== undefined) {
    const { Namespace, MetricName, Dimensions = [], Period = 0 } = alarm;
    return [{ Namespace, MetricName, Dimensions, period: Period }];
  }
  return (alarm.Metrics ?? []).flatMap(({ MetricStat }) =>
    MetricStat ? [{ ...MetricStat.Metric, period: MetricStat.Period }] : [],
  );
}

const alarms = alarmsOf('prod');
const byName = new Map(alarms.map((alarm) => [alarm.AlarmName.replace('PostbackTracker-prod-', ''), alarm]));
const runbook = readFileSync(path.join(repository, 'docs', 'runbook.md'), 'utf8');
const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-'),
);
const anchorOf = (alarm: Alarm) => /docs\/runbook\.md#([a-z-]+)$/.exec(describing(alarm))?.[1];

describe.each([...byName])('the alarm %s', (name, alarm) => {
  const topic = { Ref: Object.keys(synthesized('prod').resources('AWS::SNS::Topic'))[0] };

  test('rings, and rings off, at the topic', () => {
    expect(alarm.AlarmActions).toEqual([topic]);
    expect(alarm.OKActions).toEqual([topic]);
  });

  test('says what missing data means', () => {
    expect(alarm.TreatMissingData).toBe('notBreaching');
  });

  test('is named after its stage', () => {
    expect(alarm.AlarmName).toBe(`PostbackTracker-prod-${name}`);
  });

  test('says what is lost, what is not, what to do first, and which section of the runbook to read', () => {
    const description = describing(alarm);
    expect(description).toMatch(
      /^(PAGE|TICKET)\. .+\nNot affected: .+\nFirst: aws .+\nRunbook: docs\/runbook\.md#[a-z-]+$/s,
    );
    expect(description.length).toBeLessThanOrEqual(1024);
    expect(anchors).toContain(anchorOf(alarm));
  });

  test('looks at whole minutes, and at no more than an hour of them', () => {
    for (const { period } of read(alarm)) {
      expect(period % 60).toBe(0);
      expect(period * alarm.EvaluationPeriods).toBeLessThanOrEqual(3600);
    }
    expect(new Set(read(alarm).map(({ period }) => period)).size).toBe(1);
    expect(alarm.DatapointsToAlarm).toBeLessThanOrEqual(alarm.EvaluationPeriods);
  });

  test('reads only metrics that somebody emits, under the dimensions they are emitted with', () => {
    for (const { Namespace, MetricName, Dimensions = [] } of read(alarm)) {
      const dimensions = Dimensions.map((dimension) => dimension.Name).sort();
      expect(emitted[Namespace]?.[MetricName]).toEqual(dimensions);
    }
  });
});

const ours = Object.fromEntries(Object.values(metric).map((name) => [name, [metricDimension]]));

/** What AWS emits, from its documentation: an alarm on any other combination is silent for ever. */
const emitted: Record<string, Record<string, string[]>> = {
  [metricNamespace]: ours,
  'AWS/Lambda': { Errors: ['FunctionName'], Throttles: ['FunctionName'] },
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: ['QueueName'],
    ApproximateAgeOfOldestMessage: ['QueueName'],
    NumberOfMessagesDeleted: ['QueueName'],
  },
  'AWS/ApiGateway': { '5xx': ['ApiId', 'Stage'] },
  'AWS/DynamoDB': {
    ReadThrottleEvents: ['TableName'],
    WriteThrottleEvents: ['TableName'],
    SystemErrors: ['Operation', 'TableName'],
  },
};

describe('the alarms together', () => {
  test('and the runbook name each other', () => {
    expect(new Set(alarms.map(anchorOf))).toEqual(new Set(anchors));
  });

  test('are told apart by name', () => {
    expect(byName.size).toBe(alarms.length);
  });

  test('cost less than $5 a month', () => {
    const metrics = alarms.reduce((total, alarm) => total + read(alarm).length, 0);
    expect(metrics * 0.1).toBeLessThan(5);
  });

  test('of our own metrics carry the stage, so that two stages in one account do not ring for each other', () => {
    const own = alarms.flatMap(read).filter(({ Namespace }) => Namespace === metricNamespace);
    expect(own.length).toBeGreaterThan(0);
    for (const { Dimensions } of own) expect(Dimensions).toEqual([{ Name: metricDimension, Value: 'prod' }]);
  });

  test.each(['PostbackServerFaults', 'PostbackRejections', 'PostbacksUnmatched'])(
    '%s rings only where enough postbacks came for a percentage to mean something',
    (name) => {
      const [expression] = byName.get(name)?.Metrics ?? [];
      expect(expression?.Expression).toMatch(
        /^IF\(postbackReceived >= 20, 100 \* FILL\(\w+, 0\) \/ postbackReceived, 0\)$/,
      );
    },
  );

  test('count a dead letter from the first, by the gauge that SQS also moves when it redrives', () => {
    expect(byName.get('DeadLetterQueueNotEmpty')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Maximum',
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test('call retries stuck only while none is finished', () => {
    const [expression] = byName.get('RetriesStuck')?.Metrics ?? [];
    expect(expression?.Expression).toContain('AND FILL(retriesFinished, 0) == 0');
  });

  test('take their thresholds from the stage', () => {
    const own = alarmsOf('prod', { prod: { alarms: { serverFaultPercent: 7 } } });
    expect(own.find(({ AlarmName }) => AlarmName.endsWith('PostbackServerFaults'))?.Threshold).toBe(7);
  });
});

describe('the topic of the alarms', () => {
  const { PolicyDocument: document } = onlyOne(synthesized('prod').resources('AWS::SNS::TopicPolicy'));

  test('takes messages from the alarms of this account: enforcing TLS takes away the default that allowed it', () => {
    expect(document['Statement']).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: expect.objectContaining({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
      }),
    );
  });

  test('mails whom the stage names, and nobody else', () => {
    const subscriptions = (stages?: Record<string, unknown>) =>
      Object.values(synthesized('prod', stages).resources('AWS::SNS::Subscription')).map(
        ({ Properties }) => Properties,
      );
    expect(subscriptions()).toEqual([]);
    expect(subscriptions({ prod: { alarmEmail: 'oncall@example.com' } })).toEqual([
      expect.objectContaining({ Protocol: 'email', Endpoint: 'oncall@example.com' }),
    ]);
  });
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
