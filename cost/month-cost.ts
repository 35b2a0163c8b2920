import { gigabyte, itemOverheadBytes, metricsPerRoute, secondsPerMonth, type Assumptions } from './assumptions';
import { costOfMillionDeliveries } from './delivery-cost';
import { idleMonth, type IdleLine } from './idle-cost';
import type { Line } from './line';
import { flowNames, type Measured } from './measured';
import { prices } from './prices';
import { costOfMillion, secondsDollars, type MillionCost } from './request-cost';
import type { Inventory } from './template/inventory';

/** The volumes of a month. */
export interface Volumes {
  readonly clicks: number;
  readonly postbacks: number;
  /** Reports of conversions to traffic sources; none where nothing is said. */
  readonly deliveries?: number;
}

/** The bill of a month like all the months before it, whose stored data are still kept. */
export interface MonthCost {
  /** Types of the template that have no price here: the total is too low where there are any. */
  readonly unpriced: readonly string[];
  readonly idle: readonly IdleLine[];
  /** By the month, as soon as anything comes at all. */
  readonly inUse: readonly Line[];
  readonly clicks: MillionCost;
  /** Postbacks that are recorded: the dearest of the usual ones. */
  readonly postbacks: MillionCost;
  /** Reports to traffic sources, each accepted at its first attempt, one by one: the dearest of the usual ones. */
  readonly deliveries: MillionCost;
}

export function monthOf(volumes: Volumes, inventory: Inventory, measured: Measured, assumed: Assumptions): MonthCost {
  const { flows, daysKept } = measured;
  const scaled = ({ whenSent, whileKept }: MillionCost, volume: number): MillionCost => {
    const times = (line: Line): Line => ({ ...line, dollars: (line.dollars * volume) / 1_000_000 });
    return { whenSent: whenSent.map(times), whileKept: whileKept.map(times) };
  };
  return {
    unpriced: inventory.unpriced,
    idle: idleMonth(inventory, assumed),
    inUse:
      volumes.clicks + volumes.postbacks === 0
        ? []
        : [
            ...inUseMonth(inventory, measured),
            ...countingMonth(volumes, inventory, assumed),
            ...transactionIndexMonth(volumes, inventory, assumed),
          ],
    clicks: scaled(costOfMillion(flows.click, inventory, daysKept, assumed), volumes.clicks),
    postbacks: scaled(costOfMillion(flows.recorded, inventory, daysKept, assumed), volumes.postbacks),
    deliveries: scaled(costOfMillionDeliveries(measured.delivery, inventory, assumed, 1), volumes.deliveries ?? 0),
  };
}

/** A checkpoint and the name of an object, in one transaction: each begun kB is billed twice. */
const writeUnitsPerWindow = 4;

/**
 * Counting for reports: a window of a shard costs the same however much is in it. So it is billed by the window in which something changed,
 * and there are no more of them than changes.
 */
export function countingMonth(volumes: Volumes, { counted }: Inventory, assumed: Assumptions): readonly Line[] {
  return counted.flatMap((one) => {
    const changes = one.stream === 'Clicks' ? volumes.clicks : volumes.postbacks;
    const windows = Math.min(changes, (assumed.shardsPerStream * secondsPerMonth) / one.windowSeconds);
    const each =
      prices.invocation.dollars +
      secondsDollars(one, assumed.countingMilliseconds / 1000) +
      writeUnitsPerWindow * prices.writeUnit.dollars +
      prices.readUnit.dollars +
      prices.objectPut.dollars;
    return windows === 0
      ? []
      : [
          {
            part: `Counting ${one.stream}`,
            dollars: windows * each,
            how: `${Math.round(windows)} windows of ${one.windowSeconds} s, in ${assumed.shardsPerStream} shards, assumed`,
            lower: 'a longer `reports.windowSeconds`',
          },
        ];
  });
}

/** The names and the values of an entry: a digest and a click ID. */
const transactionEntryBytes = 68;

/** By which a transaction ID is found: counting writes one entry for each conversion that has one, and it is kept like the conversion. */
export function transactionIndexMonth(
  { postbacks }: Pick<Volumes, 'postbacks'>,
  { tables }: Inventory,
  { monthsKeptForGood }: Assumptions,
): readonly Line[] {
  if (postbacks === 0) return [];
  const isRestorable = tables.find(({ label }) => label === 'FactsTable')?.recovery === true;
  const monthDollars = prices.tableGigabyteMonth.dollars + (isRestorable ? prices.recoveryGigabyteMonth.dollars : 0);
  const kept = ((transactionEntryBytes + itemOverheadBytes) / gigabyte) * monthsKeptForGood * monthDollars;
  return [
    {
      part: 'Index of transaction IDs',
      dollars: postbacks * (prices.writeUnit.dollars + kept),
      how: `1 write unit a conversion, and ${transactionEntryBytes} bytes for its first ${monthsKeptForGood} months of being kept for good`,
    },
  ];
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
