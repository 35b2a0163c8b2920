import { GetItemCommand, QueryCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableKey } from '../contract';
import { isExpired } from '../domain/click/click';
import { hourAndShard, hourOf, logKeyOf, type LogKey } from '../domain/values/request-id';
import type { LogRow } from '../domain/log/log-row';
import { abortSignal, type Deadline } from './deadline';
import { toItem, type Item } from './item';
import { conditionsOf, passes, type LogFilter } from './postback-log-filter';
import { readLogRows } from './postback-log-rows';
import { readLogRow } from './postback-log-table';
import { storageCall } from './storage-failure';

const callMilliseconds = 3000;
/** Maximum age of a row for a consistent read; an older one has reached every copy, at half the price. */
const settledMilliseconds = 60_000;

/** A range of one partition of the log. */
export interface LogStretch {
  readonly hour: string;
  readonly shard: number;
  /** The lowest sort key of the range, included. */
  readonly from: string;
  /** The end of the range, excluded. */
  readonly below: string;
}

export interface KeyedLogRow {
  /** The sort key, the same order in every shard. */
  readonly key: string;
  readonly row: LogRow;
}

export interface LogStretchReading {
  /** Newest first. */
  readonly rows: readonly KeyedLogRow[];
  /** Number of rows that were read and paid for. */
  readonly examined: number;
  /** The sort key at which the read ended; `undefined` at the end of the range. */
  readonly readDownTo?: string;
}

export interface PostbackLogReader {
  find(requestId: string, now: number, deadline: Deadline): Promise<LogRow | undefined>;
  /** Returns many rows by request ID; missing ones are absent. */
  findAll(requestIds: readonly string[], now: number, deadline: Deadline): Promise<ReadonlyMap<string, LogRow>>;
  /** Examines up to `examine` rows of a range, newest first, and returns those that pass the filter. */
  read(
    stretch: LogStretch,
    filter: LogFilter,
    examine: number,
    now: number,
    deadline: Deadline,
  ): Promise<LogStretchReading>;
}

const { partition, sort } = tableKey.postbackLog;

export function postbackLogReader(client: DynamoDBClient, tableName: string): PostbackLogReader {
  return {
    async find(requestId, now, deadline) {
      const key = logKeyOf(requestId);
      if (key === undefined) return undefined;
      const command = new GetItemCommand({ TableName: tableName, Key: toItem(key), ConsistentRead: true });
      const { Item: item } = await storageCall('reading a row of the postback log', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      const row = item === undefined ? undefined : readLogRow(item);
      return row === undefined || isExpired(row, now) ? undefined : row;
    },

    findAll: (requestIds, now, deadline) => readLogRows(client, tableName, requestIds, now, deadline),

    async read(stretch, filter, examine, now, deadline) {
      const { hour, shard, from, below } = stretch;
      const conditions = conditionsOf(filter, now);
      const command = new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :below',
        FilterExpression: conditions.expression,
        ExpressionAttributeNames: { '#partition': partition, '#sort': sort, ...conditions.names },
        ExpressionAttributeValues: {
          ':partition': { S: hourAndShard(hour, shard) },
          ':from': { S: from },
          ':below': { S: below },
          ...conditions.values,
        },
        ScanIndexForward: false,
        // BETWEEN includes its upper bound, which was returned before.
        Limit: examine + 1,
        ConsistentRead: hour >= hourOf(now - settledMilliseconds),
      });
      const answer = await storageCall('reading the postback log', () =>
        client.send(command, { abortSignal: abortSignal(deadline, callMilliseconds) }),
      );
      const rows = (answer.Items ?? [])
        .map((item) => ({ key: sortKeyOf(item), row: readLogRow(item) }))
        .filter(({ key, row }) => key < below && !isExpired(row, now) && passes(row, filter));
      const readDownTo = answer.LastEvaluatedKey && sortKeyOf(answer.LastEvaluatedKey);
      return { rows, examined: answer.ScannedCount ?? rows.length, ...(readDownTo !== undefined && { readDownTo }) };
    },
  };
}

function sortKeyOf(item: Item): string {
  const key = item[sort satisfies keyof LogKey]?.S;
  if (key === undefined) throw new Error('a row of the postback log has no sort key');
  return key;
}
