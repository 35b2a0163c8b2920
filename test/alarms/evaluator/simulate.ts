import { evaluationRange, stateOf, type AlarmState, type Point } from './alarm-state';
import { parseRule } from './composite-rule';
import { evaluateExpression, parseExpression, type MathValue, type Series } from './metric-math';
import type { MetricsQuery } from '../../../lib/monitoring/metrics-query';
import type { MetricSamples, Sample } from './metric-samples';
import type { Comparison, CompositeAlarm, MetricAlarm, TemplateAlarm } from './template-alarms';

export interface Transition {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly alarm: string;
  readonly to: AlarmState;
  /** The value that a query groups by, of the time series that changed. */
  readonly contributor?: string;
}

/** A message that a topic gets. */
export interface Notification extends Transition {
  readonly topic: string;
}

export interface Simulation {
  readonly transitions: readonly Transition[];
  readonly notifications: readonly Notification[];
}

export interface Course {
  readonly from: number;
  readonly until: number;
  readonly samples: MetricSamples;
  /** Quotas of the account by metric id. */
  readonly quotas?: Readonly<Record<string, number>>;
  /** How all alarms begin. @default OK; those of a new stack have no data yet */
  readonly begin?: AlarmState;
}

const minute = 60_000;
/** A data point is there about a minute after its period: embedded metrics travel as log lines. */
const ingestionDelay = minute;

/**
 * Lets CloudWatch's clock run: every minute each alarm looks at the periods up to a minute ago, goes to its state, and tells its topics
 * where the state changed. An alarm on a query tells of each of its contributors instead, by name.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-actions.html
 */
export function simulate(
  alarms: readonly TemplateAlarm[],
  { from, until, samples, quotas = {}, begin = 'OK' }: Course,
): Simulation {
  const states = new Map<string, AlarmState>(alarms.map(({ name }) => [name, begin]));
  const composites = new Map(
    alarms.filter((alarm) => alarm.kind === 'composite').map((alarm) => [alarm.name, compositeRun(alarm)]),
  );
  const transitions: Transition[] = [];
  const notifications: Notification[] = [];
  const current = (name: string): AlarmState => {
    const state = states.get(name);
    if (state === undefined) throw new Error(`a composite alarm asks for "${name}", which is no alarm of the template`);
    return state;
  };
  const tell = (at: number, { name, actions }: TemplateAlarm, to: AlarmState, contributor?: string): void => {
    const topics = { ALARM: actions.alarm, OK: actions.ok, INSUFFICIENT_DATA: actions.insufficientData }[to];
    const of = contributor === undefined ? {} : { contributor };
    if (actions.enabled) notifications.push(...topics.map((topic) => ({ at, alarm: name, to, topic, ...of })));
  };
  const contributors = new Map<string, Map<string, AlarmState>>();
  const stateByContributors = (alarm: MetricAlarm, query: MetricsQuery, at: number): AlarmState => {
    const known = contributors.get(alarm.name) ?? new Map<string, AlarmState>();
    contributors.set(alarm.name, known);
    const found = samples.found(query, at - ingestionDelay);
    for (const contributor of new Set([...known.keys(), ...found.keys()])) {
      const before = known.get(contributor) ?? 'OK';
      const metric = found.get(contributor);
      const to =
        metric === undefined ? 'OK' : metricState(alarmOn(alarm, metric), samples, at - ingestionDelay, before, quotas);
      known.set(contributor, to);
      if (to !== before) tell(at, alarm, to, contributor);
    }
    return [...known.values()].includes('ALARM') ? 'ALARM' : 'OK';
  };

  for (let at = from; at <= until; at += minute) {
    for (const alarm of alarms) {
      const before = current(alarm.name);
      const run = composites.get(alarm.name);
      const query = alarm.kind === 'metric' ? alarm.query : undefined;
      const stateNow = (): AlarmState => {
        if (alarm.kind === 'composite') return run?.rule(current) === true ? 'ALARM' : 'OK';
        if (query !== undefined) return stateByContributors(alarm, query, at);
        return metricState(alarm, samples, at - ingestionDelay, before, quotas);
      };
      const to = stateNow();
      states.set(alarm.name, to);
      if (to !== before) {
        transitions.push({ at, alarm: alarm.name, to });
        if (run === undefined && query === undefined) tell(at, alarm, to);
      }
      if (run?.mayTell(at, to !== before, to, current) === true) tell(at, alarm, to);
    }
  }
  return { transitions, notifications };
}

