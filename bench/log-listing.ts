/**
 * Measures the cost of reading the postback log: rows that DynamoDB reads, read request units, queries.
 *   npm run bench:log              (1,000,000 rows in one day; --rows=40000 for fewer)
 * On the local DynamoDB in memory: counts are those of AWS, milliseconds are this machine's.
 */
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import Table from 'cli-table3';
import { adminApi } from '../lambdas/admin/admin-api';
import { servicesFromEnvironment } from '../lambdas/admin/http/services';
import { adminCaller, type AdminCaller } from '../test/lambdas/admin/support/admin-caller';
import { meterOf, writeRows, type Meter } from '../test/lambdas/admin/support/log-meter';
import { createTables, startLocalDynamoDb } from '../test/storage/local-dynamodb';

const hour = 3_600_000;
/** On demand in us-east-1, dollars for a read request unit. */
const dollarsPerUnit = 0.125 / 1_000_000;

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } });
const rows = Number(values.rows);
/** One row of so many is of the integration that is hard to find. */
const rare = Math.max(1, Math.floor(rows / 10));
const dayBegins = Math.floor(Date.now() / hour) * hour - 30 * hour;
const time = (milliseconds: number): string => new Date(milliseconds).toISOString();
const day = `since=${time(dayBegins)}&until=${time(dayBegins + 24 * hour - 1)}`;

interface Look {
  readonly what: string;
  readonly query: string;
  /** The page that is measured, from 1; without it all pages are, one after the other. */
  readonly page?: number;
}

const looks: readonly Look[] = [
  { what: 'page 1 of 50', query: `${day}&limit=50`, page: 1 },
  { what: 'page 3 of 50', query: `${day}&limit=50`, page: 3 },
  { what: 'page 20 of 200', query: `${day}&limit=200`, page: 20 },
  { what: 'one row of ten passes, page 1', query: `${day}&limit=50&reason=AMOUNT_INVALID`, page: 1 },
  { what: `one row of ${rare} passes, page 1`, query: `${day}&limit=50&integration=rare`, page: 1 },
  { what: `one row of ${rare} passes, to the end`, query: `${day}&limit=50&integration=rare` },
  {
    what: '90 days that are empty, to the end',
    query: `since=${time(dayBegins - 90 * 24 * hour)}&until=${time(dayBegins - 1)}`,
  },
];

interface Followed {
  readonly found: number;
  readonly calls: number;
  readonly milliseconds: number;
}

/** Requests page after page, and reports the measured ones. */
async function follow(call: AdminCaller, meter: Meter, { query, page }: Look): Promise<Followed> {
  let cursor: string | undefined;
  let calls = 0;
  let found = 0;
  let start = Date.now();
  do {
    if (page !== undefined) {
      meter.reset();
      start = Date.now();
    }
    const reply = await call('GET', `/postbacks?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    if (reply.status !== 200) throw new Error(reply.text);
    calls += 1;
    found = page === undefined ? found + reply.items.length : reply.items.length;
    ({ cursor } = reply);
  } while (cursor !== undefined && calls !== page);
  return { found, calls: page === undefined ? calls : 1, milliseconds: Date.now() - start };
}

async function main(): Promise<void> {
  const database = await startLocalDynamoDb();
  try {
    const client = new DynamoDBClient();
    await createTables(client);
    const began = Date.now();
    await writeRows(client, rows, dayBegins, 24 * hour, (index) => ({
      ...(index % 10 === 3 && { result: 'rejected' as const, reason: 'AMOUNT_INVALID' as const }),
      ...(index % rare === 7 && { integration: 'rare' }),
    }));
    console.log(`${rows} rows of one day written in ${Math.round((Date.now() - began) / 1000)} s\n`);

    const meter = meterOf(client);
    Object.assign(process.env, { STAGE: 'bench', MASTER_SECRET_ARN: 'none' });
    const call = adminCaller(adminApi(servicesFromEnvironment(client)));
    const table = new Table({
      head: ['look', 'found', 'calls', 'queries', 'items read', 'RRU', 'USD', 'ms'],
      style: { head: [], border: [] },
    });
    for (const look of looks) {
      meter.reset();
      const { found, calls, milliseconds } = await follow(call, meter, look);
      const { queries, items, units } = meter;
      table.push([look.what, found, calls, queries, items, units, (units * dollarsPerUnit).toFixed(6), milliseconds]);
    }
    console.log(table.toString());
    client.destroy();
  } finally {
    await database.stop();
  }
}

void main();
