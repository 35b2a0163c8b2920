import { metricsPerRoute, type Assumptions } from './assumptions';
import { idleMonth, type IdleLine } from './idle-cost';
import type { Line } from './line';
import { flowNames, type Measured } from './measured';
import { prices } from './prices';
import { costOfMillion, type MillionCost } from './request-cost';
import type { Inventory } from './template/inventory';

/** How much comes in a month. */
export interface Volumes {
  readonly clicks: number;
  readonly postbacks: number;
}

/** The bill of a month like all the months before it: what they stored is still kept. */
export interface MonthCost {
  /** Types of the template that have no price here: the total is too low where there are any. */
  readonly unpriced: readonly string[];
  readonly idle: readonly IdleLine[];
  /** By the month, as soon as anything comes at all. */
  readonly inUse: readonly Line[];
  readonly clicks: MillionCost;
  /** Postbacks that are recorded: the dearest of the usual ones. */
  readonly postbacks: MillionCost;
}

export function monthOf(volumes: Volumes, inventory: Inventory, measured: Measured, assumed: Assumptions): MonthCost {
  const { flows, daysKept } = measured;
  const scaled = (flow: 'click' | 'recorded', volume: number): MillionCost => {
    const { whenSent, whileKept } = costOfMillion(flows[flow], inventory, daysKept, assumed);
    const times = (line: Line): Line => ({ ...line, dollars: (line.dollars * volume) / 1_000_000 });
    return { whenSent: whenSent.map(times), whileKept: whileKept.map(times) };
  };
  return {
    unpriced: inventory.unpriced,
    idle: idleMonth(inventory, assumed),
    inUse: volumes.clicks + volumes.postbacks === 0 ? [] : inUseMonth(inventory, measured),
    clicks: scaled('click', volumes.clicks),
    postbacks: scaled('recorded', volumes.postbacks),
  };
}

/** Metrics are billed by the hour in which they have data; these are those that a tracker in use always has. */
export function inUseMonth(inventory: Inventory, { flows }: Measured): readonly Line[] {
  const counters = new Set(flowNames.filter((name) => name !== 'queued').flatMap((name) => flows[name].metrics));
  const each = prices.customMetricMonth.dollars;
  return [
    {
      part: 'Counters of the functions',
      dollars: counters.size * each,
      how: `${counters.size} custom metrics`,
      lower: 'ten custom metrics are free in every account',
    },
    {
      part: 'Metrics of two routes',
      dollars: inventory.routeMetrics ? 2 * metricsPerRoute * each : 0,
      how: `${metricsPerRoute} for each route that is in use`,
      lower: '`routeMetrics: false`',
    },
    {
      part: 'Metrics made of log lines',
      dollars: inventory.filteredMetrics * each,
      how: `${inventory.filteredMetrics} custom metrics`,
    },
  ].filter(({ dollars }) => dollars > 0);
}
