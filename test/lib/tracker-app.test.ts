import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
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

  test('tells the team the addresses that it needs', () => {
    expect(Object.keys(synthesized(stage).template.toJSON()['Outputs'])).toEqual([
      'ClickUrl',
      'PostbackUrl',
      'AdminUrl',
      'AlarmTopicArn',
      'DeadLetterQueueUrl',
    ]);
  });
});

test('only prod refuses to be deleted as a stack', () => {
  expect(synthesized('prod').stack.terminationProtection).toBe(true);
  expect(synthesized('dev').stack.terminationProtection).toBe(false);
});

/**
 * A resource whose logical ID changes is replaced: CloudFormation makes an empty one and leaves, or deletes, the old
 * one with the data. Whoever changes this list writes down how the data comes along.
 */
test('whatever holds data keeps its logical ID', () => {
  const { resources } = synthesized('prod');
  const stateful = ['AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret', 'AWS::SQS::Queue', 'AWS::SNS::Topic'];
  expect(stateful.flatMap((type) => Object.keys(resources(type))).sort()).toEqual([
    'AlarmsTopic3A2DFEBA',
    'MasterSecret6C697E49',
    'RetryPathDeadLetterQueue9D2AA9A3',
    'RetryPathRetryQueue6ECB69CA',
    'TablesClicks2FF1CD00',
    'TablesConfig8DAB628F',
    'TablesConversions790F4011',
    'TablesPostbackLogED4EC435',
  ]);
});

test('the address of the API keeps its logical ID, since links and senders carry it', () => {
  expect(Object.keys(synthesized('prod').resources('AWS::ApiGatewayV2::Api'))).toEqual(['IngestApiE2DAED7B']);
});
