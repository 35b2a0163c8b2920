import * as metric from '../../lambdas/counters';
import type { FlowMeasured } from '../measured';

const samples = 3;

export interface FlowSample {
  readonly flow: FlowMeasured;
  /** Lines of the retry function about messages that it could not settle. */
  readonly troubles: readonly string[];
}

/**
 * Measures a flow through the queue until no message of a sample came back. On a busy machine storage may answer a few calls too late, and
 * what is tried again then is no part of the flow.
 */
export async function undisturbed(name: string, sample: () => Promise<FlowSample>): Promise<FlowMeasured> {
  let last: FlowSample | undefined;
  for (let taken = 0; taken < samples; taken += 1) {
    last = await sample();
    if (!last.flow.metrics.includes(metric.retryWaitSeconds)) return last.flow;
  }
  throw new Error(
    `Queued messages came back in each of ${samples} samples of ${name}; measure on a machine with less load. ` +
      `The retry function says: ${last?.troubles[0] ?? 'nothing'}`,
  );
}
