import { emit, logTrouble } from '../adapters/metrics';
import { sourceMetric } from '../contract';
import * as metric from '../counters';
import type { Dispatched } from './dispatched';

/** Logs a batch of changes, and counts those that no source gets: by the source, where its document cannot be read. */
export function reportDispatched(records: number, dispatched: Dispatched): void {
  const { planned, queued, unplanned, failedFrom, failure } = dispatched;
  for (const { sequence, why, source } of unplanned)
    logTrouble('a change is not reported', new Error(why), { sequence, source });
  if (failedFrom !== undefined) logTrouble('changes are retried', failure, { failedFrom });
  const { length } = unplanned;
  if (planned + length > 0)
    emit(length > 0 ? { [metric.deliveryUnplanned]: length } : {}, { records, planned, queued });
  for (const [source, changes] of Map.groupBy(unplanned, (one) => one.source))
    emit({ [sourceMetric.deliveryNeedsPerson]: changes.length }, { source, unplanned: changes.length });
}
