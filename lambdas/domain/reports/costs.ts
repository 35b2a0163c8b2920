import type { ConversionStatus } from '../values/status';
import type { Field } from './groups';

/** The clicks that a document of costs is about. */
export interface CostScope {
  /** The document that says so. */
  readonly id: string;
  /** The values by which a click belongs to them. */
  readonly match: readonly (readonly [field: Field, value: string])[];
  /** Quarters of UTC, both included. */
  readonly first: number;
  readonly last: number;
}

/** The spending on the clicks of a period, which replaces the costs in the clicks. */
export interface Spend extends CostScope {
  readonly millionths: bigint;
  readonly currency: string;
}

/** The conversions that a model pays for. */
interface PaidConversions {
  /** Any where there is none. */
  readonly event?: string;
  readonly statuses: readonly ConversionStatus[];
}

/** The payment for the clicks of a period: by the click, by the conversion, or by a share of its revenue. */
export type CostModel = CostScope &
  (
    | { readonly pays: 'click'; readonly millionths: bigint; readonly currency: string }
    | ({ readonly pays: 'conversion'; readonly millionths: bigint; readonly currency: string } & PaidConversions)
    /** The share in millionths: 300,000 are 30 %. */
    | ({ readonly pays: 'share'; readonly share: bigint } & PaidConversions)
  );

/** The team's documents of costs, as far as they concern a report. */
export interface Costs {
  /** Amounts that are spread over clicks of the period of the report. */
  readonly spends: readonly Spend[];
  /** The clicks that any amount covers: no model holds for those, even where they lie before the period. */
  readonly covered: readonly CostScope[];
  /** In the order in which they are tried for a click. */
  readonly models: readonly CostModel[];
}

export const noCosts: Costs = { spends: [], covered: [], models: [] };

export function paysForConversions(model: CostModel): boolean {
  return model.pays !== 'click';
}

/**
 * Models in the order in which the first that fits holds: who names more of a click or an event goes before who names less; of those
 * that name as much, the one that began later; then by ID.
 */
export function modelsInOrder(models: readonly CostModel[]): readonly CostModel[] {
  const named = (model: CostModel): number => model.match.length + ('event' in model ? 1 : 0);
  return models.toSorted(
    (left, right) => named(right) - named(left) || right.first - left.first || (left.id < right.id ? -1 : 1),
  );
}
