import { synthesized } from '../lib/synthesized';
import { MetricSamples, type Sample } from './evaluator/metric-samples';
import { simulate } from './evaluator/simulate';
import { alarmsOf } from './evaluator/template-alarms';
import { queriesOf } from './rehearsal/observe';

const minute = 60_000;
const hour = 60 * minute;
const deployed = Date.UTC(2026, 10, 23, 3, 10);
const alarms = alarmsOf(synthesized('prod').template.toJSON());

/** What rings, or calls for want of data, in the first hours of a stack whose watchdog runs at five past each hour, up to a moment. */
function rings(runsUntil: number, until: number, failing = false): readonly string[] {
  const runs = queriesOf(alarms).find(
    ({ name, dimensions }) => name === 'Errors' && /Watchdog/.test(Object.values(dimensions).join()),
  );
  if (runs === undefined) throw new Error('no alarm looks at the runs of the watchdog');
  const beats = Array.from({ length: 12 }, (_, index) => Date.UTC(2026, 10, 23, 4 + index, 5))
    .filter((at) => at < runsUntil)
    .map((at): Sample => ({
      ...runs,
      at,
      value: failing ? 3 : 0,
    }));
  const { notifications } = simulate(alarms, {
    from: deployed,
    until,
    samples: new MetricSamples(beats),
    quotas: { running: 1000 },
    begin: 'INSUFFICIENT_DATA',
  });
  return notifications
    .filter(({ to }) => to !== 'OK')
    .map(({ alarm, to, topic }) => `${alarm.replace(/^.*Alarms/, '')} ${to} > ${topic.replace(/^.*Topics?/, '')}`);
}

test('a new stack rings nobody in its first hours: there is no habit yet that anything could fall short of', () => {
  expect(rings(Infinity, deployed + 5 * hour)).toEqual([]);
});

test('a watchdog that stops after it ran once calls for want of its data', () => {
  expect(rings(deployed + 2 * hour, deployed + 10 * hour)).toEqual(['IntegrationsSilent INSUFFICIENT_DATA > Ticket']);
});

test('a watchdog whose every try fails calls, as one that is silent does', () => {
  expect(rings(Infinity, deployed + 5 * hour, true)).toEqual(['IntegrationsSilent ALARM > Ticket']);
});
