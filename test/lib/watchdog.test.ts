import { logicalId, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const rules = resources('AWS::Events::Rule');
const hourly = rules[logicalId(rules, 'WatchdogHourly')]?.['Properties'];
const live = logicalId(resources('AWS::Lambda::Alias'), 'FunctionsWatchdogLive');

test('the watchdog runs once an hour, as it is released', () => {
  expect(hourly).toMatchObject({
    ScheduleExpression: 'cron(5 * * * ? *)',
    State: 'ENABLED',
    Targets: [{ Arn: { Ref: live } }],
  });
});

test('EventBridge gives a run up before the next one would count the same', () => {
  const target = hourly?.['Targets'][0];

  expect(target).toMatchObject({ RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 2 } });
});

test('nobody but that rule may run it', () => {
  const rule = logicalId(resources('AWS::Events::Rule'), 'WatchdogHourly');
  const permissions = Object.values(resources('AWS::Lambda::Permission'))
    .map(({ Properties }) => Properties)
    .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes('FunctionsWatchdog'));

  expect(permissions).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: live },
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
    },
  ]);
});
