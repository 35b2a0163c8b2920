import { logSampler } from '../lambdas/domain/log/log-sampling';
import type { Reason } from '../lambdas/domain/values/reasons';
import { assumed } from './assumptions';
import { totalDollars, type Line } from './line';
import { measured, type FlowMeasured } from './measured';
import { costOfMillion } from './request-cost';
import type { Inventory } from './template/inventory';

/** A stranger is turned away before anything is stored, which takes less than the postback that was measured. */
const billedMilliseconds = 15;
/** Requests that one environment serves in a minute of a flood, one after the other. */
const requestsPerMinute = Math.floor(60_000 / billedMilliseconds);
/** A row of up to 2 kB. A stranger that sends long requests makes it up to 5 kB, for the few that are sampled. */
const unitsPerRow = 2;
const rowBytes = 780;

/** Requests that strangers may send in a flood. */
export const strangers = [
  { what: 'forged click IDs', reason: 'CLICK_ID_FORGED', reads: 0 },
  { what: 'wrong tokens or signatures, as dry runs or not', reason: 'AUTH_INVALID', reads: 0 },
  { what: 'genuine click IDs without a token, to `/postback`', reason: 'AUTH_MISSING', reads: 1 },
  { what: 'made-up integrations', reason: 'INTEGRATION_UNKNOWN', reads: 1 },
  { what: 'genuine click IDs whose rows are gone, each new', reason: 'CLICK_NOT_FOUND', reads: 2 },
  { what: 'the same again within a minute', reason: 'CLICK_NOT_FOUND', reads: 0 },
] as const satisfies readonly Stranger[];

interface Stranger {
  readonly what: string;
  readonly reason: Reason;
  /** Reads that each costs: they say whose click it is. */
  readonly reads: number;
}

/** The share of a stranger's requests that become a log row, by the sampler itself. */
function sampledShare(reason: Reason): number {
  const isLogged = logSampler(() => 0);
  const rows = Array.from({ length: requestsPerMinute }).filter(() =>
    isLogged(reason, { integration: 'acme', trust: 'none' }),
  );
  return rows.length / requestsPerMinute;
}

/** Returns the cost of a million of them in dollars, when they come and for as long as their rows are kept. */
export function costOfStrangers({ reason, reads }: Stranger, inventory: Inventory) {
  const share = sampledShare(reason);
  const flow: FlowMeasured = {
    ...measured.flows.forged,
    readUnits: reads,
    writeUnits: share * unitsPerRow,
    queueRequests: 0,
    deliveries: 0,
    itemBytes: { TablesPostbackLog: rowBytes },
  };
  const { whenSent, whileKept } = costOfMillion(flow, inventory, measured.daysKept, { ...assumed, billedMilliseconds });
  return {
    whenSent,
    total: totalDollars(whenSent),
    tables: totalDollars(whenSent.filter(({ part }: Line) => part.startsWith('DynamoDB'))),
    // Priced as if each request left its row: the share of them that does is what is kept.
    whileKept: share * totalDollars(whileKept),
  };
}
