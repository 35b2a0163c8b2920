import { inventoryOf } from '../../cost/template/inventory';
import { runsPerMonth } from '../../cost/template/schedule';
import { templateWith } from './support/templates';

const alarm = (properties: object) => templateWith({ One: { Type: 'AWS::CloudWatch::Alarm', Properties: properties } });
const stat = (name: string, period = 60, namespace = 'PostbackTracker') => ({
  Id: name.toLowerCase(),
  MetricStat: { Metric: { Namespace: namespace, MetricName: name }, Period: period, Stat: 'Sum' },
});

describe('alarms are billed by the metrics that they read', () => {
  test('one that names its metric reads one', () => {
    expect(inventoryOf(alarm({ MetricName: 'ClickLost', Namespace: 'PostbackTracker', Period: 60 })).alarms).toEqual({
      count: 1,
      metrics: 1,
      fastMetrics: 0,
    });
  });

  test('an expression reads what it is made of', () => {
    const metrics = [{ Id: 'ratio', Expression: '100 * failed / received' }, stat('Failed'), stat('Received')];

    expect(inventoryOf(alarm({ Metrics: metrics })).alarms.metrics).toBe(2);
  });

  test('a band that CloudWatch learns counts as three', () => {
    const metrics = [{ Id: 'band', Expression: 'ANOMALY_DETECTION_BAND(failed, 2)' }, stat('Failed')];

    expect(inventoryOf(alarm({ Metrics: metrics })).alarms.metrics).toBe(3);
  });

  test('one that looks more often than once a minute is dearer', () => {
    expect(inventoryOf(alarm({ MetricName: 'ClickLost', Period: 10 })).alarms).toMatchObject({
      metrics: 0,
      fastMetrics: 1,
    });
  });

  test.each(['SELECT SUM(Failed) FROM PostbackTracker', "SUM(SEARCH('{PostbackTracker} Failed', 'Sum'))"])(
    'one that searches is rejected: %s',
    (expression) => {
      expect(() => inventoryOf(alarm({ Metrics: [{ Id: 'all', Expression: expression }] }))).toThrow(
        'The alarm One searches for metrics: nobody can tell from the template what it costs.',
      );
    },
  );

  test('a metric whose silence rings is one that is always sent, and paid for while nothing happens', () => {
    const quiet = { MetricName: 'Heartbeat', Namespace: 'PostbackTracker', TreatMissingData: 'breaching' };

    expect(inventoryOf(alarm(quiet)).idleCustomMetrics).toBe(1);
    expect(inventoryOf(alarm({ ...quiet, TreatMissingData: 'notBreaching' })).idleCustomMetrics).toBe(0);
    expect(inventoryOf(alarm({ ...quiet, Namespace: 'AWS/Lambda' })).idleCustomMetrics).toBe(0);
  });
});

test('a type that nobody has priced is named, once', () => {
  const template = templateWith({
    Cluster: { Type: 'AWS::ECS::Cluster' },
    Another: { Type: 'AWS::ECS::Cluster' },
    Role: { Type: 'AWS::IAM::Role' },
  });

  expect(inventoryOf(template).unpriced).toEqual(['AWS::ECS::Cluster']);
});

test('what is no template is rejected in a sentence', () => {
  expect(() => inventoryOf({ resources: {} })).toThrow(/^This is no CloudFormation template: /);
});

test('environments that are kept warm are those of the function that the alias calls', () => {
  const template = templateWith({
    FunctionsClick0A1B2C3D: {
      Type: 'AWS::Lambda::Function',
      Properties: { MemorySize: 512, Architectures: ['arm64'] },
    },
    FunctionsClickLive4E5F6A7B: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'FunctionsClick0A1B2C3D' },
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
      },
    },
  });

  expect(inventoryOf(template).provisioned).toEqual([
    { label: 'FunctionsClick', memoryMegabytes: 512, arm: true, environments: 3 },
  ]);
});

test('a schedule runs the function behind the alias that it calls', () => {
  const template = templateWith({
    Watchdog: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 256, Architectures: ['arm64'] } },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Watchdog' } } },
    Hourly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { ScheduleExpression: 'rate(1 hour)', Target: { Arn: { Ref: 'Live' } } },
    },
  });

  expect(inventoryOf(template).scheduled).toEqual([
    { label: 'Watchdog', memoryMegabytes: 256, arm: true, runsPerMonth: 730 },
  ]);
});

test.each([
  ['rate(5 minutes)', 8760],
  ['rate(1 day)', 730 / 24],
  ['cron(5 * * * ? *)', 730],
  ['cron(0/15 * * * ? *)', 2920],
  ['cron(0 6,18 * * ? *)', 730 / 12],
])('%s is counted', (expression, runs) => {
  expect(runsPerMonth(expression)).toBeCloseTo(runs, 6);
});

test.each(['cron(0 6 ? * MON *)', 'at(2026-11-23T00:00:00)', 'rate(0 minutes)'])('%s is rejected', (expression) => {
  expect(() => runsPerMonth(expression)).toThrow('cannot be counted');
});

test('each key of a watched table is a rule, and twice that where reads are watched as well', () => {
  const watched = (mode: string | undefined) =>
    inventoryOf(
      templateWith({
        Table: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: {
            KeySchema: [{ AttributeName: 'a' }, { AttributeName: 'b' }],
            Replicas: [{ ContributorInsightsSpecification: { Enabled: mode !== undefined, Mode: mode } }],
          },
        },
      }),
    ).insightRules;

  expect([watched('THROTTLED_KEYS'), watched('ACCESSED_AND_THROTTLED_KEYS'), watched(undefined)]).toEqual([2, 4, 0]);
});

test('a dashboard is known by how many different metrics it names', () => {
  const widget = (metrics: unknown[]) => ({ type: 'metric', properties: { metrics } });
  const body = JSON.stringify({
    widgets: [
      widget([['AWS/Lambda', 'Errors', 'FunctionName', 'NAME', { period: 60 }], [{ expression: 'm1' }]]),
      widget([['AWS/Lambda', 'Errors', 'FunctionName', 'NAME', { period: 300 }]]),
      { type: 'alarm', properties: { alarms: [] } },
    ],
  });
  const [before = '', after = ''] = body.split('NAME');
  const pieces = [before, { Ref: 'Click' }, `${after}NAME${body.split('NAME')[2] ?? ''}`];

  const metricsIn = (DashboardBody: unknown) =>
    inventoryOf(templateWith({ Board: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody } } }))
      .dashboards;
  expect(metricsIn(body)).toEqual([{ metrics: 1 }]);
  expect(metricsIn({ 'Fn::Join': ['', pieces] })).toEqual([{ metrics: 2 }]);
});
