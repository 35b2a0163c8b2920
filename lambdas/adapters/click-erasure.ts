import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { isErased } from './erased';
import { toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;

/**
 * Longest time that a message about the click can wait in queues: 4 days in the retry queue, and 14 in the dead letter queue. Without the
 * tombstone it would restore the click.
 */
const leastSeconds = 30 * 24 * 60 * 60;

export interface ClickErasure {
  /** Whether a row exists under the ID; a tombstone counts. */
  exists(clickId: string, deadline: Deadline): Promise<boolean>;
  /** Replaces a click by a tombstone, also one whose row has not come yet. */
  erase(clickId: string, now: number, deadline: Deadline): Promise<'erased' | 'absent'>;
}

const { partition, timeToLive } = tableKey.clicks;

export function clickErasure(client: DynamoDBClient, tableName: string): ClickErasure {
  async function read(clickId: string, deadline: Deadline) {
    const command = new GetItemCommand({
      TableName: tableName,
      Key: toItem({ [partition]: clickId }),
      ConsistentRead: true,
    });
    const answer = await storageCall('reading a click', () =>
      client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
    );
    return answer.Item;
  }

  return {
    exists: async (clickId, deadline) => (await read(clickId, deadline)) !== undefined,
    async erase(clickId, now, deadline) {
      const stored = await read(clickId, deadline);
      if (stored !== undefined && isErased(stored)) return 'erased';
      const least = Math.floor(now / 1000) + leastSeconds;
      const expiresAt = Math.max(least, Number(stored?.[timeToLive]?.N ?? 0));
      const tombstone = toItem({ [partition]: clickId, erased: true, [timeToLive]: expiresAt });
      await storageCall('erasing a click', () =>
        client.send(new PutItemCommand({ TableName: tableName, Item: tombstone }), {
          abortSignal: abortSignal(deadline, callMilliseconds),
        }),
      );
      return stored === undefined ? 'absent' : 'erased';
    },
  };
}
