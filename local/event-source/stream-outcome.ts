import type { InvocationResult } from '../lambda/environment';
import { isObject, type JsonObject, parseJson } from '../json';
import type { StreamSourceModel } from '../template/model';
import { readBatchFailures } from './batch-failures';

/** What a function made of a batch. */
export interface BatchOutcome {
  /** How many records from the beginning on are done: all of them where nothing failed. */
  readonly done: number;
  /** Whether anything of it comes again. */
  readonly failed: boolean;
  /** The window's state after it. */
  readonly state: JsonObject;
  /** Why Lambda takes an answer for a failure that the function did not mean as one. */
  readonly complaint?: string;
}

/**
 * Reads an answer. Of failed items the first counts: everything from it on comes again, in order.
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
