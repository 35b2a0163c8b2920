import { createHash } from 'node:crypto';
import { matchedFields, type Cost } from '../configuration/cost';
import type { Rate } from '../configuration/rate';
import { millionthsOf } from '../values/amount';
import type { DayRates } from './conversion-rates';
import { modelsInOrder, paysForConversions, type CostModel, type Costs, type CostScope, type Spend } from './costs';
import type { ReportQuery } from './report-query';
import { startOfDay } from './zone-segments';

const dayMilliseconds = 86_400_000;

const usualStatuses = ['approved', 'pending'] as const;

/** No day is later: a model without an end holds until then. */
const lastDay = '2099-12-31';

/** A document of costs as reports read it: an amount that is spread, or a model. Throws where a field is missing that its schema asks for. */
function readCostDocument(id: string, cost: Cost): { readonly spend: Spend } | { readonly model: CostModel } {
  const scope = scopeOf(id, cost);
  const { model, event, statuses = usualStatuses } = cost;
  const paid = { ...(event !== undefined && { event }), statuses };
  switch (model) {
    case undefined:
      return { spend: { ...scope, ...priceOf(cost) } };
    case 'cpc':
      return { model: { ...scope, pays: 'click', ...priceOf(cost) } };
    case 'cpm': {
      const { millionths, currency } = priceOf(cost);
      return { model: { ...scope, pays: 'click', millionths: millionths / 1000n, currency } };
    }
    case 'cpa':
      return { model: { ...scope, pays: 'conversion', ...priceOf(cost), ...paid } };
    case 'revshare':
      // A millionth of a percent is a hundred-millionth: percentages have four digits, so that nothing is cut.
      return { model: { ...scope, pays: 'share', share: millionthsOf(given(cost.percent)) / 100n, ...paid } };
  }
}

function scopeOf(id: string, cost: Cost): CostScope {
  const { timezone = 'UTC', from, to = lastDay } = cost;
  return {
    id,
    match: matchedFields.flatMap((field) => {
      const value = cost[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
    first: startOfDay(dayOf(from), timezone),
    last: startOfDay(dayOf(to) + 1, timezone) - 1,
  };
}

function priceOf({ amount, currency }: Cost): { readonly millionths: bigint; readonly currency: string } {
  return { millionths: millionthsOf(given(amount)), currency: given(currency) };
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a document of costs lacks a field that its schema asks for');
  return value;
}

/**
 * The documents that concern a report by the time of its clicks. Conversions that are counted on another date may have clicks from long
 * before, for which a model of that time holds.
 */
export function costsOf(
  documents: readonly { readonly id: string; readonly document: Cost }[],
  { first, last, by }: Pick<ReportQuery, 'first' | 'last' | 'by'>,
): Costs {
  const read = documents.map(({ id, document }) => readCostDocument(id, document));
  const started = (scope: CostScope): boolean => scope.first <= last;
  const meets = (scope: CostScope): boolean => started(scope) && scope.last >= first;
  const spends = read.flatMap((one) => ('spend' in one ? [one.spend] : []));
  const models = read.flatMap((one) =>
    'model' in one && (by === 'click' ? meets : started)(one.model) ? [one.model] : [],
  );
  return {
    spends: spends.filter(meets),
    covered: spends.filter(models.some(paysForConversions) && by !== 'click' ? started : meets),
    models: modelsInOrder(models),
  };
}

export function dayRatesOf({ base, days }: Rate): readonly DayRates[] {
  return Object.entries(days).map(([day, rates]) => ({ day: dayOf(day), base, rates }));
}

function dayOf(date: string): number {
  return Date.parse(date) / dayMilliseconds;
}

/** Names the costs and rates that a report was made with; empty where there are none. */
export function markOf({ spends, covered, models }: Costs, rates: readonly DayRates[]): string {
  if ([spends, covered, models, rates].every((list) => list.length === 0)) return '';
  const text = JSON.stringify([spends, covered, models, rates], (_name, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
