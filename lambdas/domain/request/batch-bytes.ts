import { BudgetExceeded, ReadingBudget } from '../text/budget';
import { inflate } from '../text/inflate';
import { maximumBatchBytes } from './batch';

/**
 * The bytes of a batch before it was compressed: what a second sending of it has in common with the first.
 * @returns `undefined` where they are more than a batch may have
 */
export function inflateBatch(bytes: Uint8Array, encoding: string | undefined): Uint8Array | undefined {
  try {
    return inflate(bytes, encoding, new ReadingBudget(), maximumBatchBytes);
  } catch (error) {
    if (error instanceof BudgetExceeded) return undefined;
    throw error;
  }
}
