import {
  daysPerMonth,
  gigabyte,
  itemOverheadBytes,
  lineOverheadBytes,
  queueRequestsPerDelivery,
  type Assumptions,
} from './assumptions';
import { billedMilliseconds } from './function-time';
import type { Line } from './line';
import type { FlowMeasured, Measured } from './measured';
import { prices } from './prices';
import type { Inventory, PricedFunction } from './template/inventory';

const million = 1_000_000;

/** The cost of a million requests of a kind. */
export interface MillionCost {
  /** Billed when they come, all that they cause included. */
  readonly whenSent: readonly Line[];
  /** Billed later, for as long as what they stored is kept. */
  readonly whileKept: readonly Line[];
}

export function costOfMillion(
  flow: FlowMeasured,
  inventory: Inventory,
  daysKept: Measured['daysKept'],
  assumed: Assumptions,
): MillionCost {
  const billed = ({ dollars }: Line): boolean => dollars > 0;
  return {
    whenSent: flowLines(flow, inventory, assumed).filter(billed),
    whileKept: storedLines(flow, inventory, daysKept, assumed).filter(billed),
  };
}

function flowLines(flow: FlowMeasured, inventory: Inventory, assumed: Assumptions): readonly Line[] {
  const invocations = Object.entries(flow.invocations);
  const called = sum(invocations.map(([, count]) => count));
  const queueRequests = flow.queueRequests + flow.deliveries * queueRequestsPerDelivery;
  const accessBytes = inventory.accessLogBytes === 0 ? 0 : inventory.accessLogBytes + lineOverheadBytes;
  const functionBytes = flow.logBytes + flow.logLines * lineOverheadBytes;
  return [
    {
      part: 'HTTP API',
      dollars: million * flow.apiRequests * prices.apiRequest.dollars,
      how: times(flow.apiRequests, 'request'),
      lower: '$0.90 above 300 million a month; batches carry 1,000 postbacks in one request',
    },
    ...edgeLines(flow, inventory),
    {
      part: 'Lambda, invocations',
      dollars: million * called * prices.invocation.dollars,
      how: times(called, 'invocation'),
    },
    {
      part: 'Lambda, time',
      dollars:
        million *
        sum(
          invocations.map(
            ([label, count]) =>
              count * secondsDollars(functionOf(inventory, label), billedOf(inventory, label, assumed) / 1000),
          ),
        ),
      how: `${invocations.map(([label]) => `${Math.round(billedOf(inventory, label, assumed))} ms`).join(' and ')} each, by the CPU that was measured`,
      lower: '`functions` in the stage: memory by function; less than 256 MB makes cold starts slower',
    },
    {
      part: 'DynamoDB, reads',
      dollars: million * flow.readUnits * prices.readUnit.dollars,
      how: times(flow.readUnits, 'read unit'),
    },
    {
      part: 'DynamoDB, writes',
      dollars: million * flow.writeUnits * prices.writeUnit.dollars,
      how: times(flow.writeUnits, 'write unit'),
      lower: 'shorter parameters: an item is billed by the begun kB',
    },
    {
      part: 'SQS',
      dollars: million * queueRequests * prices.queueRequest.dollars,
      how: `${times(queueRequests, 'request')}, each delivery received and deleted by itself`,
    },
    {
      part: 'Logs of functions',
      dollars: logDollars(million * functionBytes, inventory.logRetentionDays),
      how: `${times(flow.logLines, 'line')}, ${dollarFigure(flow.logBytes)} bytes`,
      lower: 'a shorter `logRetentionDays`; above 10 lines a second and environment functions omit details',
    },
    {
      part: 'Access log of the API',
      dollars: logDollars(million * flow.apiRequests * accessBytes, inventory.logRetentionDays),
      how: `${accessBytes} bytes a request`,
      lower: 'a shorter `logRetentionDays`',
    },
    {
      part: 'Data out',
      dollars:
        (million * flow.responseBytes * (inventory.edge ? prices.edgeGigabyteOut : prices.gigabyteOut).dollars) /
        gigabyte,
      how: `${dollarFigure(flow.responseBytes)} bytes an answer`,
    },
  ];
}

function edgeLines(flow: FlowMeasured, { edge }: Inventory): readonly Line[] {
  if (edge === undefined) return [];
  const requests = million * flow.apiRequests;
  return [
    { part: 'CloudFront', dollars: requests * prices.edgeRequest.dollars, how: '1 request' },
    {
      part: 'CloudFront function',
      dollars: requests * edge.functions * prices.edgeFunctionRun.dollars,
      how: times(edge.functions, 'run'),
    },
    {
      part: 'Web ACL',
      dollars: requests * prices.webAclRequest.dollars,
      how: 'each request is looked at',
      lower: 'leave out `edge`',
    },
  ];
}

/** Returns the cost of storage in tables: the item for its lifetime, and the copy that it can be restored from. */
function storedLines(
  flow: FlowMeasured,
  { tables }: Inventory,
  daysKept: Measured['daysKept'],
  { monthsKeptForGood }: Assumptions,
): readonly Line[] {
  return Object.entries(flow.itemBytes).flatMap(([label, bytes]) => {
    const table = tables.find((one) => one.label === label);
    if (table === undefined) throw new Error(`An item was measured in ${label}, which the template does not have.`);
    const days = daysKept[label];
    const months = days === undefined ? monthsKeptForGood : days / daysPerMonth;
    const gigabyteMonths = ((million * (bytes + itemOverheadBytes)) / gigabyte) * months;
    const kept = days === undefined ? `its first ${monthsKeptForGood} months of being kept for good` : `${days} days`;
    const short = label.replace(/^Tables/, '');
    return [
      {
        part: `Kept in ${short}`,
        dollars: gigabyteMonths * prices.tableGigabyteMonth.dollars,
        how: `${dollarFigure(bytes)} bytes for ${kept}`,
        ...(short === 'PostbackLog' && { lower: 'a shorter `postbackLogRetentionDays`' }),
        ...(short === 'Clicks' && { lower: 'a shorter `maxAgeDays` of the campaign' }),
      },
      {
        part: `Restorable ${short}`,
        dollars: table.recovery ? gigabyteMonths * prices.recoveryGigabyteMonth.dollars : 0,
        how: `the same for ${kept}`,
        lower: '`pointInTimeRecovery: false`, where a table may be lost',
      },
    ];
  });
}

/** Returns the cost of ingested logs, and of keeping them for the days of the stage. */
function logDollars(bytes: number, retentionDays: number): number {
  const gigabytes = bytes / gigabyte;
  return gigabytes * (prices.logGigabyte.dollars + (prices.logGigabyteMonth.dollars * retentionDays) / daysPerMonth);
}

export function secondsDollars({ memoryMegabytes, arm }: PricedFunction, seconds: number): number {
  const price = arm ? prices.armGigabyteSecond : prices.x86GigabyteSecond;
  return (memoryMegabytes / 1024) * seconds * price.dollars;
}

const billedOf = (inventory: Inventory, label: string, assumed: Assumptions): number =>
  billedMilliseconds(functionOf(inventory, label), assumed);

export function functionOf({ functions }: Inventory, label: string): PricedFunction {
  const found = functions.find((one) => one.label === label);
  if (found === undefined) throw new Error(`${label} was measured, and the template has no such function.`);
  return found;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const times = (count: number, what: string): string => `${dollarFigure(count)} ${what}${count === 1 ? '' : 's'}`;

/** A figure as short as it may be without lying. */
export const dollarFigure = (value: number): string => String(Number(value.toFixed(value < 10 ? 2 : 0)));
