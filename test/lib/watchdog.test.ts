import { logicalId, synthesized } from './synthesized';

const { resources } = synthesized('prod');
const schedules = resources('AWS::Scheduler::Schedule');
const hourly = schedules[logicalId(schedules, 'WatchdogSchedule')]?.['Properties'];
const live = logicalId(resources('AWS::Lambda::Alias'), 'FunctionsWatchdogLive');

test('the released watchdog runs once an hour, with its due time as input', () => {
  expect(hourly).toMatchObject({
    ScheduleExpression: 'cron(5 * * * ? *)',
    ScheduleExpressionTimezone: 'Etc/UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    State: 'ENABLED',
    Target: { Arn: { Ref: live }, Input: '{"time":"<aws.scheduler.scheduled-time>"}' },
  });
});

test('EventBridge gives a run up before the next one would count the same', () => {
  expect(hourly?.['Target']).toMatchObject({
    RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 2 },
  });
});

test('the role of each schedule may run its function alone, and only schedules of this account take it', () => {
  const roles = resources('AWS::IAM::Role');
  const policies = Object.values(resources('AWS::IAM::Policy')).map(({ Properties }) => Properties);
  expect(Object.keys(schedules)).toHaveLength(3);
  for (const { Properties } of Object.values(schedules)) {
    const { Arn, RoleArn } = Properties['Target'];
    const role: string = RoleArn['Fn::GetAtt'][0];
    const own = policies.filter(({ Roles }) => JSON.stringify(Roles) === JSON.stringify([{ Ref: role }]));
    expect(own.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: Arn },
    ]);
    expect(roles[role]?.['Properties']['AssumeRolePolicyDocument']['Statement']).toMatchObject([
      {
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 'aws:SourceArn': {} } },
      },
    ]);
  }
});

/** A resource that changes its type under the same logical ID fails the deployment. */
test('the schedules have other logical IDs than the rules that they replaced', () => {
  const ids = Object.keys(schedules).map((id) => id.slice(0, -8));
  expect(ids.sort()).toEqual(['CompactionSchedule', 'DispatchingSchedule', 'WatchdogSchedule']);
});
