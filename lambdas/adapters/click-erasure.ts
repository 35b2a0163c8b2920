import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { abortSignal, type Deadline } from './deadline';
import { isErased } from './erased';
import { toItem } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;

/**
 * A queue may hold messages about the click for as long: 4 days in the retry queue, and 14 in the dead letter queue. A tombstone that
 * went sooner would let them bring the click back.
 */
const leastSeconds = 30 * 24 * 60 * 60;

export interface ClickErasure {
  /** Whether anything is stored under the ID; a tombstone counts. */
  stands(clickId: string, deadline: Deadline): Promise<boolean>;
  /** Puts a tombstone in the place of a click, also of one whose row has not come yet. */
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
    stands: async (clickId, deadline) => (await read(clickId, deadline)) !== undefined,
    async erase(clickId, now, deadline) {
      const standing = await read(clickId, deadline);
      if (standing !== undefined && isErased(standing)) return 'erased';
      const least = Math.floor(now / 1000) + leastSeconds;
      const expiresAt = Math.max(least, Number(standing?.[timeToLive]?.N ?? 0));
      const tombstone = toItem({ [partition]: clickId, erased: true, [timeToLive]: expiresAt });
      await storageCall('erasing a click', () =>
        client.send(new PutItemCommand({ TableName: tableName, Item: tombstone }), {
          abortSignal: abortSignal(deadline, callMilliseconds),
        }),
      );
      return standing === undefined ? 'absent' : 'erased';
    },
  };
}
