import { metricDimension, metricNamespace } from '../../../lambdas/contract';
import * as metric from '../../../lambdas/counters';
import { MetricSamples, type Sample } from '../../alarms/evaluator/metric-samples';
import { simulate } from '../../alarms/evaluator/simulate';
import { alarmsOf } from '../../alarms/evaluator/template-alarms';
import { synthesized } from '../synthesized';

/** A minute of traffic: how many came, and how many of them were answered with a server error. */
interface Minute {
  readonly clicks?: readonly [came: number, failed: number];
  readonly postbacks?: readonly [came: number, failed: number];
  /** Browsers that fetched ahead and were answered 503. */
  readonly prefetches?: number;
}

const alarms = alarmsOf(synthesized('prod').template.toJSON());
const minute = 60_000;
const begin = Date.UTC(2026, 10, 23, 3);

const counted = (name: string, value: number) => ({
  namespace: metricNamespace,
  name,
  dimensions: { [metricDimension]: 'prod' },
  value,
});
const answered = (name: string, value: number) => ({
  namespace: `${metricNamespace}/prod`,
  name,
  dimensions: {},
  value,
});

/** What fails was counted by nobody but the API: the hardest case, in which no function lives to tell. */
function samplesOf({ clicks = [0, 0], postbacks = [0, 0], prefetches = 0 }: Minute, index: number): Sample[] {
  const [[clicksCame, clicksFailed], [postbacksCame, postbacksFailed]] = [clicks, postbacks];
  return [
    counted(metric.clickReceived, clicksCame - clicksFailed),
    counted(metric.postbackReceived, postbacksCame - postbacksFailed),
    counted(metric.clickPrefetched, prefetches),
    answered('ClickServerErrors', clicksFailed + prefetches),
    answered('PostbackServerErrors', postbacksFailed),
  ]
    .filter(({ value }) => value > 0)
    .map((sample) => ({ ...sample, at: begin + index * minute + minute / 2 }));
}

const lasting = (minutes: number, each: Minute): Minute[] => Array<Minute>(minutes).fill(each);
const calm = (minutes: number): Minute[] => lasting(minutes, { clicks: [200, 0], postbacks: [20, 0] });

/** Who was told what of the objectives, with the minutes since the first thing failed. */
function told(minutes: readonly Minute[], severity: 'Page' | 'Ticket'): string[] {
  const samples = new MetricSamples(minutes.flatMap(samplesOf));
  const began = minutes.findIndex(({ clicks, postbacks }) => (clicks?.[1] ?? 0) + (postbacks?.[1] ?? 0) > 0);
  const until = begin + minutes.length * minute;
  const { notifications } = simulate(alarms, { from: begin, until, samples, quotas: { running: 1000 } });
  return notifications
    .filter(({ alarm, topic }) => topic.endsWith(severity) && /(?:Requests|Clicks|Postbacks)Failing/.test(alarm))
    .map(({ at, alarm, to }) => `+${(at - begin) / minute - began} ${alarm.replace(/^.*Alarms|^.*-/, '')} ${to}`);
}

describe('one incident pages once', () => {
  test('a region in which nothing works for half an hour', () => {
    const broken = lasting(30, { clicks: [200, 200], postbacks: [20, 20] });
    expect(told([...calm(120), ...broken, ...calm(120)], 'Page')).toEqual([
      '+2 RequestsFailing ALARM',
      '+46 RequestsFailing OK',
    ]);
  });

  test('a deployment that kills the postback function', () => {
    const broken = lasting(20, { clicks: [200, 0], postbacks: [20, 20] });
    expect(told([...calm(120), ...broken, ...calm(120)], 'Page')).toEqual([
      '+2 RequestsFailing ALARM',
      '+36 RequestsFailing OK',
    ]);
  });

  test('four minutes in which nothing works', () => {
    const broken = lasting(4, { clicks: [200, 200], postbacks: [20, 20] });
    expect(told([...calm(60), ...broken, ...calm(120)], 'Page')).toEqual([
      '+2 RequestsFailing ALARM',
      '+20 RequestsFailing OK',
    ]);
  });

  test('postbacks that still fail when the clicks are over it', () => {
    const both = lasting(10, { clicks: [200, 200], postbacks: [20, 20] });
    const postbacksAlone = lasting(40, { clicks: [200, 0], postbacks: [20, 20] });
    expect(told([...calm(120), ...both, ...postbacksAlone, ...calm(60)], 'Page')).toEqual([
      '+2 RequestsFailing ALARM',
      '+66 RequestsFailing OK',
    ]);
  });

  test('clicks alone, of which no sender notices anything', () => {
    const broken = lasting(10, { clicks: [200, 200], postbacks: [20, 0] });
    expect(told([...calm(120), ...broken, ...calm(60)], 'Page')).toEqual([
      '+4 RequestsFailing ALARM',
      '+15 RequestsFailing OK',
    ]);
  });

  test('its remaining slow burn makes no further ticket', () => {
    const broken = lasting(20, { clicks: [200, 0], postbacks: [20, 20] });
    expect(told([...calm(120), ...broken, ...calm(240)], 'Ticket')).toEqual([]);
  });
});

describe('nobody is woken', () => {
  test('by half a minute in which nothing works', () => {
    const broken: Minute = { clicks: [200, 100], postbacks: [20, 10] };
    expect(told([...calm(60), broken, ...calm(60)], 'Page')).toEqual([]);
  });

  test('by browsers that fetch ahead of their visitors, and are to ask again', () => {
    expect(told(lasting(120, { clicks: [20, 0], postbacks: [20, 0], prefetches: 200 }), 'Page')).toEqual([]);
  });

  test('by the one postback in three that fails at night', () => {
    expect(told([...lasting(60, {}), { postbacks: [3, 1] }, ...lasting(60, {})], 'Page')).toEqual([]);
  });

  test('by one postback in a hundred that fails for hours: it is a ticket', () => {
    const failing = lasting(360, { clicks: [200, 0], postbacks: [100, 1] });
    const minutes = [...lasting(60, { clicks: [200, 0], postbacks: [100, 0] }), ...failing];
    expect(told(minutes, 'Page')).toEqual([]);
    expect(told(minutes, 'Ticket')).toEqual([expect.stringMatching(/PostbacksFailingSlowly ALARM$/)]);
  });
});

test.each([15, 10, 6])('a small tracker whose %i postbacks an hour all fail pages once, within the hour', (anHour) => {
  const every = (failed: number) =>
    Array.from({ length: 120 }, (_, index): Minute => (index % (60 / anHour) === 0 ? { postbacks: [1, failed] } : {}));
  expect(told([...every(0), ...every(1)], 'Page')).toEqual([
    expect.stringMatching(/^\+[1-5]\d RequestsFailing ALARM$/),
  ]);
});
