import * as path from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { functionTimeoutSeconds } from '../../lambdas/contract';
import { stageConfiguration } from '../../lib/stage-configuration';
import { TrackerFunction } from '../../lib/tracker-function';
import { logicalId, onlyOne, repository, synthesized } from './synthesized';

const functions = synthesized('prod').resources('AWS::Lambda::Function');
const logGroups = synthesized('prod').resources('AWS::Logs::LogGroup');

describe.each([
  ['Click', functionTimeoutSeconds.click, 256],
  ['Postback', functionTimeoutSeconds.postback, 256],
  ['Retry', functionTimeoutSeconds.retry, 256],
  ['Admin', functionTimeoutSeconds.admin, 1024],
  ['Watchdog', functionTimeoutSeconds.watchdog, 256],
  ['Count', functionTimeoutSeconds.count, 256],
  ['Dispatch', functionTimeoutSeconds.dispatch, 256],
  ['Deliver', functionTimeoutSeconds.deliver, 256],
  // A hundred thousand rows at a time.
  ['Compact', functionTimeoutSeconds.compact, 1024],
])('the function %s', (name, timeout, megabytes) => {
  const { Properties = {} } = functions[logicalId(functions, `Functions${name}`)] ?? {};

  test('runs on Node 24, on ARM, with the memory of the stage and the time of the contract', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: megabytes,
      Timeout: timeout,
      Handler: 'index.handler',
    });
  });

  test('logs JSON into a group of its own that expires', () => {
    const group = logicalId(logGroups, `Functions${name}Logs`);
    expect(Properties['LoggingConfig']).toEqual({
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'WARN',
      LogGroup: { Ref: group },
    });
    expect(logGroups[group]?.['Properties']['RetentionInDays']).toBe(30);
  });

  test('has a role of its own with no managed policy', () => {
    const roles = synthesized('prod').resources('AWS::IAM::Role');
    const role = logicalId(roles, `Functions${name}Role`);
    expect(Properties['Role']).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    expect(roles[role]?.['Properties']).not.toHaveProperty('ManagedPolicyArns');
  });
});

test('there are no functions beside the ten', () => {
  expect(Object.keys(functions)).toHaveLength(10);
});

test('every log group expires', () => {
  for (const group of Object.values(logGroups)) expect(group['Properties']['RetentionInDays']).toBe(30);
});

describe('a function', () => {
  const build = (props: object) => {
    const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Stack');
    const built = new TrackerFunction(stack, 'Function', {
      stage: stageConfiguration('dev', undefined),
      entry: path.join(repository, 'lambdas', 'contract.ts'),
      description: 'A function.',
      ...props,
    });
    expect(built.ownLogGroup).toBeDefined();
    return onlyOne(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  };

  test('has defaults where its caller says nothing', () => {
    expect(build({ timeout: undefined })).toMatchObject({ Timeout: 10, MemorySize: 256 });
  });

  test('keeps the timeout, the settings and the environment of its caller', () => {
    expect(
      build({
        timeout: Duration.seconds(3),
        settings: { memoryMegabytes: 1024, logLevel: 'TRACE', reservedConcurrency: 7 },
        environment: { CLICKS_TABLE: 'clicks' },
      }),
    ).toMatchObject({
      Timeout: 3,
      MemorySize: 1024,
      ReservedConcurrentExecutions: 7,
      LoggingConfig: { ApplicationLogLevel: 'TRACE' },
      Environment: { Variables: { CLICKS_TABLE: 'clicks', STAGE: 'dev' } },
    });
  });

  test('does not let its caller change the stage or the runtime', () => {
    expect(build({ environment: { STAGE: 'other' }, runtime: 'nodejs20.x' })).toMatchObject({
      Runtime: 'nodejs24.x',
      Environment: { Variables: { STAGE: 'dev' } },
    });
  });
});
