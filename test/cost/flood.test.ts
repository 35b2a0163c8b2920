import { assumed } from '../../cost/assumptions';
import { totalOf } from '../../cost/line';
import { measured, type FlowMeasured } from '../../cost/measured';
import { costOfMillion } from '../../cost/request-cost';
import { inventoryOf, type Inventory } from '../../cost/template/inventory';
import { logSampler } from '../../lambdas/domain/postback/log-sampling';
import type { Reason } from '../../lambdas/domain/postback/verdict';
import { templateOf } from './support/templates';

jest.setTimeout(60_000);

let prod: Inventory;

beforeAll(async () => {
  prod = inventoryOf(await templateOf('prod'));
});

/** A model: `cost/measured.json` holds what the running stack was seen to do. What one environment serves in a minute of a flood, one request after the other. */
const requestsPerMinute = Math.floor(60_000 / assumed.billedMilliseconds);
/** A row of up to 2 kB. A stranger that sends long requests makes it up to 5 kB, for the few that are sampled. */
const unitsPerRow = 2;
const rowBytes = 780;

/** The share of a stranger's requests that become a row, by the sampler itself. */
function sampledShare(reason: Reason): number {
  const isLogged = logSampler(() => 0);
  const rows = Array.from({ length: requestsPerMinute }).filter(() =>
    isLogged(reason, { integration: 'acme', trust: 'none' }),
  );
  return rows.length / requestsPerMinute;
}

/** A stranger's request: one line, one answer, and the reads that say whose click it is. No queue message. */
function strangersRequest(share: number, readUnits: number): FlowMeasured {
  return {
    ...measured.flows.forged,
    readUnits,
    writeUnits: share * unitsPerRow,
    queueRequests: 0,
    deliveries: 0,
    itemBytes: { TablesPostbackLog: rowBytes },
  };
}

// The totals are the model's, rounded up: a change that makes a flood dearer shows here.
test.each([
  ['forged click IDs', 'CLICK_ID_FORGED', 0, 1.63],
  ['wrong tokens, as dry runs or not', 'AUTH_INVALID', 0, 1.63],
  ['genuine click IDs whose rows are gone', 'CLICK_NOT_FOUND', 1, 1.75],
] as const)('a million strangers with %s cost what API and functions cost', (_, reason, readUnits, dollars) => {
  const share = sampledShare(reason);
  const flow = strangersRequest(share, readUnits);
  const { whenSent, whileKept } = costOfMillion(flow, prod, measured.daysKept, assumed);
  const tables = whenSent.filter(({ part }) => part.startsWith('DynamoDB'));

  expect(totalOf(whenSent)).toBeLessThanOrEqual(dollars);
  expect(totalOf(tables)).toBeLessThanOrEqual(0.015 + readUnits * 0.125);
  // Priced as if each request left its row: the share of them that does is what is kept.
  expect(share * totalOf(whileKept)).toBeLessThanOrEqual(0.02);
  expect(whenSent.map(({ part }) => part)).not.toContain('SQS');
});
