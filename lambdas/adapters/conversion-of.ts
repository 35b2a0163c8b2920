import { GetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import type { Conversion } from '../domain/conversion/conversion';
import { readConversion } from './conversion-item';
import { abortSignal, type Deadline } from './deadline';
import { toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const { partition, sort } = tableKey.conversions;

/** Names a conversion before or after a change. */
export type ChangedConversion = Pick<Conversion, 'clickId' | 'conversionKey'> & {
  /** The version after the change. */
  readonly conversionVersion: number;
};

/** Returns the conversion after a change or a later one; `undefined` if there is none. */
export async function findConversion(
  client: DynamoDBClient,
  tableName: string,
  { clickId, conversionKey, conversionVersion }: ChangedConversion,
  deadline: Deadline,
): Promise<Conversion | undefined> {
  async function read(ConsistentRead: boolean): Promise<Conversion | undefined> {
    const key = toItem({ [partition]: clickId, [sort]: conversionKey });
    const command = new GetItemCommand({ TableName: tableName, Key: key, ConsistentRead });
    const { Item: item } = await storageCall('reading a conversion', () =>
      client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    return item === undefined ? undefined : readConversion(item);
  }
  // The cheaper read usually has the change already; otherwise a consistent read follows.
  const found = await read(false);
  return found !== undefined && found.version >= conversionVersion ? found : read(true);
}
