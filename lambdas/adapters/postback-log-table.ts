import { PutItemCommand, type DynamoDBClient, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { logKeyOf } from '../domain/identifiers/request-id';
import type { LogRow } from '../domain/postback/log-row';
import { abortSignal, type Deadline } from './deadline';
import { unlessErased } from './erased';
import {
  amountText,
  clickIdText,
  currencyText,
  isConditionFailed,
  reasonText,
  resultText,
  statusText,
  toItem,
  warningText,
  type Item,
} from './item';

const writeMilliseconds = 1500;

export interface PostbackLogTable {
  /** Writes a row in its place; a later verdict on the same request replaces the earlier one, but not one that was erased. */
  put(row: LogRow, deadline: Deadline): Promise<void>;
  /**
   * Writes a row whose verdict is not known yet, only expected; answers whether it stands. A call that nobody waits for any more
   * may still be carried out: however late, it never takes the place of the verdict.
   */
  putExpected(row: LogRow, deadline: Deadline): Promise<boolean>;
}

const rowSchema = v.object({
  requestId: v.string(),
  receivedAt: v.string(),
  method: v.string(),
  path: v.string(),
  raw: v.string(),
  integration: v.optional(v.string()),
  campaign: v.optional(v.string()),
  clickId: v.optional(v.string()),
  result: resultText,
  reason: reasonText,
  httpStatus: v.number(),
  message: v.string(),
  warnings: v.optional(v.array(v.object({ code: warningText, message: v.string() })), []),
  attempts: v.number(),
  ipPrefix: v.optional(v.string()),
  userAgent: v.optional(v.string()),
  clickToPostbackSeconds: v.optional(v.number()),
  conversion: v.optional(
    v.object({
      clickId: clickIdText,
      event: v.string(),
      transactionId: v.optional(v.string()),
      status: statusText,
      amount: v.optional(amountText),
      currency: v.optional(currencyText),
      version: v.number(),
    }),
  ),
  batchId: v.optional(v.string()),
  batchRow: v.optional(v.number()),
  rows: v.optional(v.number()),
  keyId: v.optional(v.string()),
  authenticated: v.optional(v.literal(true)),
  letPass: v.optional(v.literal(true)),
  sealed: v.optional(v.string()),
  erased: v.optional(v.literal(true)),
  expiresAt: v.number(),
});

export function writeLogRow(row: LogRow): Item {
  const key = logKeyOf(row.requestId);
  if (key === undefined) throw new Error(`${row.requestId} is no request ID`);
  return toItem({ ...row, ...key, warnings: row.warnings.length === 0 ? undefined : row.warnings });
}

export function readLogRow(item: Item): LogRow {
  return readLogRowFields(unmarshall(item));
}

/** Reads the fields of a row, such as those of a queued one. Throws where they are none. */
export function readLogRowFields(fields: unknown): LogRow {
  return v.parse(rowSchema, fields);
}

/** Nothing stands there yet, or what an earlier attempt left. */
const unlessStanding = `(attribute_not_exists(#attempts) OR #attempts < :attempts)`;

export function postbackLogTable(client: DynamoDBClient, tableName: string): PostbackLogTable {
  async function write(row: LogRow, condition: Partial<PutItemCommandInput>, deadline: Deadline): Promise<boolean> {
    const command = new PutItemCommand({ TableName: tableName, Item: writeLogRow(row), ...condition });
    try {
      await client.send(command, { abortSignal: abortSignal(deadline, writeMilliseconds) });
      return true;
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      return false;
    }
  }

  return {
    async put(row, deadline) {
      await write(row, unlessErased, deadline);
    },
    putExpected(row, deadline) {
      const condition = {
        ConditionExpression: `${unlessErased.ConditionExpression} AND ${unlessStanding}`,
        ExpressionAttributeNames: { ...unlessErased.ExpressionAttributeNames, '#attempts': 'attempts' },
        ExpressionAttributeValues: { ':attempts': { N: String(row.attempts) } },
      };
      return write(row, condition, deadline);
    },
  };
}
