import {
  PutItemCommand,
  UpdateItemCommand,
  type DynamoDBClient,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { logKeyOf } from '../domain/values/request-id';
import type { LogRow } from '../domain/log/log-row';
import { abortSignal, type Deadline } from './deadline';
import { unlessErased } from './erased';
import {
  amountText,
  clickIdText,
  currencyText,
  isConditionFailed,
  reasonText,
  storedResult,
  storedStatus,
  toItem,
  warningText,
  type Item,
} from './item';

const writeMilliseconds = 1500;

export interface PostbackLogTable {
  /**
   * Writes a row. It replaces the row of an earlier attempt or of the same one, and any row that is waiting or failed; never the verdict
   * of a later attempt, and never an erased row.
   */
  put(row: LogRow, deadline: Deadline): Promise<void>;
  /**
   * Writes a row with an expected verdict; returns whether it was written. An abandoned call may still be carried out: however late, it
   * never replaces a verdict.
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
  result: storedResult,
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
      status: storedStatus,
      amount: v.optional(amountText),
      currency: v.optional(currencyText),
      version: v.number(),
    }),
  ),
  batchId: v.optional(v.string()),
  rows: v.optional(v.number()),
  notTaken: v.optional(v.array(v.number())),
  row: v.optional(v.number()),
  part: v.optional(v.number()),
  keyId: v.optional(v.string()),
  authenticated: v.optional(v.literal(true)),
  letPass: v.optional(v.literal(true)),
  browser: v.optional(v.picklist(['reported', 'confirmed'])),
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

/** Parses the fields of a row, such as those of a queued one. Throws if they are invalid. */
export function readLogRowFields(fields: unknown): LogRow {
  return v.parse(rowSchema, fields);
}

/** No row exists, or that of an earlier attempt. */
const unlessStanding = `(attribute_not_exists(#attempts) OR #attempts < :attempts)`;
/** No row exists, or that of this attempt or an earlier one. */
const unlessLater = `(attribute_not_exists(#attempts) OR #attempts <= :attempts)`;
/** Results that another attempt may change, whatever its count: a resent dead letter begins at 1. */
const unfinished = { ':queued': { S: 'queued' }, ':error': { S: 'error' } } as const;
const unlessFinished = `(attribute_not_exists(#attempts) OR #attempts <= :attempts OR #result IN (:queued, :error))`;

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
      const isFinal = row.result !== 'queued' && row.result !== 'error';
      await write(row, conditionOf(row, isFinal ? unlessFinished : unlessLater), deadline);
    },
    putExpected: (row, deadline) => write(row, conditionOf(row, unlessStanding), deadline),
  };
}

function conditionOf({ attempts }: LogRow, condition: string): Partial<PutItemCommandInput> {
  const asksResult = condition === unlessFinished;
  return {
    ConditionExpression: `${unlessErased.ConditionExpression} AND ${condition}`,
    ExpressionAttributeNames: {
      ...unlessErased.ExpressionAttributeNames,
      '#attempts': 'attempts',
      ...(asksResult && { '#result': 'result' }),
    },
    ExpressionAttributeValues: { ':attempts': { N: String(attempts) }, ...(asksResult && unfinished) },
  };
}

/**
 * Records in the log that a postback was put aside: a waiting row changes only its verdict, a missing row is written. Final verdicts and
 * erased rows stay.
 */
export async function putAsideInLog(
  client: DynamoDBClient,
  tableName: string,
  row: LogRow,
  deadline: Deadline,
): Promise<void> {
  const { hourAndShard, receivedAtAndRequestId, ...fields } = writeLogRow(row);
  if (hourAndShard === undefined || receivedAtAndRequestId === undefined) throw new Error('the row has no key');
  const names = Object.keys(fields);
  const verdict: readonly string[] = ['result', 'reason', 'httpStatus', 'message'];
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: { hourAndShard, receivedAtAndRequestId },
    UpdateExpression: `SET ${names.map((name) => `#${name} = ${verdict.includes(name) ? `:${name}` : `if_not_exists(#${name}, :${name})`}`).join(', ')}`,
    ConditionExpression: `${unlessErased.ConditionExpression} AND (attribute_not_exists(#result) OR #result = :queued)`,
    ExpressionAttributeNames: {
      ...unlessErased.ExpressionAttributeNames,
      ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: {
      ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name] ?? { NULL: true }])),
      ':queued': unfinished[':queued'],
    },
  });
  try {
    await client.send(command, { abortSignal: abortSignal(deadline, writeMilliseconds) });
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}
