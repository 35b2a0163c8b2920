import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesized } from '../lib/synthesized';
import { MetricSamples, type MetricQuery, type Sample } from './evaluator/metric-samples';
import { simulate } from './evaluator/simulate';
import { alarmsOf } from './evaluator/template-alarms';
import { queriesOf } from './rehearsal/observe';

// What only AWS measures, or only after days: no stack on one machine can live through it.
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const begin = Date.UTC(2026, 10, 23);

const alarms = alarmsOf(synthesized('prod').template.toJSON());
const nameOf = (logicalName: string): string => logicalName.replace(/^.*Alarms/, '');

interface Trouble {
  readonly metric: string;
  /** The part of a dimension that tells whose metric it is. */
  readonly of?: string;
  readonly every: number;
  readonly lasting: number;
  readonly usual: number;
  readonly bad: number;
}

function queryFor(all: readonly MetricQuery[], { metric, of = '' }: Trouble): MetricQuery {
  const found = all.find(({ name, dimensions }) => name === metric && Object.values(dimensions).join().includes(of));
  if (found === undefined) throw new Error(`no alarm looks at ${metric} of ${of}`);
  return found;
}

/** What one alarm tells of a metric that is as usual, then bad, and then as usual again. */
function told(alarm: string, trouble: Trouble): readonly string[] {
  const only = alarms.filter(({ name }) => nameOf(name) === alarm);
  const query = queryFor(queriesOf(only), trouble);
  const { every, lasting, usual, bad } = trouble;
  const end = 3 * lasting;
  const samples = Array.from({ length: end / every }, (_, index): Sample => {
    const at = index * every;
    return { ...query, at: begin + at, value: at >= lasting && at < 2 * lasting ? bad : usual };
  });
  const { notifications } = simulate(only, {
    from: begin + every,
    until: begin + end,
    samples: new MetricSamples(samples),
    quotas: { running: 1000 },
  });
  return notifications.map(({ to, topic }) => `${to} > ${topic.replace(/^.*Topics?/, '').toLowerCase()}`);
}

const troubles: readonly (readonly [alarm: string, severity: string, trouble: Trouble])[] = [
  [
    'ConcurrencyNearLimit',
    'ticket',
    { metric: 'ConcurrentExecutions', every: minute, lasting: hour, usual: 90, bad: 900 },
  ],
  [
    'FunctionsNearTimeout',
    'ticket',
    { metric: 'Duration', of: 'Click', every: minute, lasting: hour, usual: 20, bad: 5_500 },
  ],
  ['RequestsThrottled', 'ticket', { metric: 'RequestsThrottled', every: minute, lasting: hour, usual: 0, bad: 50 }],
  [
    'RetriesStuck',
    'ticket',
    { metric: 'ApproximateNumberOfMessagesVisible', of: 'RetryQueue', every: minute, lasting: hour, usual: 0, bad: 9 },
  ],
  [
    'RetriesExpiring',
    'page',
    {
      metric: 'ApproximateAgeOfOldestMessage',
      of: 'RetryQueue',
      every: minute,
      lasting: 6 * hour,
      usual: 60,
      bad: 100_000,
    },
  ],
  // One message that SQS does not count any more, and that is tried each half hour.
  [
    'RetriesExpiring',
    'page',
    { metric: 'RetryWaitSeconds', every: 30 * minute, lasting: 6 * hour, usual: 60, bad: 100_000 },
  ],
  [
    'DeadLettersExpiring',
    'page',
    {
      metric: 'ApproximateNumberOfMessagesVisible',
      of: 'DeadLetterQueue',
      every: hour,
      lasting: 10 * day,
      usual: 0,
      bad: 1,
    },
  ],
];

const deliveryTroubles: typeof troubles = [
  [
    'DispatchingStopped',
    'page',
    { metric: 'IteratorAge', of: 'Dispatch', every: minute, lasting: hour, usual: 500, bad: 22_000_000 },
  ],
  [
    'DeliveriesLate',
    'ticket',
    { metric: 'ApproximateAgeOfOldestMessage', of: 'Outbound', every: minute, lasting: hour, usual: 2, bad: 1000 },
  ],
  [
    'DeliveriesDeadLettered',
    'ticket',
    {
      metric: 'ApproximateNumberOfMessagesVisible',
      of: 'OutboundDeadLetterQueue',
      every: minute,
      lasting: hour,
      usual: 0,
      bad: 1,
    },
  ],
];

const reportTroubles: typeof troubles = [
  ['CountingLate', 'ticket', { metric: 'IteratorAge', every: minute, lasting: hour, usual: 60_000, bad: 900_000 }],
  ['CountingStopped', 'page', { metric: 'IteratorAge', every: minute, lasting: hour, usual: 60_000, bad: 3_700_000 }],
  ['FactsUncounted', 'ticket', { metric: 'FactsUncounted', every: minute, lasting: hour, usual: 0, bad: 1 }],
  [
    'CompactionFailing',
    'info',
    { metric: 'Errors', of: 'Compact', every: 15 * minute, lasting: 6 * hour, usual: 0, bad: 1 },
  ],
];

test('a run of compaction that fails once calls nobody', () => {
  const once = { metric: 'Errors', of: 'Compact', every: 15 * minute, lasting: 15 * minute, usual: 0, bad: 1 };
  expect(told('CompactionFailing', once)).toEqual([]);
});

test.each([...troubles, ...deliveryTroubles, ...reportTroubles])(
  '%s rings once as a %s, and clears',
  (alarm, severity, trouble) => {
    expect(told(alarm, trouble)).toEqual([`ALARM > ${severity}`, `OK > ${severity}`]);
  },
);

test('no alarm is left that nothing rehearses', () => {
  const rehearsed = ['rehearsals.test.ts', 'failing-sources.test.ts', '../lib/monitoring/incidents.test.ts']
    .map((file) => readFileSync(join(__dirname, file), 'utf8'))
    .join('\n');
  const names = alarms.filter(({ actions }) => actions.alarm.length > 0).map(({ name }) => nameOf(name));
  const here = [...troubles, ...deliveryTroubles, ...reportTroubles].map(([alarm]) => alarm);

  expect(names.filter((name) => !here.includes(name) && !new RegExp(`\\b${name}\\b`).test(rehearsed))).toEqual([]);
});
