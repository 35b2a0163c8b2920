import { gauges, type MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { counted } from '../counted';
import type { Picture } from './picture';
import { over, soon, type Trouble } from './trouble';
import { isOver, whenText } from './when';

interface Counted {
  readonly name: MetricName;
  /** What was counted, and the sources for which it was: ` (news, mail)`. */
  readonly what: (count: number, whom: string) => string;
  readonly next?: string;
  /** The command for one source, where records name it. */
  readonly nextOf?: (source: string) => string;
  /** Counted once, it lasts. */
  readonly lasts?: true;
  readonly section: string;
}

/** Counters with an alarm in AWS, each with the alarm's section in the runbook. */
const watched: readonly Counted[] = [
  {
    name: metric.logRowLost,
    what: (count) => `Rows of the postback log were lost: ${count}`,
    section: 'log-rows-lost',
  },
  {
    name: metric.silentIntegrations,
    what: (count) => `${counted(count, 'integration')} sent nothing, or amounts that are not read`,
    next: 'tracker integration list',
    section: 'integrations-silent',
  },
  {
    name: metric.sourceSuspended,
    what: (count, whom) => `${counted(count, 'source')} suspended${whom}: deliveries wait, none is dropped`,
    next: 'tracker source list',
    nextOf: (source) => `tracker source health ${source}`,
    lasts: true,
    section: 'deliveries-failing',
  },
  {
    name: metric.deliveryExhausted,
    what: (count, whom) => `Deliveries given up after three days: ${count}${whom}`,
    next: 'tracker source list',
    nextOf: (source) => `tracker deliveries search --source ${source} --state exhausted`,
    section: 'deliveries-failing',
  },
  {
    name: metric.deliveryUnplanned,
    what: (count) => `Changes that no traffic source gets, since they cannot be read: ${count}`,
    section: 'deliveries-failing',
  },
  {
    name: metric.factsUncounted,
    what: (count) => `Changes that no report counts, since they cannot be read: ${count}`,
    section: 'facts-uncounted',
  },
];

/** Returns the troubles that a deployed stage's alarms report: a local stack has no alarms. */
export function unwatchedTroubles({
  alarmsWatched,
  occurrences,
  counts,
  sources = {},
  at,
}: Picture): readonly Trouble[] {
  if (alarmsWatched > 0) return [];
  return watched.flatMap(({ name, what, next: usual, nextOf, lasts, section }) => {
    const found = occurrences[name];
    if (found === undefined) return [];
    const count = gauges.includes(name) ? (counts[60][name] ?? 0) : found.count;
    const ended = isOver(found, at) && lasts !== true;
    const whose = sources[name] ?? [];
    const [latest] = whose;
    const next = latest === undefined ? usual : (nextOf?.(latest) ?? usual);
    const means = { ...(next !== undefined && { next }), runbook: `docs/runbook.md#${section}` };
    const say = ended && !gauges.includes(name) ? over : soon;
    return [say(`${what(count, whomText(whose))}, ${whenText(found, at, ended)}.`, means)];
  });
}

/** Maximum sources named: more make an unreadable sentence. */
const named = 3;

function whomText(sources: readonly string[]): string {
  if (sources.length === 0) return '';
  const more = sources.length > named ? ` and ${sources.length - named} more` : '';
  return ` (${sources.slice(0, named).join(', ')}${more})`;
}
