import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { hourAndShard, postbackLogShards } from '../domain/values/request-id';
import type { Result } from '../domain/values/reasons';
import type { HourCount } from '../domain/watch/doubt';
import type { ReportCount } from '../domain/watch/report-watch';
import type { Hour } from '../domain/watch/hour';
import { abortSignal, type Deadline } from './deadline';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 10_000;
/** Shards read at a time: a new table on demand gives 12,000 read units a second, and four streams of pages stay below. */
const shardsAtOnce = 4;

/** Tests and dry runs are somebody trying, and an error was nobody's. */
const countedAs: ReadonlyMap<string, 'accepted' | 'refused'> = new Map<Result, 'accepted' | 'refused'>([
  ['recorded', 'accepted'],
  ['updated', 'accepted'],
  ['duplicate', 'accepted'],
  ['queued', 'accepted'],
  ['rejected', 'refused'],
]);
const counted = [...countedAs.keys()];

const nothing: SentInHour = { accepted: 0, refused: 0, reported: 0, confirmed: 0 };

/** What an integration's server sent in an hour, and what browsers reported to it. */
export type SentInHour = HourCount & ReportCount;

export interface PostbackCounts {
  /** How many postbacks of an hour each integration sent. Every row of the log is looked at: the count is exact. */
  ofHour(hour: Hour, deadline: Deadline): Promise<ReadonlyMap<string, SentInHour>>;
}

export function postbackCounts(client: DynamoDBClient, tableName: string): PostbackCounts {
  async function readShard(hour: Hour, shard: number, take: (item: Item) => void, deadline: Deadline): Promise<void> {
    let startKey: Item | undefined;
    do {
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#partition = :partition',
        // The rows of a batch have a verdict each; the batch itself has none.
        FilterExpression: `#result IN (${counted.map((_, index) => `:result${index}`).join(', ')}) AND attribute_exists(#integration) AND attribute_not_exists(#rows)`,
        ProjectionExpression: '#integration, #result, #browser',
        ExpressionAttributeNames: {
          '#partition': tableKey.postbackLog.partition,
          '#integration': 'integration',
          '#result': 'result',
          '#browser': 'browser',
          '#rows': 'rows',
        },
        ExpressionAttributeValues: {
          ':partition': { S: hourAndShard(hour, shard) },
          ...Object.fromEntries(counted.map((result, index) => [`:result${index}`, { S: result }])),
        },
        ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
      });
      const answer = await storageCall(`counting the postbacks of ${hour}`, () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      answer.Items?.forEach(take);
      startKey = answer.LastEvaluatedKey;
    } while (startKey !== undefined);
  }

  return {
    async ofHour(hour, deadline) {
      const counts = new Map<string, SentInHour>();
      const take = (item: Item): void => {
        const integration = item['integration']?.S;
        const as = countedAs.get(item['result']?.S ?? '');
        if (integration === undefined || as === undefined) return;
        const before = counts.get(integration) ?? nothing;
        const browser = item['browser']?.S;
        if (browser === 'reported') {
          // A report that came again is none, and says nothing of the integration's server.
          const isNew = item['result']?.S === 'recorded';
          counts.set(integration, { ...before, reported: before.reported + Number(isNew) });
        } else {
          const confirmed = before.confirmed + Number(browser === 'confirmed');
          counts.set(integration, { ...before, [as]: before[as] + 1, confirmed });
        }
      };
      const shards = Array.from({ length: postbackLogShards }, (_, shard) => shard);
      const worker = async (): Promise<void> => {
        for (let shard = shards.pop(); shard !== undefined; shard = shards.pop()) {
          await readShard(hour, shard, take, deadline);
        }
      };
      await Promise.all(Array.from({ length: shardsAtOnce }, worker));
      return counts;
    },
  };
}
