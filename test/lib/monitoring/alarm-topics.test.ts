import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { StageConfigurationError, stageConfiguration } from '../../../lib/stage-configuration';
import { logicalId, synthesized } from '../synthesized';

const targets = {
  page: {
    email: ['oncall@example.com', 'deputy@example.com'],
    https: ['https://events.pagerduty.com/integration/KEY/enqueue', '{{resolve:ssm:/tracker/opsgenie}}'],
    slack: { workspaceId: 'T0123ABCD', channelId: 'C0NCALL01' },
  },
  ticket: { email: ['team@example.com'], slack: { workspaceId: 'T0123ABCD', channelId: 'C0TEAM001' } },
  info: { slack: { workspaceId: 'T0123ABCD', channelId: 'C0TEAM001' } },
};
const stages = { prod: { alarmTargets: targets } };

const topicOf = (severity: string) => ({
  Ref: logicalId(synthesized('prod', stages).resources('AWS::SNS::Topic'), `MonitoringTopics${severity}`),
});

test('each topic takes messages from the alarms of this account: enforcing TLS takes away the default that allowed it', () => {
  const policies = Object.values(synthesized('prod').resources('AWS::SNS::TopicPolicy'));
  expect(policies).toHaveLength(3);
  for (const { Properties } of policies) {
    expect(Properties['PolicyDocument']['Statement']).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Resource: Properties['Topics'][0],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: expect.objectContaining({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
      }),
    ]);
  }
});

test('without alarm targets in the stage nobody is notified', () => {
  expect(synthesized('prod').resources('AWS::SNS::Subscription')).toEqual({});
  expect(synthesized('prod').resources('AWS::Chatbot::SlackChannelConfiguration')).toEqual({});
});

test('mail and integration URLs are notified of their severity', () => {
  const subscriptions = Object.values(synthesized('prod', stages).resources('AWS::SNS::Subscription'));
  expect(
    subscriptions.map(({ Properties }) => [Properties['TopicArn'], Properties['Protocol'], Properties['Endpoint']]),
  ).toEqual([
    [topicOf('Page'), 'email', 'oncall@example.com'],
    [topicOf('Page'), 'email', 'deputy@example.com'],
    [topicOf('Page'), 'https', 'https://events.pagerduty.com/integration/KEY/enqueue'],
    [topicOf('Page'), 'https', '{{resolve:ssm:/tracker/opsgenie}}'],
    [topicOf('Ticket'), 'email', 'team@example.com'],
  ]);
});

test('a Slack channel is configured once, for every severity that goes there, and may do nothing but look', () => {
  const channels = Object.values(synthesized('prod', stages).resources('AWS::Chatbot::SlackChannelConfiguration'));
  expect(channels.map(({ Properties }) => [Properties['SlackChannelId'], Properties['SnsTopicArns']])).toEqual([
    ['C0NCALL01', [topicOf('Page')]],
    ['C0TEAM001', [topicOf('Ticket'), topicOf('Info')]],
  ]);
  for (const { Properties } of channels) {
    expect(JSON.stringify(Properties['GuardrailPolicies'])).toMatch(/CloudWatchReadOnlyAccess"\]\]\}\]$/);
  }
});

test.each([
  ['AwsSolutions', () => new AwsSolutionsChecks()],
  ['Serverless', () => new ServerlessChecks()],
])('the rule pack %s objects to no target', (_, pack) => {
  expect(pack().validateScope(synthesized('prod', stages).stack).violations).toEqual([]);
});

test('a key of the stage encrypts the topics', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012';
  const topics = Object.values(
    synthesized('prod', { prod: { kmsKeyArn, region: 'eu-west-1' } }).resources('AWS::SNS::Topic'),
  );
  expect(topics.map(({ Properties }) => Properties['KmsMasterKeyId'])).toEqual([kmsKeyArn, kmsKeyArn, kmsKeyArn]);
});

describe('a wrong target or threshold is rejected in one sentence', () => {
  test.each([
    [{ alarmTargets: { page: { email: ['me'] } } }, 'alarmTargets.page.email.0 is "me"; allowed is an e-mail address.'],
    [
      { alarmTargets: { ticket: { https: ['http://example.com/x'] } } },
      'alarmTargets.ticket.https.0 is "http://example.com/x"; allowed is an https:// URL, or {{resolve:ssm:/name}} where one is kept.',
    ],
    [
      { alarmTargets: { page: { slack: { workspaceId: 'T0123ABCD', channelId: 'oncall' } } } },
      'alarmTargets.page.slack.channelId is "oncall"; allowed is the ID of a Slack channel, such as C0123ABCD.',
    ],
    [{ alarmTargets: { pages: {} } }, 'there is no field alarmTargets.pages; allowed are page, ticket, info.'],
    [
      { alarms: { postbackSuccessPercent: 100 } },
      'alarms.postbackSuccessPercent is 100; allowed is a number from 95 to 99.99.',
    ],
    [{ alarms: { slowBurnSeverity: 'info' } }, 'alarms.slowBurnSeverity is "info"; allowed is one of page, ticket.'],
    [
      { alarms: { unmatchedPercent: { low: 10 } } },
      'alarms.unmatchedPercent is {"low":10,"high":10}; allowed is an object whose low is below its high.',
    ],
    [{ alarms: { deadLetterDays: 14 } }, 'alarms.deadLetterDays is 14; allowed is a whole number from 1 to 7.'],
  ])('%j', (settings, sentence) => {
    expect(() => stageConfiguration('prod', { prod: settings })).toThrow(
      new StageConfigurationError(`Stage "prod": ${sentence}`),
    );
  });
});
