import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { Conversion } from '../domain/conversion/conversion';
import { readConversion } from './conversion-item';
import { abortSignal, type Deadline } from './deadline';
import { toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const { partition, sort } = tableKey.conversions;

/** One conversion by its key, strongly consistent; `undefined` where there is none. */
export async function findConversion(
  client: DynamoDBClient,
  tableName: string,
  { clickId, conversionKey }: Pick<Conversion, 'clickId' | 'conversionKey'>,
  deadline: Deadline,
): Promise<Conversion | undefined> {
  const key = toItem({ [partition]: clickId, [sort]: conversionKey });
  const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead: true });
  const { Item: item } = await storageCall('reading a conversion', () =>
    client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
  );
  return item === undefined ? undefined : readConversion(item);
}
