import type { Group } from '../../../../lambdas/domain/reports/groups';
import type { Measure } from '../../../../operator/report/ask-report';
import { countText, percentText, stretchText } from '../../parts/format';
import { Amount, Unknown } from '../../parts/text';

export const metricNames: Readonly<Record<string, string>> = {
  clicks: 'Clicks',
  conversions: 'Conversions',
  cr: 'CR',
  revenue: 'Revenue',
  cost: 'Cost',
  profit: 'Profit',
  roi: 'ROI',
  epc: 'EPC',
};

export const groupNames: Readonly<Partial<Record<Group, string>>> = {
  campaign: 'Campaign',
  offer: 'Offer',
  source: 'Source',
  integration: 'Integration',
  event: 'Event',
  status: 'Status',
  country: 'Country',
  device: 'Device',
  os: 'System',
  browser: 'Browser',
  day: 'Day',
  hour: 'Hour',
  hourOfDay: 'Hour of the day',
  weekday: 'Weekday',
  week: 'Week',
  month: 'Month',
};

/** A measure: money for each currency separately, ratios as percent, and a dash where there is nothing to divide by. */
export function Value({ of: measure, metric }: { readonly of: Measure; readonly metric: string }) {
  if (measure === undefined || measure === null) return <Unknown why="nothing to count it from" />;
  if (typeof measure === 'number') return <span class="number">{numberText(metric, measure)}</span>;
  const amounts = Object.entries(measure);
  if (amounts.length === 0) return <span class="quiet">none</span>;
  return (
    <>
      {amounts.map(([currency, amount]) => (
        <div key={currency}>
          <Amount amount={amount} currency={currency} />
        </div>
      ))}
    </>
  );
}

function numberText(metric: string, value: number): string {
  if (metric === 'cr' || metric === 'roi') return percentText(value);
  return metric === 'medianSecondsToConversion' ? stretchText(value) : countText(value);
}
