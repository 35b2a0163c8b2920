import type { InvocationResult } from '../lambda/environment';
import { isObject, type JsonObject, parseJson } from '../json';
import type { StreamSourceModel } from '../template/model';
import { readBatchFailures } from './batch-failures';

/** The outcome of a batch. */
export interface BatchOutcome {
  /** Number of leading records that are done: all where nothing failed. */
  readonly done: number;
  /** Whether any record must be retried. */
  readonly failed: boolean;
  /** The window's state after it. */
  readonly state: JsonObject;
  /** The reason for which Lambda treats an answer as a failure that the function did not intend. */
  readonly complaint?: string;
}

/**
 * Reads an answer. The first failed item counts: all records from it on are retried in order.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function readBatchOutcome(
  { payload, failed }: InvocationResult,
  sequenceNumbers: readonly string[],
  source: Pick<StreamSourceModel, 'reportsBatchItemFailures' | 'tumblingWindowSeconds'>,
  stateBefore: JsonObject,
): BatchOutcome {
  const failure = { done: 0, failed: true, state: stateBefore };
  if (failed) return failure;
  const failures = source.reportsBatchItemFailures ? readBatchFailures(payload, sequenceNumbers) : [];
  if (failures === 'all') return failure;
  const first = sequenceNumbers.findIndex((number) => failures.includes(number));
  const done = first < 0 ? sequenceNumbers.length : first;
  const outcome = { done, failed: done < sequenceNumbers.length };
  if (source.tumblingWindowSeconds === undefined) return { ...outcome, state: stateBefore };
  const answer = parseJson(payload);
  const state = isObject(answer) ? answer['state'] : undefined;
  if (!isObject(state)) {
    return {
      ...failure,
      complaint: 'its answer has no "state": with a tumbling window Lambda takes that as a failure',
    };
  }
  return { ...outcome, state };
}
