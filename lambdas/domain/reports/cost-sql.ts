import { paysForConversions, type CostModel, type CostScope, type Costs } from './costs';
import { literal } from './sql-text';

/** Whether a click, or the click of a conversion, is one that a document of costs is about. */
function scopeCondition({ match, first, last }: CostScope): string {
  const dimensions = match.map(([field, value]) => `coalesce(${field}, '') = ${literal(value)}`);
  return [`click_quarter between ${first} and ${last}`, ...dimensions].join(' and ');
}

/** The number of an amount of a period, which takes the place of every model. */
const coveredCharge = 0;

/** The number by which the answer names a model. */
export function chargeOf(index: number): number {
  return index + 1;
}

/** Returns the SQL for the number of the document that defines the cost of a click; null where only the click itself has one. */
export function clickCharge({ covered, models }: Costs): string {
  return chargeSql(covered, models, scopeCondition);
}

/** The same for a conversion: a model for one event holds for no other. */
export function conversionCharge({ covered, models }: Costs): string {
  return chargeSql(covered, models, (model) =>
    [scopeCondition(model), ...('event' in model ? [`event = ${literal(model.event ?? '')}`] : [])].join(' and '),
  );
}

function chargeSql(
  covered: readonly CostScope[],
  models: readonly CostModel[],
  conditionOf: (model: CostModel) => string,
): string {
  const cases = [
    ...covered.map((scope) => `when ${scopeCondition(scope)} then ${coveredCharge}`),
    ...models.map((model, index) => `when ${conditionOf(model)} then ${chargeOf(index)}`),
  ];
  return cases.length === 0 ? 'cast(null as bigint)' : `case ${cases.join(' ')} end`;
}

/**
 * Returns the SQL for the cost of a click by its charge: its own cost without a document, and none where an amount is spread or conversions
 * are paid.
 */
export function clickCost(models: readonly CostModel[]): { readonly cost: string; readonly currency: string } {
  const priced = models.flatMap((model, index) => (model.pays === 'click' ? [{ ...model, index }] : []));
  const choose = (own: string, valueOf: (model: (typeof priced)[number]) => string): string => {
    const cases = priced.map((model) => `when charge = ${chargeOf(model.index)} then ${valueOf(model)}`);
    return `case when charge is null then ${own} ${cases.join(' ')} end`;
  };
  return {
    cost: choose('cost', ({ millionths }) => `cast(${millionths} as bigint)`),
    currency: choose('cost_currency', ({ currency }) => literal(currency)),
  };
}

/** The model that a conversion is paid by, with the currency of its revenue; null where none pays it. */
export function paidBy(models: readonly CostModel[]): string {
  const cases = models.flatMap((model, index) => {
    if (model.pays === 'click') return [];
    const isPaid = `charge = ${chargeOf(index)} and status in (${model.statuses.map(literal).join(', ')})`;
    return [`when ${isPaid} then '${chargeOf(index)} ' || coalesce(currency, '')`];
  });
  return `case when bot then null ${cases.join(' ')} end`;
}

export function areConversionsPaid({ models }: Costs): boolean {
  return models.some(paysForConversions);
}
