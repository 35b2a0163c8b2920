import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataPolicy } from '../../lib/data-policy';
import { functionEntry, functionNames } from '../../lib/functions';
import { stageConfiguration } from '../../lib/stage-configuration';
import { settingsOf } from '../../lib/stage/function-settings';
import { TrackerFunction } from '../../lib/tracker-function';
import { logicalId, onlyOne, synthesized } from './synthesized';

const functions = synthesized('prod').resources('AWS::Lambda::Function');
const logGroups = synthesized('prod').resources('AWS::Logs::LogGroup');

const prod = stageConfiguration('prod', undefined);
const constructIdOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

describe.each(functionNames)('the function %s', (entry) => {
  const name = constructIdOf(entry);
  const { Properties = {} } = functions[logicalId(functions, `Functions${name}`)] ?? {};

  test('runs on Node 24, on ARM, with the memory of the stage and the time of its entry', () => {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: settingsOf(prod, entry).memoryMegabytes,
      Timeout: functionEntry(entry).timeoutSeconds,
      Handler: 'index.handler',
    });
  });

  test('logs JSON into a separate group that expires', () => {
    const group = logicalId(logGroups, `Functions${name}Logs`);
    expect(Properties['LoggingConfig']).toEqual({
      LogFormat: 'JSON',
      ApplicationLogLevel: 'INFO',
      SystemLogLevel: 'WARN',
      LogGroup: { Ref: group },
    });
    expect(logGroups[group]?.['Properties']['RetentionInDays']).toBe(30);
  });

  test('has a separate role without a managed policy', () => {
    const roles = synthesized('prod').resources('AWS::IAM::Role');
    const role = logicalId(roles, `Functions${name}Role`);
    expect(Properties['Role']).toEqual({ 'Fn::GetAtt': [role, 'Arn'] });
    expect(roles[role]?.['Properties']).not.toHaveProperty('ManagedPolicyArns');
  });
});

test('the stack has no function without an entry', () => {
  expect(Object.keys(functions)).toHaveLength(functionNames.length);
});

test('compaction, which reads a hundred thousand rows at a time, and the admin API have the memory for it', () => {
  expect([settingsOf(prod, 'compact').memoryMegabytes, settingsOf(prod, 'admin').memoryMegabytes]).toEqual([
    1024, 1024,
  ]);
});

test('every log group expires', () => {
  for (const group of Object.values(logGroups)) expect(group['Properties']['RetentionInDays']).toBe(30);
});

describe('a function', () => {
  const dev = stageConfiguration('dev', undefined);
  const build = (props: object) => {
    const stack = new Stack(new App({ context: { 'aws:cdk:bundling-stacks': [] } }), 'Stack');
    const built = new TrackerFunction(stack, 'Function', {
      stageName: 'dev',
      data: new DataPolicy(dev, undefined),
      settings: settingsOf(dev, 'click'),
      folder: 'click',
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
