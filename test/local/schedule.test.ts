import * as fc from 'fast-check';
import { readAssembly } from '../../local/assembly/read-assembly';
import { readSchedule } from '../../local/schedule/expression';
import { Schedules } from '../../local/schedule/schedules';
import { readStack } from '../../local/template/read-stack';
import { silentTerminal } from '../../local/terminal';
import type { Template } from './fixture/template';
import { writeFixtureAssembly } from './fixture/write-assembly';

const hour = 3_600_000;
const noon = Date.UTC(2026, 10, 23, 12);

describe('a schedule', () => {
  const after = (expression: string, from: number): string =>
    new Date(readSchedule(expression).next(from)).toISOString();

  test.each([
    ['cron(5 * * * ? *)', noon, '2026-11-23T12:05:00.000Z'],
    ['cron(5 * * * ? *)', noon + 5 * 60_000, '2026-11-23T13:05:00.000Z'],
    ['cron(0 3 ? * * *)', noon, '2026-11-24T03:00:00.000Z'],
    ['cron(0/20 8-17 * * ? *)', noon + 1, '2026-11-23T12:20:00.000Z'],
    ['cron(*/15 6,18 * * ? *)', noon, '2026-11-23T18:00:00.000Z'],
    ['cron(10-30/10 * * * ? *)', noon, '2026-11-23T12:10:00.000Z'],
    ['rate(1 minute)', noon, '2026-11-23T12:01:00.000Z'],
    ['rate(5 minutes)', noon, '2026-11-23T12:05:00.000Z'],
    ['rate(1 hour)', noon, '2026-11-23T13:00:00.000Z'],
    ['rate(2 days)', noon, '2026-11-25T12:00:00.000Z'],
  ])('%s after %i is due at %s', (expression, from, due) => {
    expect(after(expression, from)).toBe(due);
  });

  test.each([
    ['without one field for "any day"', 'cron(5 * * * * *)'],
    ['on certain days', 'cron(0 8 ? * MON-FRI *)'],
    ['in certain months', 'cron(0 8 1 1 ? *)'],
    ['at a minute that there is not', 'cron(60 * * * ? *)'],
    ['with a range that runs backwards', 'cron(0 17-8 * * ? *)'],
    ['with a step of nothing', 'cron(*/0 * * * ? *)'],
    ['with five fields, as elsewhere', 'cron(5 * * * *)'],
    ['at a rate in the wrong number', 'rate(1 hours)'],
    ['at a rate in the wrong number, too', 'rate(2 hour)'],
    ['at a rate of nothing', 'rate(0 minutes)'],
    ['of a single time', 'at(2026-11-23T12:00:00)'],
  ])('%s is rejected: %s', (_what, expression) => {
    expect(() => readSchedule(expression)).toThrow('only rate(…), and cron(minutes hours * * ? *)');
  });

  test('by the hour is due once in each hour, whenever one asks', () => {
    const { next } = readSchedule('cron(5 * * * ? *)');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (moment) => {
        expect(next(moment)).toBeGreaterThan(moment);
        expect(next(moment) - moment).toBeLessThanOrEqual(hour);
        expect(next(next(moment))).toBe(next(moment) + hour);
      }),
    );
  });
});

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

interface Changes {
  readonly schedule?: object;
  readonly target?: object;
  readonly trust?: object;
  readonly grant?: object;
}

/** The fixture with a schedule that calls its function `Worker`. */
function withSchedule({ schedule, target, trust, grant }: Changes = {}): (template: Template) => void {
  return ({ Resources }) => {
    Resources['Hourly'] = {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Description: 'Once an hour.',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ScheduleExpression: 'cron(5 * * * ? *)',
        ScheduleExpressionTimezone: 'Etc/UTC',
        State: 'ENABLED',
        Target: {
          Arn: arnOf('Worker'),
          Input: '{"time":"<aws.scheduler.scheduled-time>"}',
          RetryPolicy: { MaximumRetryAttempts: 2 },
          RoleArn: arnOf('HourlyRole'),
          ...target,
        },
        ...schedule,
      },
    };
    Resources['HourlyRole'] = {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'sts:AssumeRole',
              Principal: { Service: 'scheduler.amazonaws.com' },
              Condition: {
                StringEquals: {
                  'aws:SourceAccount': { Ref: 'AWS::AccountId' },
                  'aws:SourceArn': 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/default',
                },
              },
              ...trust,
            },
          ],
        },
      },
    };
    Resources['HourlyPolicy'] = {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'HourlyPolicy',
        Roles: [{ Ref: 'HourlyRole' }],
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: arnOf('Worker'), ...grant }],
        },
      },
    };
  };
}

const read = (change: (template: Template) => void) =>
  readStack(readAssembly(writeFixtureAssembly(change)), 'http://gateway');

