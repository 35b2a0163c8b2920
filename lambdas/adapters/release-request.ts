import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
const { partition, sort } = tableKey.deliveries;

/** The partition of release requests: a row for each source. */
export const releasePartition = 'releases';

export function releaseKey(sourceId: string): Item {
  return toItem({ [partition]: releasePartition, [sort]: sourceId });
}

export interface ReleaseRequests {
  /** Requests the release of a source's held deliveries since a time. */
  begin(sourceId: string, since: number, now: number, deadline: Deadline): Promise<void>;
}

export function releaseRequests(client: DynamoDBClient, tableName: string): ReleaseRequests {
  return {
    async begin(sourceId, since, now, deadline) {
      const row = { begunAt: now, place: new Date(since).toISOString(), until: now };
      const command = new PutItemCommand({ TableName: tableName, Item: { ...releaseKey(sourceId), ...toItem(row) } });
      await storageCall('asking to release deliveries', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
    },
  };
}
