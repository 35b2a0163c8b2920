import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type QueryCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { writeLogRow } from '../../../../lambdas/adapters/postback-log-table';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { tableNames } from '../../../storage/local-dynamodb';
import { beforeCalls } from './before-calls';
import { newClickId, newRequestId } from './log-rows';

/** What reading cost: calls, items that DynamoDB looked at, and read request units. */
export interface Meter {
  queries: number;
  items: number;
  units: number;
  reset(): void;
}

/** Counts what a client's queries read, as DynamoDB itself tells it. */
export function meterOf(client: DynamoDBClient): Meter {
  const meter = {
    queries: 0,
    items: 0,
    units: 0,
    reset: () => void Object.assign(meter, { queries: 0, items: 0, units: 0 }),
  };
  beforeCalls(client, async (command, next) => {
    if (!(command instanceof QueryCommand)) return next();
    command.input.ReturnConsumedCapacity = 'TOTAL';
    const output = (await next()) as QueryCommandOutput;
    meter.queries += 1;
    meter.items += output.ScannedCount ?? 0;
    meter.units += output.ConsumedCapacity?.CapacityUnits ?? 0;
    return output;
  });
  return meter;
}

const rowsPerCall = 25;
const callsAtOnce = 8;

/** Writes rows of the log, each as large as they usually are, spread evenly from a moment on. */
export async function writeRows(
  client: DynamoDBClient,
  count: number,
  from: number,
  milliseconds: number,
  fieldsOf: (index: number) => Partial<LogRow>,
): Promise<void> {
  const clickId = newClickId();
  const send = async (first: number): Promise<void> => {
    const indexes = Array.from({ length: Math.min(rowsPerCall, count - first) }, (_, at) => first + at);
    const requests = indexes.map((index) => {
      const receivedAt = from + Math.floor((index / count) * milliseconds);
      return { PutRequest: { Item: writeLogRow({ ...usualRow(receivedAt, clickId), ...fieldsOf(index) }) } };
    });
    const command = new BatchWriteItemCommand({ RequestItems: { [tableNames.postbackLog]: requests } });
    const { UnprocessedItems = {} } = await client.send(command);
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('the local server did not take all rows');
  };
  for (let first = 0; first < count; first += rowsPerCall * callsAtOnce) {
    const starts = Array.from({ length: callsAtOnce }, (_, call) => first + call * rowsPerCall);
    await Promise.all(starts.filter((start) => start < count).map(send));
  }
}

function usualRow(receivedAt: number, clickId: string): LogRow {
  return {
    requestId: newRequestId(receivedAt),
    receivedAt: new Date(receivedAt).toISOString(),
    method: 'GET',
    path: '/postback/acme',
    raw: `clickid=${clickId}&amount=12.50&status=approved&txid=order-1234567890&event=sale&currency=USD&token=***`,
    integration: 'acme',
    campaign: 'spring',
    clickId,
    result: 'recorded',
    reason: 'OK',
    httpStatus: 200,
    message: 'Recorded "sale" as approved, 12.5 USD.',
    warnings: [],
    attempts: 1,
    ipPrefix: '203.0.113.0/24',
    userAgent: 'Network-Postback/1.0 (+https://network.example/postbacks)',
    clickToPostbackSeconds: 4711,
    keyId: 'k1',
    expiresAt: Math.floor(receivedAt / 1000) + 90 * 86_400,
  };
}
