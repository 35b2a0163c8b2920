/** What a report counts, in the order in which it is shown. */
export const metrics = [
  'clicks',
  'botClicks',
  'uniqueClicks',
  'conversions',
  'approved',
  'pending',
  'rejected',
  'reversed',
  'revenue',
  'revenueApproved',
  'cost',
  'profit',
  'roi',
  'cr',
  'epc',
  'cpc',
  'cpa',
  'medianSecondsToConversion',
] as const;

export type Metric = (typeof metrics)[number];

export function isMetric(name: string): name is Metric {
  return metrics.some((metric) => metric === name);
}

const ofCost: readonly Metric[] = ['cost', 'profit', 'roi', 'cpc', 'cpa'];

export interface Needs {
  readonly uniques: boolean;
  readonly costs: boolean;
  readonly median: boolean;
}

/** What has to be asked for the metrics of a report; clicks and conversions always are. */
export function needsOf(asked: readonly Metric[]): Needs {
  return {
    uniques: asked.includes('uniqueClicks'),
    costs: asked.some((metric) => ofCost.includes(metric)),
    median: asked.includes('medianSecondsToConversion'),
  };
}
