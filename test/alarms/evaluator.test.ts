import { stateOf, type AlarmState, type MissingData, type Point } from './evaluator/alarm-state';
import { parseRule } from './evaluator/composite-rule';
import { evaluateExpression, parseExpression, type MathValue, type Series } from './evaluator/metric-math';
import { MetricSamples, type Sample } from './evaluator/metric-samples';
import { simulate } from './evaluator/simulate';
import { alarmsOf } from './evaluator/template-alarms';

const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;
const symbols: Readonly<Record<string, Point>> = { X: 'breaching', '0': 'within', '-': 'none' };
const retained = 'INSUFFICIENT_DATA';

function states(data: string, datapointsToAlarm: number): readonly string[] {
  const points = data.split(' ').map((symbol) => symbols[symbol] ?? 'none');
  const state = (missingData: MissingData, current: AlarmState) =>
    stateOf(points, { evaluationPeriods: 3, datapointsToAlarm, missingData }, current);
  return treatments.map((treatment) => {
    const [fromOk, fromAlarm] = [state(treatment, 'OK'), state(treatment, 'ALARM')];
    return fromOk === fromAlarm ? fromOk : 'retained';
  });
}

// The two tables of "Configuring how CloudWatch alarms treat missing data", in the order of their columns.
describe("an alarm goes where AWS's own examples go", () => {
  test.each([
    ['0 - X - X', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'OK', 'OK'],
    ['- - - - -', retained, 'retained', 'ALARM', 'OK'],
    ['0 X X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['- - X - -', 'ALARM', 'retained', 'ALARM', 'OK'],
  ])('three of three: %s', (data, ...expected) => {
    expect(states(data, 3)).toEqual(expected);
  });

  test.each([
    ['0 - X - X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 0 X 0 X', 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0 - X - -', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - - 0', 'OK', 'OK', 'ALARM', 'OK'],
    ['- - - X -', 'ALARM', 'retained', 'ALARM', 'OK'],
  ])('two of three: %s', (data, ...expected) => {
    expect(states(data, 2)).toEqual(expected);
  });
});

describe('metric math', () => {
  const evaluate = (text: string, series: Readonly<Record<string, Series>>): MathValue =>
    evaluateExpression(parseExpression(text), {
      series: new Map(Object.entries(series)),
      metrics: Object.values(series),
      periodSeconds: 60,
      quotaOf: () => 1000,
    });
  const _ = undefined;

  test.each<[string, Readonly<Record<string, Series>>, MathValue]>([
    ['1 + 2 * 3 - 4 / 2', {}, 5],
    ['-(2 ^ 3)', {}, -8],
    ['a + b', { a: [1, _, 3], b: [1, 2, _] }, [2, _, _]],
    ['FILL(a, 0) + FILL(b, 0)', { a: [1, _, 3], b: [1, 2, _] }, [2, 2, 3]],
    ['FILL(a, REPEAT)', { a: [_, 4, _] }, [_, 4, 4]],
    ['100 * a / b', { a: [1, 0, 1], b: [4, 5, 0] }, [25, 0, _]],
    ['IF(b >= 20, 100 * FILL(a, 0) / b, 0)', { a: [5, _, 9], b: [50, 30, 10] }, [10, 0, 0]],
    ['IF(a > 1 AND FILL(b, 0) == 0, a, 0)', { a: [1, 2, 3], b: [_, _, 7] }, [0, 2, 0]],
    ['SUM(METRICS())', { a: [1, _], b: [2, _] }, [3, _]],
    ['MAX([a, b])', { a: [1, 9], b: [2, _] }, [2, 9]],
    ['a / SERVICE_QUOTA(a) * 100', { a: [800] }, [80]],
    ['a / PERIOD(a)', { a: [120] }, [2]],
  ])('%s', (text, series, expected) => {
    expect(evaluate(text, series)).toEqual(expected);
  });

  test.each(['a +', 'ANOMALY_DETECTION_BAND(a)', 'a ? b : c', '(a', 'a b'])('rejects %s by name', (text) => {
    expect(() => evaluate(text, { a: [1], b: [1], c: [1] })).toThrow(/metric math/);
  });
});

test.each([
  ['ALARM("a") AND ALARM("b")', false],
  ['ALARM("a") OR ALARM("b")', true],
  ['(ALARM(a) AND NOT ALARM("b")) OR FALSE', true],
  ['NOT (OK("b") AND TRUE)', false],
  ['INSUFFICIENT_DATA("c")', true],
])('the rule %s is %s', (rule, expected) => {
  const known: Readonly<Record<string, AlarmState>> = { a: 'ALARM', b: 'OK', c: 'INSUFFICIENT_DATA' };
  expect(parseRule(rule)((alarm) => known[alarm] ?? 'OK')).toBe(expected);
});

test.each(['ALARM("a") AND', 'ALARM()', 'a', 'ALARM("a") ALARM("b")'])('the rule %s is rejected', (rule) => {
  expect(() => parseRule(rule)).toThrow(/not understood/);
});

describe('the clock', () => {
  const minute = 60_000;
  const begin = Date.UTC(2026, 10, 23, 12);
  const metricAlarm = (metric: string, actions: object = {}) => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'Test',
      MetricName: metric,
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      ...actions,
    },
  });
  const composite = (properties: object) => ({
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: { AlarmActions: [{ Ref: 'Page' }], OKActions: [{ Ref: 'Page' }], ...properties },
  });
  /** A value of 1 in each of these minutes. */
  const ones = (name: string, minutes: readonly number[]): readonly Sample[] =>
    minutes.map((at) => ({ namespace: 'Test', name, dimensions: {}, at: begin + at * minute, value: 1 }));
  const run = (resources: object, samples: readonly Sample[]) => {
    const { notifications } = simulate(alarmsOf({ Resources: resources }), {
      from: begin,
      until: begin + 30 * minute,
      samples: new MetricSamples(samples),
    });
    return notifications.map(({ at, alarm, to, topic }) => `${(at - begin) / minute} ${alarm} ${to} > ${topic}`);
  };

  // Minutes without data are filled only where the evaluation range holds too few with data: the last two that breached count for a while.
  test('an alarm tells when two minutes were over the threshold and a minute passed for the data, and when it is over', () => {
    const resources = { A: metricAlarm('Faults', { AlarmActions: [{ Ref: 'Page' }], OKActions: [{ Ref: 'Page' }] }) };
    expect(run(resources, ones('Faults', [5, 6, 7]))).toEqual(['8 A ALARM > Page', '12 A OK > Page']);
  });

  test('one whose actions are off tells nobody, and a composite of it does', () => {
    const resources = {
      A: metricAlarm('Faults', { ActionsEnabled: false, AlarmActions: [{ Ref: 'Page' }] }),
      C: composite({ AlarmRule: { 'Fn::Join': ['', ['ALARM("', { 'Fn::GetAtt': ['A', 'Arn'] }, '")']] } }),
    };
    expect(run(resources, ones('Faults', [5, 6]))).toEqual(['8 C ALARM > Page', '11 C OK > Page']);
  });

  const suppressed = {
    A: metricAlarm('Faults'),
    S: metricAlarm('Root'),
    C: composite({
      AlarmRule: 'ALARM("A")',
      ActionsSuppressor: { 'Fn::GetAtt': ['S', 'Arn'] },
      ActionsSuppressorWaitPeriod: 120,
      ActionsSuppressorExtensionPeriod: 120,
    }),
  };

  test('a composite is quiet while its suppressor rings, and waits a moment whether it will', () => {
    expect(run(suppressed, [...ones('Faults', [5, 6, 7, 8, 9]), ...ones('Root', [6, 7, 8, 9])])).toEqual([]);
  });

  test('it tells after the wait where the suppressor stays quiet', () => {
    expect(run(suppressed, ones('Faults', [5, 6, 7, 8]))).toEqual(['10 C ALARM > Page', '13 C OK > Page']);
  });

  test('it tells what is left when the suppressor has been over for a while', () => {
    const told = run(suppressed, [...ones('Faults', [5, 6, 7, 8, 9, 10, 11, 12]), ...ones('Root', [5, 6, 7])]);
    expect(told).toEqual(['13 C ALARM > Page', '17 C OK > Page']);
  });

  test('a property that nobody evaluates is rejected, so that no alarm is thought to be rehearsed that is not', () => {
    const odd = metricAlarm('Faults', { EvaluateLowSampleCountPercentile: 'ignore' });
    expect(() => alarmsOf({ Resources: { A: odd } })).toThrow(/EvaluateLowSampleCountPercentile/);
  });
});
