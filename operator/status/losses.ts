import type { MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { counted } from '../counted';
import type { FailingFunction, Occurrences, Picture } from './picture';
import { now, over, soon, type Trouble } from './trouble';
import { isOver, whenText } from './when';

/** Seconds of waiting after which a message is more than a late click. */
const oldRetrySeconds = 3600;

/** Clicks and postbacks of the last hour that were lost, rejected by storage, or ended by a failing function. */
export function lossTroubles(picture: Picture): readonly Trouble[] {
  return [
    ...functionTroubles(picture),
    ...losses.flatMap((loss) => lossTrouble(picture, loss)),
    ...storageTroubles(picture),
    ...stuckTroubles(picture),
  ];
}

interface Loss {
  readonly name: MetricName;
  readonly present: string;
  readonly past: string;
  readonly what: (count: number) => string;
  /** The action of the people concerned. */
  readonly duty?: string;
  readonly next?: string;
  readonly section: string;
}

const losses: readonly Loss[] = [
  {
    name: metric.postbackFailed,
    present: 'Neither table nor queue takes postbacks',
    past: 'Neither table nor queue took postbacks',
    what: (count) => `${count} got 503`,
    duty: 'Their senders must send them again.',
    next: 'tracker postbacks search --result error --since 1h',
    section: 'postbacks-failing',
  },
  {
    name: metric.clickLost,
    present: 'Clicks are being lost',
    past: 'Clicks were lost',
    what: (count) => `${count} redirected and not stored`,
    section: 'clicks-failing',
  },
  {
    name: metric.clickFailed,
    present: 'Visitors see an error',
    past: 'Visitors saw an error',
    what: (count) => `${counted(count, 'click')} without a redirect`,
    section: 'clicks-failing',
  },
];

function lossTrouble(picture: Picture, { name, present, past, what, duty, next, section }: Loss): readonly Trouble[] {
  const found = picture.occurrences[name];
  if (found === undefined) return [];
  const ended = isOver(found, picture.at);
  const sentence = `${ended ? past : present}: ${what(found.count)} ${whenText(found, picture.at)}.`;
  const means = { ...(next !== undefined && { next }), runbook: sectionOf(section) };
  return [(ended ? over : now)(duty === undefined ? sentence : `${sentence} ${duty}`, means)];
}

/** The sections of the runbook for functions that fail, most urgent first; visitors and senders notice the first three. */
const sections: Readonly<Record<string, string>> = {
  Click: 'clicks-failing',
  Postback: 'postbacks-failing',
  Visitor: 'postbacks-failing',
  Retry: 'retry-function-errors',
  Dispatch: 'dispatching-stopped',
  Deliver: 'deliveries-late',
  Count: 'counting-late',
  Admin: 'api-server-errors',
  Watchdog: 'integrations-silent',
  Compact: 'compaction-failing',
};
const facing = ['Click', 'Postback', 'Visitor'];

function functionTroubles(picture: Picture): readonly Trouble[] {
  const { failingFunctions, serverErrors, at } = picture;
  const byUrgency = Object.keys(sections).flatMap((name) => failingFunctions.filter((one) => one.function === name));
  const others = failingFunctions.filter((one) => !byUrgency.includes(one));
  const found = [...byUrgency, ...others].map((one) => functionTrouble(one, at));
  if (serverErrors === undefined || [...facing, 'Admin'].some((name) => byUrgency.some((one) => one.function === name)))
    return found;
  const ended = isOver(serverErrors, at);
  const sentence = `The API ${ended ? 'answered' : 'answers'} 5xx: ${counted(serverErrors.count, 'request')} ${whenText(serverErrors, at)}.`;
  return [...found, (ended ? over : soon)(sentence, { runbook: sectionOf('api-server-errors') })];
}

function functionTrouble(failing: FailingFunction, at: string): Trouble {
  const { function: name, count } = failing;
  const ended = isOver(failing, at);
  const sentence = `The function ${name} ${ended ? 'failed' : 'is failing'}: ${counted(count, 'error')} ${whenText(failing, at)}.`;
  return (ended ? over : facing.includes(name) ? now : soon)(sentence, {
    runbook: sectionOf(sections[name] ?? 'api-server-errors'),
  });
}

/** Writes that a table rejected and the queue accepted: nothing is lost. */
function storageTroubles({ occurrences, queues: { retry }, at }: Picture): readonly Trouble[] {
  const postbacks = occurrences[metric.postbackQueued];
  const clicks = occurrences[metric.clickQueued];
  const queued = bothOf(postbacks, clicks);
  if (queued === undefined) return [];
  const what = [
    ...(postbacks === undefined ? [] : [counted(postbacks.count, 'postback')]),
    ...(clicks === undefined ? [] : [counted(clicks.count, 'click')]),
  ].join(' and ');
  const ended = isOver(queued, at);
  const holds = retry === 0 ? 'The retry queue is empty again.' : `The retry queue holds ${retry}.`;
  const sentence = `Storage ${ended ? 'rejected' : 'rejects'} writes: ${what} queued ${whenText(queued, at)}. ${holds}`;
  const say = ended && retry === 0 ? over : !ended && retry > 0 ? now : soon;
  return [
    say(sentence, {
      next: 'tracker postbacks search --result queued --since 1h',
      runbook: sectionOf('events-queued'),
    }),
  ];
}

function bothOf(one: Occurrences | undefined, other: Occurrences | undefined): Occurrences | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    count: one.count + other.count,
    first: one.first < other.first ? one.first : other.first,
    last: one.last > other.last ? one.last : other.last,
  };
}

function stuckTroubles({ queues: { retry, oldestRetrySeconds = 0 } }: Picture): readonly Trouble[] {
  if (oldestRetrySeconds <= oldRetrySeconds) return [];
  const hours = Math.round(oldestRetrySeconds / 360) / 10;
  return [
    now(`The retry queue does not move: it holds ${retry}, the oldest for ${hours} hours.`, {
      next: 'tracker postbacks search --result queued --since 1h',
      runbook: sectionOf('retries-stuck'),
    }),
  ];
}

function sectionOf(section: string): string {
  return `docs/runbook.md#${section}`;
}
