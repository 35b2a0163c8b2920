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
  ])('%s is refused: %s', (_what, expression) => {
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

/** The fixture with a rule that calls its function `Worker`. */
function withRule(rule: object = {}, permission: object = {}, target: object = {}): (template: Template) => void {
  return ({ Resources }) => {
    Resources['Hourly'] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'cron(5 * * * ? *)',
        State: 'ENABLED',
        Targets: [{ Arn: arnOf('Worker'), Id: 'Target0', RetryPolicy: { MaximumRetryAttempts: 2 }, ...target }],
        ...rule,
      },
    };
    Resources['HourlyPermission'] = {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf('Worker'),
        Principal: 'events.amazonaws.com',
        SourceArn: arnOf('Hourly'),
        ...permission,
      },
    };
  };
}

const read = (change: (template: Template) => void) =>
  readStack(readAssembly(writeFixtureAssembly(change)), 'http://gateway');

describe('a rule of the template', () => {
  test('is read with its function, and whether it may call it', () => {
    expect(read(withRule()).schedules).toMatchObject([
      {
        label: 'Hourly',
        name: 'Fixture-Hourly',
        arn: 'arn:aws:events:us-east-1:000000000000:rule/Fixture-Hourly',
        expression: 'cron(5 * * * ? *)',
        targets: [{ function: { label: 'Worker' }, permitted: true }],
      },
    ]);
  });

  test('that is disabled is left out', () => {
    expect(read(withRule({ State: 'DISABLED' })).schedules).toEqual([]);
  });

  test.each([
    ['of another service', { Principal: 'apigateway.amazonaws.com' }],
    ['for another rule', { SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/Other' }],
    ['for another function', { FunctionName: arnOf('Web') }],
    ['for another action', { Action: 'lambda:GetFunction' }],
  ])('with a permission %s alone may call nothing', (_what, permission) => {
    expect(read(withRule({}, permission)).schedules[0]?.targets[0]?.permitted).toBe(false);
  });

  test.each([
    [
      'that waits for events',
      { ScheduleExpression: undefined, EventPattern: { source: ['aws.s3'] } },
      {},
      /waits for events/,
    ],
    [
      'with a schedule that is not read here',
      { ScheduleExpression: 'cron(0 8 ? * MON *)' },
      {},
      /Hourly has the schedule "cron\(0 8 \? \* MON \*\)": only rate/,
    ],
    ['that feeds something else than a function', {}, { Arn: arnOf('Queue') }, /which is no function of the template/],
    ['that shapes its input', {}, { InputTransformer: { InputTemplate: 'x' } }, /a target with InputTransformer/],
    ['whose input is no JSON', {}, { Input: '{' }, /not JSON/],
  ])('%s is refused', (_what, rule, target, message) => {
    expect(() => read(withRule(rule, {}, target))).toThrow(message);
  });
});

describe('the clock', () => {
  beforeEach(() => jest.useFakeTimers({ now: noon }));
  afterEach(() => jest.useRealTimers());

  function start(change: (template: Template) => void) {
    const { schedules: rules } = read(change);
    const invoke = jest.fn(async (_event: unknown) => ({ failed: false, payload: 'null' }));
    const problem = jest.fn();
    const schedules = new Schedules(rules, new Map([['Worker', { invoke }]]), { ...silentTerminal, problem });
    return { schedules, invoke, problem };
  }

  test('calls the function when the schedule is due, and again and again', async () => {
    const { schedules, invoke } = start(withRule());
    schedules.start();
    expect(schedules.list()).toMatchObject([{ schedule: 'Hourly', nextAt: '2026-11-23T12:05:00.000Z' }]);

    await jest.advanceTimersByTimeAsync(3 * hour);

    expect(invoke.mock.calls.map(([event]) => event)).toMatchObject(
      ['12', '13', '14'].map((at) => ({
        version: '0',
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: '000000000000',
        region: 'us-east-1',
        time: `2026-11-23T${at}:05:00Z`,
        resources: ['arn:aws:events:us-east-1:000000000000:rule/Fixture-Hourly'],
        detail: {},
      })),
    );
    schedules.stop();
  });

  test('waits also longer than a timer can', async () => {
    const { schedules, invoke } = start(withRule({ ScheduleExpression: 'rate(30 days)' }));
    schedules.start();

    await jest.advanceTimersByTimeAsync(30 * 24 * hour - 1);
    expect(invoke).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(invoke).toHaveBeenCalledTimes(1);
    schedules.stop();
  });

  test('calls nothing any more once it is stopped', async () => {
    const { schedules, invoke } = start(withRule());
    schedules.start();
    schedules.stop();
    await jest.advanceTimersByTimeAsync(3 * hour);

    expect(invoke).not.toHaveBeenCalled();
  });

  test('gives the function the input that the target names', async () => {
    const { schedules, invoke } = start(withRule({}, {}, { Input: '{"what":"this"}' }));
    const rule = schedules.find('Hourly');
    const deliveries = rule && (await schedules.run(rule, new Date(noon)));

    expect(deliveries).toEqual([{ function: 'Worker', failed: false, answer: 'null' }]);
    expect(invoke).toHaveBeenCalledWith({ what: 'this' });
  });

  test('calls nothing without a permission, and says so', async () => {
    const { schedules, invoke, problem } = start(withRule({}, { Principal: 's3.amazonaws.com' }));
    const rule = schedules.find('Fixture-Hourly');
    const deliveries = rule && (await schedules.run(rule, new Date(noon)));

    expect(deliveries).toMatchObject([{ failed: true, answer: expect.stringContaining('no AWS::Lambda::Permission') }]);
    expect(problem).toHaveBeenCalledWith(expect.stringContaining('The schedule Hourly runs nothing'));
    expect(invoke).not.toHaveBeenCalled();
  });
});
