import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Deadline } from './deadline';
import { toItem, type Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 10_000;

/** The position of one segment's scan: a key of the table, `start` before its first page, `end` after its last. */
export type SegmentPosition = 'start' | 'end' | Readonly<Record<string, string>>;

/**
 * Scans a table in parallel, with one segment per position, until time is used up; a begun page is read to its end. A row that changes
 * meanwhile is read before or after its change.
 * @returns the next position of each segment
 */
export async function scanTable(
  client: DynamoDBClient,
  tableName: string,
  positions: readonly SegmentPosition[],
  deadline: Deadline,
  onItem: (item: Item) => void,
): Promise<readonly SegmentPosition[]> {
  const scanSegment = async (from: SegmentPosition, segment: number): Promise<SegmentPosition> => {
    let position = from;
    while (position !== 'end' && deadline.remaining() > 0) {
      const command: ScanCommand = new ScanCommand({
        TableName: tableName,
        Segment: segment,
        TotalSegments: positions.length,
        ConsistentRead: true,
        ...(position !== 'start' && { ExclusiveStartKey: toItem(position) }),
      });
      const { Items: items = [], LastEvaluatedKey: key } = await storageCall('scanning a table', () =>
        client.send(command, { abortSignal: AbortSignal.timeout(callMilliseconds) }),
      );
      items.forEach(onItem);
      position = key === undefined ? 'end' : textsOf(key);
    }
    return position;
  };
  return Promise.all(positions.map(scanSegment));
}

/** Keys of these tables are texts. */
function textsOf(key: Item): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(unmarshall(key)).map(([name, value]) => [name, String(value)]));
}
