import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { conversionKeyOf, type Conversion, type ConversionSubject } from '../domain/conversion/conversion';
import { readConversion, stampedConversion } from './conversion-item';
import { abortSignal, type Deadline } from './deadline';
import { isConditionFailed, toItem, type Item } from './item';

export const conversionCallMilliseconds = 1500;

/** The outcome of a write: it is stored, or another row exists. */
export type WriteResult =
  { readonly stored: true } | { readonly stored: false; readonly found: Conversion | undefined };

const isNew = `attribute_not_exists(${tableKey.conversions.partition})`;
const isTheVersionRead = '#version = :versionRead';

/** Builds the write of a row on condition that it is unchanged since its read. A failure returns the row that exists. */
export function conditionalPut(tableName: string, conversion: Conversion) {
  const put = {
    TableName: tableName,
    Item: stampedConversion(conversion),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
  };
  if (conversion.version === 1) return { ...put, ConditionExpression: isNew };
  return {
    ...put,
    ConditionExpression: isTheVersionRead,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':versionRead': { N: String(conversion.version - 1) } },
  };
}

/**
 * Writes on a condition. The SDK repeats a write after a lost answer, which then fails: the failure returns the existing row,
 * and the next round looks for its request ID there.
 *
 *   nothing there       → isNew holds            → stored
 *   the version we read → isTheVersionRead holds → stored
 *   anything newer      → the condition fails    → found, and decided again
 */
export async function putConversion(
  client: DynamoDBClient,
  tableName: string,
  conversion: Conversion,
  deadline: Deadline,
): Promise<WriteResult> {
  try {
    await client.send(new PutItemCommand(conditionalPut(tableName, conversion)), {
      abortSignal: abortSignal(deadline, conversionCallMilliseconds),
    });
    return { stored: true };
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
    return { stored: false, found: error.Item === undefined ? undefined : readConversion(error.Item) };
  }
}

/** Reads the row of one key, strongly consistent. */
export async function readKeyRow(
  client: DynamoDBClient,
  tableName: string,
  subject: ConversionSubject,
  deadline: Deadline,
): Promise<Conversion | undefined> {
  const key = { clickId: subject.clickId, conversionKey: conversionKeyOf(subject) };
  const answer: { Item?: Item } = await client.send(
    new GetItemCommand({ TableName: tableName, Key: toItem(key), ConsistentRead: true }),
    { abortSignal: abortSignal(deadline, conversionCallMilliseconds) },
  );
  return answer.Item === undefined ? undefined : readConversion(answer.Item);
}
