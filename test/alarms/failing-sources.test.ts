import { unknownSource } from '../../lambdas/contract';
import { reportDelivered } from '../../lambdas/deliver/report';
import { reportDispatched } from '../../lambdas/dispatch/report';
import { capturedLines, type CapturedLines } from '../lambdas/adapters/support/captured-lines';
import { settled } from '../lambdas/deliver/settled';
import { synthesized } from '../lib/synthesized';
import { MetricSamples, type Sample } from './evaluator/metric-samples';
import { simulate } from './evaluator/simulate';
import { alarmsOf } from './evaluator/template-alarms';
import { embeddedSamples } from './rehearsal/embedded-samples';

// The lines that the functions write go to the alarm of the template, as CloudWatch reads both.
const minute = 60_000;
const begin = Date.UTC(2026, 10, 23, 3);
const alarms = alarmsOf(synthesized('prod').template.toJSON()).filter(({ name }) => name.endsWith('DeliveriesFailing'));

let lines: CapturedLines;
beforeEach(() => {
  process.env['STAGE'] = 'prod';
  lines = capturedLines();
});
afterEach(() => lines.end());

/** What is counted by lines that come at a minute. */
function samplesAt(at: number, write: () => void): readonly Sample[] {
  lines.clear();
  write();
  return lines.records
    .filter(({ _aws: embedded }) => embedded !== undefined)
    .flatMap((record) => embeddedSamples(record).map((sample) => ({ ...sample, at: begin + at * minute })));
}

const suspended = (source: string) => (): void => reportDelivered(settled(source, 'held', 'suspended'));

const unplanned =
  (...sources: readonly (string | undefined)[]) =>
  (): void =>
    reportDispatched(sources.length, {
      planned: 0,
      queued: 0,
      unplanned: sources.map((source, index) => ({ sequence: String(index), why: 'it cannot be read', source })),
      failedFrom: undefined,
      failure: undefined,
    });

/** Who was told what of whom: `+7 ALARM news > ticket`. */
function told(...samples: readonly (readonly Sample[])[]): readonly string[] {
  const { notifications } = simulate(alarms, {
    from: begin,
    until: begin + 60 * minute,
    samples: new MetricSamples(samples.flat()),
  });
  return notifications.map(
    ({ at, to, contributor, topic }) =>
      `+${(at - begin) / minute} ${to} ${contributor} > ${topic.replace(/^.*Topics?/, '').toLowerCase()}`,
  );
}

test('two sources that are suspended are named each, the second one though the alarm rings already', () => {
  expect(told(samplesAt(5, suspended('news')), samplesAt(8, suspended('push.ads')))).toEqual([
    '+7 ALARM news > ticket',
    '+10 ALARM push.ads > ticket',
    expect.stringMatching(/^\+\d+ OK news > ticket$/),
    expect.stringMatching(/^\+\d+ OK push\.ads > ticket$/),
  ]);
});

test('changes that cannot be planned ring: for the source whose document cannot be read, or for none', () => {
  const both = told(samplesAt(5, unplanned('news', undefined, 'news')));
  expect(both.filter((one) => one.includes('ALARM'))).toEqual([
    '+7 ALARM news > ticket',
    `+7 ALARM ${unknownSource} > ticket`,
  ]);
});

test('a stage does not ring for the sources of another', () => {
  const samples = samplesAt(5, suspended('news')).map((sample) => ({
    ...sample,
    dimensions: { ...sample.dimensions, Stage: 'staging' },
  }));
  expect(told(samples)).toEqual([]);
});

test('no source in trouble: nothing to find, and nobody is called', () => {
  expect(told()).toEqual([]);
});
