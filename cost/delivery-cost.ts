import {
  daysPerMonth,
  gigabyte,
  itemOverheadBytes,
  lineOverheadBytes,
  queueRequestsPerDelivery,
  type Assumptions,
} from './assumptions';
import type { Line } from './line';
import type { DeliveryMeasured } from './measured';
import { prices } from './prices';
import { functionOf, secondsDollars, type MillionCost } from './request-cost';
import type { Inventory } from './template/inventory';

const daysKept = 90;
const million = 1_000_000;

/**
 * What a million deliveries cost that are accepted at their first attempt, of a source whose URL holds no secret and no parameter of the click.
 * @param measured what one of them was counted to do
 * @param together how many a function and a request of the queue carry: 1 where they come one by one, up to 10 where many come at a time
 */
export function costOfMillionDeliveries(
  measured: DeliveryMeasured,
  inventory: Inventory,
  assumed: Assumptions,
  together: number,
): MillionCost {
  const { writeUnits, readUnits, itemBytes, queueRequests, logBytes } = measured;
  const invocations = sumOf(measured.invocations);
  const calls = million / together;
  const { planning, sending } = billedMilliseconds(measured, assumed, together);
  const keptMonths = ((million * (itemBytes + itemOverheadBytes)) / gigabyte) * (daysKept / daysPerMonth);
  const isRestorable = inventory.tables.find(({ label }) => label === 'OutboundTable')?.recovery === true;
  const keptDollars = prices.tableGigabyteMonth.dollars + (isRestorable ? prices.recoveryGigabyteMonth.dollars : 0);
  const timed = (label: string, milliseconds: number): number =>
    calls * secondsDollars(functionOf(inventory, label), milliseconds / 1000);
  const line = (part: string, dollars: number, how: string): Line => ({ part, dollars, how });
  return {
    whenSent: [
      line('Lambda, invocations', invocations * calls * prices.invocation.dollars, 'one that plans, one that sends'),
      line(
        'Lambda, time',
        timed('FunctionsDispatch', planning) + timed('FunctionsDeliver', sending),
        `${Math.round(planning)} ms and ${Math.round(sending)} ms, ${assumed.sourceMilliseconds} ms of them for the answer`,
      ),
      line('DynamoDB, writes', million * writeUnits * prices.writeUnit.dollars, `${writeUnits} write units`),
      line('DynamoDB, reads', million * readUnits * prices.readUnit.dollars, `${readUnits} read units`),
      line(
        'SQS',
        (queueRequests + queueRequestsPerDelivery) * calls * prices.queueRequest.dollars,
        'sent, received and deleted',
      ),
      line('Logs of functions', loggedDollars(measured, inventory), `${logBytes} bytes`),
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
  { roundTrips }: DeliveryMeasured,
  { roundTripMilliseconds, coldStartMilliseconds, sourceMilliseconds, deliveryCpuMilliseconds }: Assumptions,
  together: number,
): { readonly planning: number; readonly sending: number } {
  const cpu = coldStartMilliseconds + together * deliveryCpuMilliseconds;
  return {
    planning: 2 * roundTripMilliseconds + cpu,
    sending: roundTrips * roundTripMilliseconds + sourceMilliseconds + cpu,
  };
}

function loggedDollars({ logBytes, logLines }: DeliveryMeasured, { logRetentionDays }: Inventory): number {
  const gigabytes = (million * (logBytes + logLines * lineOverheadBytes)) / gigabyte;
  return gigabytes * (prices.logGigabyte.dollars + (prices.logGigabyteMonth.dollars * logRetentionDays) / daysPerMonth);
}

const sumOf = (byName: Readonly<Record<string, number>>): number =>
  Object.values(byName).reduce((sum, value) => sum + value, 0);
