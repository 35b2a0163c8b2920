import { QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { hourAndShard, postbackLogShards } from '../domain/values/request-id';
import type { Result } from '../domain/values/reasons';
import type { ReportCount } from '../domain/watch/report-watch';
import type { Hour } from '../domain/watch/hour';
import type { SenderHour } from '../domain/watch/unread';
import { abortSignal, type Deadline } from './deadline';
import type { Item } from './item';
import { storageCall } from './storage-failure';

const callMilliseconds = 10_000;
/** Shards read in parallel: a new on-demand table gives 12,000 read units per second, which four page streams do not reach. */
const shardsAtOnce = 4;

/** Tests and dry runs are trials, and errors are not the sender's. */
const countedAs: ReadonlyMap<string, 'accepted' | 'refused'> = new Map<Result, 'accepted' | 'refused'>([
  ['recorded', 'accepted'],
  ['updated', 'accepted'],
  ['duplicate', 'accepted'],
  ['queued', 'accepted'],
  ['rejected', 'refused'],
]);
const counted = [...countedAs.keys()];

/** Results that create or change a conversion. */
const recorded: readonly string[] = ['recorded', 'updated'] satisfies readonly Result[];

/** The postbacks of an integration's server in an hour, and the reports of browsers. */
export type SentInHour = SenderHour & ReportCount;

const nothing: SentInHour = { accepted: 0, refused: 0, recorded: 0, unread: 0, reported: 0, confirmed: 0 };

function isUnread({ warnings }: Item): boolean {
  return warnings?.L?.some(({ M }) => M?.['code']?.S === 'AMOUNT_UNREAD') === true;
}

export interface PostbackCounts {
  /** Counts the postbacks of an hour by integration. It reads every row of the log, so the count is exact. */
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
        ProjectionExpression: '#integration, #result, #browser, #warnings',
        ExpressionAttributeNames: {
          '#partition': tableKey.postbackLog.partition,
          '#integration': 'integration',
          '#result': 'result',
          '#browser': 'browser',
          '#rows': 'rows',
          '#warnings': 'warnings',
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
        const result = item['result']?.S ?? '';
        const as = countedAs.get(result);
        if (integration === undefined || as === undefined) return;
        const before = counts.get(integration) ?? nothing;
        const browser = item['browser']?.S;
        if (browser === 'reported') {
          // A repeated report does not count, and shows nothing about the integration's server.
          counts.set(integration, { ...before, reported: before.reported + Number(result === 'recorded') });
          return;
        }
        const isRecorded = recorded.includes(result);
        counts.set(integration, {
          ...before,
          [as]: before[as] + 1,
          recorded: before.recorded + Number(isRecorded),
          unread: before.unread + Number(isRecorded && isUnread(item)),
          confirmed: before.confirmed + Number(browser === 'confirmed'),
        });
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
