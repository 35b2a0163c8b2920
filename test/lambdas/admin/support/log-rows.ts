import { randomBytes } from 'node:crypto';
import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { writeConversion } from '../../../../lambdas/adapters/conversion-item';
import { writeLogRow } from '../../../../lambdas/adapters/postback-log-table';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { readAmount, type Amount } from '../../../../lambdas/domain/values/amount';
import { mintClickId } from '../../../../lambdas/domain/click/signed-click-id';
import type { ClickId } from '../../../../lambdas/domain/click/click-id';
import { mintRequestId, type RequestId } from '../../../../lambdas/domain/values/request-id';
import type { LogRow } from '../../../../lambdas/domain/log/log-row';
import { tableNames } from '../../../storage/local-dynamodb';

export function newClickId(): ClickId {
  return mintClickId({ number: 1, secret: Buffer.from('any') }, Date.now(), randomBytes(8));
}

export function newRequestId(receivedAt: number): RequestId {
  return mintRequestId(receivedAt, randomBytes(9));
}

export function amountOf(text: string): Amount {
  const reading = readAmount(text, { negative: true });
  if (!reading.ok) throw new Error(`${text} is no amount`);
  return reading.amount;
}

/** Writes one row of the log as the postback function would. */
export async function logRow(
  client: DynamoDBClient,
  receivedAt: number,
  fields: Partial<LogRow> = {},
): Promise<LogRow> {
  const row: LogRow = {
    requestId: newRequestId(receivedAt),
    receivedAt: new Date(receivedAt).toISOString(),
    method: 'GET',
    path: '/postback',
    raw: 'clickid=x&token=***',
    integration: 'acme',
    campaign: 'spring',
    result: 'recorded',
    reason: 'OK',
    httpStatus: 200,
    message: 'Recorded.',
    warnings: [],
    attempts: 1,
    expiresAt: Math.floor(Date.now() / 1000) + 86_400,
    ...fields,
  };
  await client.send(new PutItemCommand({ TableName: tableNames.postbackLog, Item: writeLogRow(row) }));
  return row;
}

/** Writes a conversion with one entry of history for each of the rows. */
export async function conversion(
  client: DynamoDBClient,
  rows: readonly { readonly requestId: RequestId; readonly receivedAt: number }[],
  fields: Partial<Conversion> = {},
): Promise<Conversion> {
  const fallback = { status: 'approved', amount: amountOf('0') } as const;
  const written: Conversion = {
    clickId: newClickId(),
    conversionKey: 'sale#T1',
    event: 'sale',
    transactionId: 'T1',
    campaign: 'spring',
    integration: 'acme',
    status: 'approved',
    amount: amountOf('12.5'),
    amountNamed: true,
    test: false,
    repeated: false,
    version: rows.length,
    recordedAt: rows[0]?.receivedAt ?? 0,
    changedAt: rows.at(-1)?.receivedAt ?? 0,
    history: rows.map(({ requestId, receivedAt }, index) => ({
      requestId,
      eventTime: receivedAt,
      timeGiven: false,
      receivedAt,
      statement: `statement-${index}`,
      retryHours: 48,
      amount: amountOf('12.5'),
      fallback,
      mode: 'update',
      reason: index === 0 ? 'OK' : 'OK_UPDATED',
      deltas: { XXX: amountOf('12.5') },
    })),
    ...fields,
  };
  await client.send(new PutItemCommand({ TableName: tableNames.conversions, Item: writeConversion(written) }));
  return written;
}
