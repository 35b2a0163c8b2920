import { isConversionField } from './groups';
import { currenciesOf } from './measures';
import { decimalsOf, noCurrency } from './money';
import type { ReportQuery } from './report-query';
import type { Tallies } from './tally';

/** Returns the notes that a reader needs to understand the numbers, in sentences. */
export function reportNotes(
  query: ReportQuery,
  { rows, total, unspent, hasPaid }: Tallies,
  hasOther: boolean,
): readonly string[] {
  const asks = (...metrics: readonly string[]): boolean => query.metrics.some((metric) => metrics.includes(metric));
  const asksCost = asks('cost', 'profit', 'roi', 'cpc', 'cpa');
  const asksConversionField = query.groups.some(isConversionField);
  const filtersConversionField = query.filters.some(({ field }) => isConversionField(field));
  const notes: (string | false)[] = [
    query.by !== 'click' && 'Clicks and costs are counted on the date of the click.',
    asksConversionField && 'A click has no event and no status: clicks and costs are in the row where these are empty.',
    filtersConversionField && 'The filter on event or status holds for conversions only; clicks and costs are of all.',
    asksCost &&
      hasPaid &&
      (query.by !== 'click' || asksConversionField || filtersConversionField) &&
      'What a model pays for conversions is counted with these conversions.',
    query.groups.length > 0 &&
      asks('uniqueClicks', 'medianSecondsToConversion') &&
      'Unique clicks and medians do not add up: those of the total are computed by themselves.',
    asks('uniqueClicks') &&
      total.unmarkedClicks > 0 &&
      `Unique clicks omit ${counted(total.unmarkedClicks, 'click')} whose visitor is not known.`,
    hasOther &&
      asks('uniqueClicks', 'medianSecondsToConversion') &&
      'The row of all others has no unique clicks and no median.',
    asks('roi') &&
      [total, ...rows].some((tally) => currenciesOf(tally).length > 1) &&
      'ROI is empty where there are several currencies: choose one currency for all money.',
    asksCost &&
      total.unreadableCosts > 0 &&
      `Not included: the cost of ${counted(total.unreadableCosts, 'click')}, which could not be read.`,
    total.botConversions !== 0 &&
      `Not included: ${counted(total.botConversions, 'conversion')} of clicks that look like bots.`,
    ...notConvertedNotes(query, total),
    (total.money.approved.has(noCurrency) || total.money.pending.has(noCurrency)) &&
      `Some revenue has no currency (${noCurrency}): set the currency of its integration for what comes later.`,
    asksCost &&
      total.money.cost.has(noCurrency) &&
      `Some costs have no currency (${noCurrency}): set cost.currency of their source.`,
    ...unspent.map((id) => `The cost "${id}" is not included: no click of its period matches it.`),
  ];
  return notes.filter((note) => note !== false);
}

function notConvertedNotes(query: ReportQuery, { notConverted }: Tallies['total']): readonly string[] {
  const names = { approved: 'approved revenue', pending: 'pending revenue', cost: 'cost' } as const;
  return (['approved', 'pending', 'cost'] as const).flatMap((purse) =>
    Object.entries(decimalsOf(notConverted[purse])).map(
      ([currency, amount]) =>
        `Not converted: ${amount} ${currency} of ${names[purse]}. Import rates from ${currency} into ${query.currency ?? ''} for its days.`,
    ),
  );
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
