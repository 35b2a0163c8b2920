import { gauges, type MetricName } from '../../lambdas/contract';
import * as metric from '../../lambdas/counters';
import { counted } from '../counted';
import type { Picture } from './picture';
import { over, soon, type Trouble } from './trouble';
import { isOver, whenText } from './when';

interface Counted {
  readonly name: MetricName;
  readonly what: (count: number) => string;
  readonly next?: string;
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
    what: (count) => `${counted(count, 'source')} suspended: deliveries wait, none is dropped`,
    next: 'tracker source list',
    section: 'deliveries-failing',
  },
  {
    name: metric.deliveryExhausted,
    what: (count) => `Deliveries given up after three days: ${count}`,
    next: 'tracker source list',
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
export function unwatchedTroubles({ alarmsWatched, occurrences, counts, at }: Picture): readonly Trouble[] {
  if (alarmsWatched > 0) return [];
  return watched.flatMap(({ name, what, next, section }) => {
    const found = occurrences[name];
    if (found === undefined) return [];
    const count = gauges.includes(name) ? (counts[60][name] ?? 0) : found.count;
    const means = { ...(next !== undefined && { next }), runbook: `docs/runbook.md#${section}` };
    return [
      (isOver(found, at) && !gauges.includes(name) ? over : soon)(`${what(count)}, ${whenText(found, at)}.`, means),
    ];
  });
}
