import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import type { TeamStages } from '../../lib/stage-configuration';
import { buildStages } from '../../lib/tracker-app';
import { synthesized } from './synthesized';

describe.each(['dev', 'prod'])('the stack of %s', (stage) => {
  test.each([
    ['AwsSolutions', () => new AwsSolutionsChecks()],
    ['Serverless', () => new ServerlessChecks()],
  ])('has nothing that the rule pack %s objects to and nobody answered', (_, pack) => {
    expect(pack().validateScope(synthesized(stage).stack).violations).toEqual([]);
  });

  test('is tied to no account or region', () => {
    expect(synthesized(stage).stack.environment).toBe('aws://unknown-account/unknown-region');
  });

  test('outputs the addresses that the team needs', () => {
    expect(Object.keys(synthesized(stage).template.toJSON()['Outputs'])).toEqual([
      'ClickUrl',
      'PostbackUrl',
      'AdminUrl',
      'PageTopicArn',
      'TicketTopicArn',
      'InfoTopicArn',
      'DeadLetterQueueUrl',
    ]);
  });
});

test.each([
  [
    'every stage, also those of the team',
    {},
    ['PostbackTracker-dev', 'PostbackTracker-prod', 'PostbackTracker-staging'],
  ],
  ['the stage that is chosen', { stage: 'staging' }, ['PostbackTracker-staging']],
])('the app has the stack of %s', (_, chosen, names) => {
  const stages = { staging: { like: 'prod' } };
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], stages, ...chosen } });

  expect(buildStages(app).map(({ stackName }) => stackName)).toEqual(names);
});

test('the context overrides the stages of the team field by field', () => {
  const team = { staging: { throttle: { rate: 50, burst: 100 }, region: 'eu-west-1' } } satisfies TeamStages;
  const context = { 'aws:cdk:bundling-stacks': [], stage: 'staging', stages: { staging: { throttle: { rate: 60 } } } };
  const [stack] = buildStages(new App({ context }), team);
  const stage = stack?.node.findAll().find((one) => one instanceof CfnStage);

  expect(stack?.region).toBe('eu-west-1');
  expect(stage?.defaultRouteSettings).toMatchObject({ throttlingRateLimit: 60, throttlingBurstLimit: 100 });
});

test('only prod rejects to be deleted as a stack', () => {
  expect(synthesized('prod').stack.terminationProtection).toBe(true);
  expect(synthesized('dev').stack.terminationProtection).toBe(false);
});

/**
 * A resource whose logical ID changes is replaced: CloudFormation makes an empty one and leaves, or deletes, the old
 * one with the data. Whoever changes this list writes down how the data comes along.
 */
test.each(['dev', 'prod'])('whatever holds data keeps its logical ID in %s', (stage) => {
  const { resources } = synthesized(stage);
  const stateful = [
    'AWS::DynamoDB::GlobalTable',
    'AWS::Logs::LogGroup',
    'AWS::SecretsManager::Secret',
    'AWS::SNS::Topic',
    'AWS::SQS::Queue',
  ];
  expect(stateful.flatMap((type) => Object.keys(resources(type))).sort()).toEqual([
    'FactsTable164BB042',
    'FunctionsAdminLogs76F98CC1',
    'FunctionsClickLogs0CC108AC',
    'FunctionsCompactLogs61174F10',
    'FunctionsCountLogsA7266459',
    'FunctionsDeliverLogsF422C05C',
    'FunctionsDispatchLogsD87EE7CA',
    'FunctionsPostbackLogs8D4B1F5E',
    'FunctionsRetryLogs67F7DDE8',
    'FunctionsVisitorLogs989354AA',
    'FunctionsWatchdogLogs6ECF2CBF',
    'IngestAccessLog390A8767',
    'MasterSecret6C697E49',
    'MonitoringTopicsInfo69E0C96B',
    'MonitoringTopicsPage0A2D9DD2',
    'MonitoringTopicsTicket46E75F1C',
    'OutboundDeadLetterQueue8002BBED',
    'OutboundQueueA2785807',
    'OutboundTableDA8EBB6B',
    'RetryPathDeadLetterQueue9D2AA9A3',
    'RetryPathRetryQueue6ECB69CA',
    'TablesClicks2FF1CD00',
    'TablesConfig8DAB628F',
    'TablesConversions790F4011',
    'TablesPostbackLogED4EC435',
    'TablesVisitorKeys118436C7',
  ]);
});

test.each([['dev'], ['prod']])(
  'the address of the API keeps its logical ID in %s, since links and senders carry it',
  (stage) => {
    expect(Object.keys(synthesized(stage).resources('AWS::ApiGatewayV2::Api'))).toEqual(['IngestApiE2DAED7B']);
  },
);