/** The alarm as it judges one of the metrics that its query adds up. */
function alarmOn(alarm: MetricAlarm, { namespace, name, dimensions }: Sample): MetricAlarm {
  const { returned, periodSeconds } = alarm;
  return {
    ...alarm,
    metrics: new Map([[returned, { namespace, name, dimensions, statistic: 'Sum', periodSeconds }]]),
  };
}

function metricState(
  alarm: MetricAlarm,
  samples: MetricSamples,
  end: number,
  before: AlarmState,
  quotas: Readonly<Record<string, number>>,
): AlarmState {
  const series = judgedSeries(alarm, samples, end, quotas);
  const points = series.map((value): Point => {
    if (value === undefined) return 'none';
    return compare[alarm.comparison](value, alarm.threshold) ? 'breaching' : 'within';
  });
  return stateOf(points, alarm, before);
}

const compare: Readonly<Record<Comparison, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

function judgedSeries(
  { name, metrics, expressions, returned, periodSeconds, evaluationPeriods }: MetricAlarm,
  samples: MetricSamples,
  end: number,
  quotas: Readonly<Record<string, number>>,
): Series {
  const count = evaluationRange(evaluationPeriods);
  const fetched = new Map([...metrics].map(([id, query]) => [id, samples.series(query, end, count)] as const));
  const known = new Map<string, MathValue>(fetched);
  const quotaOf = (id: string): number => {
    const quota = quotas[id];
    if (quota === undefined) throw new Error(`${name}: no quota was given for ${id}`);
    return quota;
  };
  // An expression may use others: each is evaluated when all that it names is known.
  const evaluate = (id: string): MathValue => {
    const value = known.get(id);
    if (value !== undefined) return value;
    const text = expressions.get(id);
    if (text === undefined) throw new Error(`${name}: there is no metric ${id}`);
    for (const other of expressions.keys())
      if (other !== id && new RegExp(`\\b${other}\\b`).test(text)) evaluate(other);
    const environment = { series: known, metrics: [...fetched.values()], periodSeconds, quotaOf };
    const result = evaluateExpression(treeOf(text), environment);
    known.set(id, result);
    return result;
  };
  const result = evaluate(returned);
  if (typeof result === 'number') return Array<number>(count).fill(result);
  return result.map((point) => (typeof point === 'number' || point === undefined ? point : manySeries(name)));
}

const trees = new Map<string, ReturnType<typeof parseExpression>>();

/** Each expression is evaluated once a minute, and parsed once. */
function treeOf(text: string): ReturnType<typeof parseExpression> {
  const tree = trees.get(text) ?? parseExpression(text);
  trees.set(text, tree);
  return tree;
}

function manySeries(name: string): never {
  throw new Error(`${name} judges more than one time series`);
}

interface CompositeRun {
  readonly rule: ReturnType<typeof parseRule>;
  /** Whether its topics are told now: of a change, or of one that a suppressor held back and does not hold back any more. */
  mayTell(at: number, changed: boolean, to: AlarmState, current: (alarm: string) => AlarmState): boolean;
}

/**
 * A suppressor keeps a composite quiet while it is in ALARM, a wait period before it may get there, and an extension period after it
 * left. A composite that is still in ALARM after that tells; one that went back to OK meanwhile has nothing to tell.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
function compositeRun({ rule, suppressor }: CompositeAlarm): CompositeRun {
  const parsed = parseRule(rule);
  if (suppressor === undefined) return { rule: parsed, mayTell: (_at, changed) => changed };
  let heldUntil: number | undefined;
  return {
    rule: parsed,
    mayTell(at, changed, to, current) {
      const suppressed = current(suppressor.alarm) === 'ALARM';
      if (to !== 'ALARM') {
        const wasTold = heldUntil === undefined;
        heldUntil = undefined;
        return changed && wasTold && !suppressed;
      }
      if (changed) heldUntil = at + suppressor.waitSeconds * 1000;
      if (heldUntil === undefined) return false;
      if (suppressed) heldUntil = at + suppressor.extensionSeconds * 1000;
      if (suppressed || at < heldUntil) return false;
      heldUntil = undefined;
      return true;
    },
  };
}