describe('a schedule of the template', () => {
  test('is read with its function, and whether its role may call it', () => {
    expect(read(withSchedule()).schedules).toMatchObject([
      {
        label: 'Hourly',
        name: 'Fixture-Hourly',
        arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/Fixture-Hourly',
        expression: 'cron(5 * * * ? *)',
        function: { label: 'Worker' },
        permitted: true,
      },
    ]);
  });

  test('that is disabled is omitted', () => {
    expect(read(withSchedule({ schedule: { State: 'DISABLED' } })).schedules).toEqual([]);
  });

  test.each([
    ['on another function', { Resource: arnOf('Web') }],
    ['on a version of its function', { Resource: { 'Fn::Join': ['', [arnOf('Worker'), ':live']] } }],
    ['for another action', { Action: 'lambda:GetFunction' }],
    ['that denies', { Effect: 'Deny' }],
  ])('whose role has a statement %s alone may call nothing', (_what, grant) => {
    expect(read(withSchedule({ grant })).schedules[0]?.permitted).toBe(false);
  });

  test.each([
    ['of another service', { Principal: { Service: 'events.amazonaws.com' } }],
    ['of another account', { Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }],
    [
      'of another group of schedules',
      { Condition: { StringEquals: { 'aws:SourceArn': 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/x' } } },
    ],
  ])('with a role that only schedules %s may take is rejected, as AWS does', (_what, trust) => {
    expect(() => read(withSchedule({ trust }))).toThrow('must allow AWS EventBridge Scheduler to assume the role');
  });

  test.each<[string, Changes, RegExp]>([
    [
      'with an expression that is not read here',
      { schedule: { ScheduleExpression: 'cron(0 8 ? * MON *)' } },
      /Hourly has the expression "cron\(0 8 \? \* MON \*\)": only rate/,
    ],
    ['in local time', { schedule: { ScheduleExpressionTimezone: 'Europe/Berlin' } }, /only UTC/],
    ['that comes somewhen', { schedule: { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } } }, /time window FLEXIBLE/],
    ['that ends', { schedule: { EndDate: '2027-01-01T00:00:00Z' } }, /has EndDate/],
    ['without a role', { target: { RoleArn: undefined } }, /must allow AWS EventBridge Scheduler/],
    ['that feeds something else than a function', { target: { Arn: arnOf('Queue') } }, /no function of the template/],
    ['that feeds a stream', { target: { KinesisParameters: { PartitionKey: 'x' } } }, /has KinesisParameters/],
    ['whose input is no JSON', { target: { Input: '{' } }, /not JSON/],
    ['without an input', { target: { Input: undefined } }, /not JSON/],
  ])('%s is rejected', (_what, changes, message) => {
    expect(() => read(withSchedule(changes))).toThrow(message);
  });
});

describe('the clock', () => {
  beforeEach(() => jest.useFakeTimers({ now: noon }));
  afterEach(() => jest.useRealTimers());

  function start(change: (template: Template) => void) {
    const { schedules: all } = read(change);
    const invoke = jest.fn(async (_event: unknown) => ({ failed: false, payload: 'null' }));
    const problem = jest.fn();
    const schedules = new Schedules(all, new Map([['Worker', { invoke }]]), { ...silentTerminal, problem });
    return { schedules, invoke, problem };
  }

  test('calls the function when the schedule is due, and again and again', async () => {
    const { schedules, invoke } = start(withSchedule());
    schedules.start();
    expect(schedules.list()).toMatchObject([{ schedule: 'Hourly', nextAt: '2026-11-23T12:05:00.000Z' }]);

    await jest.advanceTimersByTimeAsync(3 * hour);

    expect(invoke.mock.calls.map(([event]) => event)).toMatchObject(
      ['12', '13', '14'].map((at) => ({ time: `2026-11-23T${at}:05:00Z` })),
    );
    schedules.stop();
  });

  test('waits also longer than a timer can', async () => {
    const { schedules, invoke } = start(withSchedule({ schedule: { ScheduleExpression: 'rate(30 days)' } }));
    schedules.start();

    await jest.advanceTimersByTimeAsync(30 * 24 * hour - 1);
    expect(invoke).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(invoke).toHaveBeenCalledTimes(1);
    schedules.stop();
  });

  test('calls nothing any more once it is stopped', async () => {
    const { schedules, invoke } = start(withSchedule());
    schedules.start();
    schedules.stop();
    await jest.advanceTimersByTimeAsync(3 * hour);

    expect(invoke).not.toHaveBeenCalled();
  });

  test('gives the function the input that the target names, with what is known of the run in it', async () => {
    const Input = '{"what":"this","by":"<aws.scheduler.schedule-arn>","try":"<aws.scheduler.attempt-number>"}';
    const { schedules, invoke } = start(withSchedule({ target: { Input } }));
    const hourly = schedules.find('Hourly');
    const delivery = hourly && (await schedules.run(hourly, new Date(noon)));

    expect(delivery).toEqual({ function: 'Worker', failed: false, answer: 'null' });
    expect(invoke).toHaveBeenCalledWith({
      what: 'this',
      by: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/Fixture-Hourly',
      try: '1',
    });
  });

  test('calls nothing that the role may not call, and says so', async () => {
    const { schedules, invoke, problem } = start(withSchedule({ grant: { Action: 'lambda:GetFunction' } }));
    const hourly = schedules.find('Fixture-Hourly');
    const delivery = hourly && (await schedules.run(hourly, new Date(noon)));

    expect(delivery).toMatchObject({
      failed: true,
      answer: expect.stringContaining('may not do lambda:InvokeFunction'),
    });
    expect(problem).toHaveBeenCalledWith(expect.stringContaining('The schedule Hourly runs nothing'));
    expect(invoke).not.toHaveBeenCalled();
  });
});
