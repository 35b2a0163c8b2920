import { idlePollsPerMonth, secondsPerMonth, type Assumptions } from './assumptions';
import type { Line } from './line';
import { freeAllowances, prices, type PriceName } from './prices';
import { secondsDollars } from './request-cost';
import type { Inventory } from './template/inventory';

const runsOfEachMinute = secondsPerMonth / 60;

/** A line that is billed by the month, and what is left of it in an account that uses what AWS gives for good nowhere else. */
export interface IdleLine extends Line {
  readonly dollarsAfterFree: number;
}

/** Returns the monthly cost of a stack while nothing happens. */
export function idleMonth(inventory: Inventory, assumed: Assumptions): readonly IdleLine[] {
  const { alarms, dashboards, insightRules, edge } = inventory;
  return [
    counted('Alarms', 'alarmMetricMonth', alarms.metrics, {
      how: `${alarms.count - alarms.queries} alarms, by the ${alarms.metrics} metrics that they read`,
    }),
    counted('Alarms that query', 'queriedMetricMonth', alarms.queries, {
      how: `${alarms.queries}, as if one source were in trouble all month: nothing while none is`,
    }),
    counted('Alarms that look within a minute', 'fastAlarmMetricMonth', alarms.fastMetrics),
    counted('Composite alarms', 'compositeAlarmMonth', inventory.compositeAlarms),
    counted('Metrics that are sent without pause', 'customMetricMonth', inventory.idleCustomMetrics),
    counted('Dashboards', 'dashboardMonth', dashboards.filter(isSmall).length, {
      how: 'of up to 50 metrics',
      lower: 'three such dashboards are free in every account',
    }),
    flat(
      'Large dashboards',
      dashboards.filter((one) => !isSmall(one)).length * prices.dashboardMonth.dollars,
      `of ${dashboards.map(({ metrics }) => metrics).join(', ')} metrics`,
      'with up to 50 metrics they are free in most accounts',
    ),
    counted('Hot keys of Conversions', 'insightRuleMonth', insightRules, {
      how: `${insightRules} rules of Contributor Insights`,
      lower: '`hotKeyInsights: false`; turn it on when the table is throttled',
    }),
    counted('Secrets', 'secretMonth', inventory.secrets),
    counted('Keys', 'keyMonth', inventory.keys),
    counted('Hosted zones', 'zoneMonth', inventory.zones),
    counted('Lambda asking an empty queue', 'queueRequest', inventory.polledQueues * idlePollsPerMonth, {
      how: 'five pollers, a request every 20 s',
      lower: 'the first million requests of SQS a month are free in every account',
    }),
    ...inventory.scheduled.flatMap((one) => {
      const milliseconds =
        one.runsPerMonth > runsOfEachMinute / 2 ? assumed.sweepMilliseconds : assumed.scheduledMilliseconds;
      const runs = Math.round(one.runsPerMonth);
      return [
        counted(`Schedule of ${one.label}`, 'scheduledInvocation', one.runsPerMonth, { how: `${runs} runs` }),
        flat(
          `Runs of ${one.label}`,
          one.runsPerMonth * (prices.invocation.dollars + secondsDollars(one, milliseconds / 1000)),
          `${runs} runs of ${milliseconds} ms, assumed`,
        ),
      ];
    }),
    ...inventory.provisioned.map((one) => {
      const price = one.arm ? prices.armProvisionedGigabyteSecond : prices.x86ProvisionedGigabyteSecond;
      return flat(
        `Environments of ${one.label} kept warm`,
        one.environments * (one.memoryMegabytes / 1024) * secondsPerMonth * price.dollars,
        `${one.environments} of ${one.memoryMegabytes} MB`,
        'fewer of them: `provisionedConcurrency`',
      );
    }),
    counted('Web ACLs', 'webAclMonth', edge?.webAcls ?? 0),
    counted('Rules of web ACLs', 'webAclRuleMonth', edge?.webAclRules ?? 0),
  ].filter(({ dollars }) => dollars > 0);
}

/** Whether a dashboard is small enough to be free. */
const isSmall = ({ metrics }: { readonly metrics: number }): boolean => metrics <= 50;

function counted(part: string, price: PriceName, quantity: number, words: Partial<Pick<Line, 'how' | 'lower'>> = {}) {
  const { dollars, unit } = prices[price];
  return {
    part,
    dollars: quantity * dollars,
    dollarsAfterFree: Math.max(0, quantity - (allowances[price] ?? 0)) * dollars,
    how: `${quantity}, by the ${unit}`,
    ...words,
  };
}

const allowances: Partial<Record<PriceName, number>> = freeAllowances;

function flat(part: string, dollars: number, how: string, lower?: string): IdleLine {
  return { part, dollars, dollarsAfterFree: dollars, how, ...(lower !== undefined && { lower }) };
}
