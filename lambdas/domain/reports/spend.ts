import type { Field } from './groups';

/** What was spent on the clicks of a period, beyond or instead of what the clicks say themselves. */
export interface Spend {
  /** The document that says so. */
  readonly id: string;
  /** What a click must have to be one that it was spent on; the campaign is always among them. */
  readonly match: readonly (readonly [field: Field, value: string])[];
  /** Quarters of UTC, both included. */
  readonly first: number;
  readonly last: number;
  readonly millionths: bigint;
  readonly currency: string;
}
