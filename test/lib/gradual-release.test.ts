import { functionEntry } from '../../lib/functions';
import { exampleOf } from './examples';
import { logicalId, synthesized, type Synthesized } from './synthesized';

const names = [
  'Click',
  'Visitor',
  'Postback',
  'Retry',
  'Admin',
  'Watchdog',
  'Count',
  'Compact',
  'Dispatch',
  'Deliver',
] as const;
const gradual = ['click', 'postback', 'retry', 'admin'] as const;

const aliasOf = ({ resources }: Synthesized, name: string) => {
  const aliases = resources('AWS::Lambda::Alias');
  const id = logicalId(aliases, `Functions${name}Live`);
  return { id, alias: aliases[id] ?? {} };
};

describe.each(names)('the function %s', (name) => {
  test.each(['dev', 'prod'])('has the alias live of its newest version in %s', (stage) => {
    const made = synthesized(stage);
    const { Properties } = aliasOf(made, name).alias;
    expect(Properties).toMatchObject({
      Name: 'live',
      FunctionName: { Ref: logicalId(made.resources('AWS::Lambda::Function'), `Functions${name}`) },
    });
    const [version] = Properties['FunctionVersion']['Fn::GetAtt'];
    expect(made.resources('AWS::Lambda::Version')[version]?.['Properties']).toMatchObject({
      FunctionName: Properties['FunctionName'],
    });
  });
});

test('everything that calls a function calls its alias', () => {
  const made = synthesized('prod');
  const aliases = new Set(names.map((name) => aliasOf(made, name).id));
  const called = [
    ...Object.values(made.resources('AWS::ApiGatewayV2::Integration')).map(
      ({ Properties }) => Properties['IntegrationUri'],
    ),
    ...Object.values(made.resources('AWS::Lambda::EventSourceMapping')).map(
      ({ Properties }) => Properties['FunctionName'],
    ),
    ...Object.values(made.resources('AWS::Lambda::Permission')).map(({ Properties }) => Properties['FunctionName']),
    ...Object.values(made.resources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties['Target']['Arn']),
  ];
  expect(called.length).toBeGreaterThanOrEqual(4);
  for (const target of called) {
    const [, id = ''] = /"Ref":"([^"]+)"/.exec(JSON.stringify(target)) ?? [];
    expect(aliases).toContain(id);
  }
});

test('the versions before are kept in prod, to go back to, and not in dev', () => {
  const policies = (stage: string): Set<unknown> =>
    new Set(Object.values(synthesized(stage).resources('AWS::Lambda::Version')).map((one) => one['DeletionPolicy']));
  expect(policies('prod')).toEqual(new Set(['Retain']));
  expect(policies('dev')).toEqual(new Set(['Delete']));
});

describe('a release in prod', () => {
  const made = synthesized('prod');
  const groups = made.resources('AWS::CodeDeploy::DeploymentGroup');

  test.each(gradual)(
    'gives new code of %s a tenth of the requests for 15 minutes, and turns back at an alarm',
    (name) => {
      const group = groups[logicalId(groups, `Release${name}`)]?.['Properties'];
      expect(group).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
        },
      });
      const alarms: ReadonlyArray<{ readonly Name: { readonly Ref: string } }> =
        group?.['AlarmConfiguration']['Alarms'];
      const all = made.resources('AWS::CloudWatch::Alarm');
      expect(group?.['AlarmConfiguration']['Enabled']).toBe(true);
      expect(alarms.map(({ Name }) => all[Name.Ref]?.['Properties']['AlarmName'])).toEqual(
        functionEntry(name).rollbackAlarms?.map((id) => `PostbackTracker-prod-${id}`),
      );
    },
  );

  test.each(gradual)('moves the alias of %s by its group', (name) => {
    const { alias } = aliasOf(made, name.charAt(0).toUpperCase() + name.slice(1));
    expect(alias['UpdatePolicy']['CodeDeployLambdaAliasUpdate']['DeploymentGroupName']).toEqual({
      Ref: logicalId(groups, `Release${name}`),
    });
  });

  test('may take another pace', () => {
    const { stage, stages } = exampleOf('High volume');
    const [group] = Object.values(synthesized(stage, stages).resources('AWS::CodeDeploy::DeploymentGroup'));
    expect(group?.['Properties']['DeploymentConfigName']).toBe('CodeDeployDefault.LambdaLinear10PercentEvery1Minute');
  });
});

describe('all at once', () => {
  test.each([
    ['dev', undefined],
    ['prod', 'all-at-once'],
  ])('the aliases of %s move without CodeDeploy, and so past any alarm', (stage, release) => {
    const made = synthesized(stage, undefined, release);
    expect(Object.keys(made.resources('AWS::CodeDeploy::DeploymentGroup'))).toEqual([]);
    for (const name of names) expect(aliasOf(made, name).alias).not.toHaveProperty('UpdatePolicy');
  });

  test('changes nothing else of prod: whatever is there stays as it is', () => {
    const withoutRelease = ({ template }: Synthesized): Record<string, object> =>
      Object.fromEntries(
        Object.entries<Record<string, unknown>>(template.toJSON()['Resources'])
          .filter(([id]) => !id.startsWith('Release'))
          .map(([id, resource]) => [id, { ...resource, UpdatePolicy: undefined }]),
      );
    expect(withoutRelease(synthesized('prod', undefined, 'all-at-once'))).toEqual(withoutRelease(synthesized('prod')));
  });
});

describe('functions in high volume', () => {
  const { stage, stages } = exampleOf('High volume');
  const made = synthesized(stage, stages);

  test('are kept warm at the alias, where they are called', () => {
    expect(aliasOf(made, 'Click').alias['Properties']['ProvisionedConcurrencyConfig']).toEqual({
      ProvisionedConcurrentExecutions: 50,
    });
    expect(aliasOf(made, 'Retry').alias['Properties']).not.toHaveProperty('ProvisionedConcurrencyConfig');
  });

  test('have a share of the account, and separate memory settings', () => {
    const functions = made.resources('AWS::Lambda::Function');
    const click = functions[logicalId(functions, 'FunctionsClick')]?.['Properties'];
    const admin = functions[logicalId(functions, 'FunctionsAdmin')]?.['Properties'];
    expect(click).toMatchObject({ ReservedConcurrentExecutions: 400, MemorySize: 512 });
    expect(admin).toMatchObject({ MemorySize: 1024 });
    expect(admin).not.toHaveProperty('ReservedConcurrentExecutions');
    const mappings = made.resources('AWS::Lambda::EventSourceMapping');
    const delivery = mappings[logicalId(mappings, 'RetryPathDelivery')]?.['Properties'];
    expect(delivery?.['ScalingConfig']).toEqual({ MaximumConcurrency: 50 });
  });
});
