/** The metrics of a report, in the order in which they are shown. */
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
  'under1Minute',
  'under5Minutes',
  'under1Hour',
  'under1Day',
  'under7Days',
] as const;

export type Metric = (typeof metrics)[number];

export function isMetric(name: string): name is Metric {
  return metrics.some((metric) => metric === name);
}

/** Shares of conversions by how soon they come after the click: in less than so many seconds. */
export const soonerThan = {
  under1Minute: 60,
  under5Minutes: 300,
  under1Hour: 3600,
  under1Day: 86_400,
  under7Days: 604_800,
} as const satisfies Partial<Record<Metric, number>>;
type TimeShare = keyof typeof soonerThan;

export const timeShares: readonly TimeShare[] = [
  'under1Minute',
  'under5Minutes',
  'under1Hour',
  'under1Day',
  'under7Days',
];

/** Whether a metric is a share or a rate, which people read as percent. */
export function isRatio(metric: string): boolean {
  return metric === 'cr' || metric === 'roi' || Object.hasOwn(soonerThan, metric);
}

const ofCost: readonly Metric[] = ['cost', 'profit', 'roi', 'cpc', 'cpa'];

export interface Needs {
  readonly uniques: boolean;
  readonly costs: boolean;
  readonly median: boolean;
  readonly timeShares: boolean;
}

/** Returns the queries that the metrics of a report need; clicks and conversions are always queried. */
export function needsOf(asked: readonly Metric[]): Needs {
  return {
    uniques: asked.includes('uniqueClicks'),
    costs: asked.some((metric) => ofCost.includes(metric)),
    median: asked.includes('medianSecondsToConversion'),
    timeShares: timeShares.some((metric) => asked.includes(metric)),
  };
}
