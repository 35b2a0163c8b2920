import { gigabyte, itemOverheadBytes, lineOverheadBytes, daysPerMonth, type Assumptions } from './assumptions';
import type { Line } from './line';
import { prices } from './prices';
import { functionOf, secondsDollars, type MillionCost } from './request-cost';
import type { Inventory } from './template/inventory';

/**
 * What one delivery does that is accepted at its first attempt, of a source whose URL holds no secret and no parameter of the click. A test
 * counts the same at the wire, and weighs the same row.
 */
export const deliveryCounts = {
  /** Made, with its entry in the index by source; taken; settled. */
  writeUnits: 4,
  /** How the source answers, and the conversion, both strongly consistent. */
  readUnits: 2,
  /** Round trips to DynamoDB that `deliver` waits for, the answer of the source apart. */
  roundTrips: 4,
  /** The row of about 550 bytes, and its entry in the index. */
  itemBytes: 800,
  /** A line of the function that plans, and one of the function that sends. */
  logBytes: 450,
  logLines: 2,
} as const;

const daysKept = 90;
const million = 1_000_000;

/**
 * What a million deliveries cost.
 * @param together how many a function and a request of the queue carry: 1 where they come one by one, up to 10 where many come at a time
 */
export function costOfMillionDeliveries(inventory: Inventory, assumed: Assumptions, together: number): MillionCost {
  const { writeUnits, readUnits, itemBytes } = deliveryCounts;
  const calls = million / together;
  const { planning, sending } = billedMilliseconds(assumed, together);
  const keptMonths = ((million * (itemBytes + itemOverheadBytes)) / gigabyte) * (daysKept / daysPerMonth);
  const isRestorable = inventory.tables.find(({ label }) => label === 'OutboundTable')?.recovery === true;
  const keptDollars = prices.tableGigabyteMonth.dollars + (isRestorable ? prices.recoveryGigabyteMonth.dollars : 0);
  const timed = (label: string, milliseconds: number): number =>
    calls * secondsDollars(functionOf(inventory, label), milliseconds / 1000);
  const line = (part: string, dollars: number, how: string): Line => ({ part, dollars, how });
  return {
    whenSent: [
      line('Lambda, invocations', 2 * calls * prices.invocation.dollars, 'one that plans, one that sends'),
      line(
        'Lambda, time',
        timed('FunctionsDispatch', planning) + timed('FunctionsDeliver', sending),
        `${Math.round(planning)} ms and ${Math.round(sending)} ms, ${assumed.sourceMilliseconds} ms of them for the answer`,
      ),
      line('DynamoDB, writes', million * writeUnits * prices.writeUnit.dollars, `${writeUnits} write units`),
      line('DynamoDB, reads', million * readUnits * prices.readUnit.dollars, `${readUnits} read units`),
      line('SQS', 3 * calls * prices.queueRequest.dollars, 'sent, received and deleted'),
      line('Logs of functions', loggedDollars(inventory), `${deliveryCounts.logBytes} bytes`),
      line(
        'Data out',
        ((million * assumed.outboundBytes) / gigabyte) * prices.gigabyteOut.dollars,
        `${assumed.outboundBytes} bytes a request, its TLS handshake included`,
      ),
    ],
    whileKept: [
      line(
        'Kept in Outbound',
        keptMonths * keptDollars,
        `${itemBytes} bytes for ${daysKept} days${isRestorable ? ', and restorable' : ''}`,
      ),
    ],
  };
}

/** Deliveries of one call wait side by side: their processor time alone adds up. */
function billedMilliseconds(
  { roundTripMilliseconds, coldStartMilliseconds, sourceMilliseconds, deliveryCpuMilliseconds }: Assumptions,
  together: number,
): { readonly planning: number; readonly sending: number } {
  const cpu = coldStartMilliseconds + together * deliveryCpuMilliseconds;
  return {
    planning: 2 * roundTripMilliseconds + cpu,
    sending: deliveryCounts.roundTrips * roundTripMilliseconds + sourceMilliseconds + cpu,
  };
}

function loggedDollars({ logRetentionDays }: Inventory): number {
  const { logBytes, logLines } = deliveryCounts;
  const gigabytes = (million * (logBytes + logLines * lineOverheadBytes)) / gigabyte;
  return gigabytes * (prices.logGigabyte.dollars + (prices.logGigabyteMonth.dollars * logRetentionDays) / daysPerMonth);
}
