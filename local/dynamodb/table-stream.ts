import { isObject, type JsonObject, listOf, numberOr, objectOrEmpty, stringOrUndefined, textOf } from '../json';
import { type DynamoDbClient, DynamoDbError } from './client';

/** A record of a stream as DynamoDB's API returns it, with the fields that decide its batch parsed. */
export interface ChangeRecord {
  /** Grows from each record of the table to the next. */
  readonly sequence: bigint;
  /** Time of the change in Unix milliseconds, in whole seconds. */
  readonly createdAt: number;
  readonly keys: JsonObject;
  readonly record: JsonObject;
}

/** Maximum records per GetRecords call. */
export const pageSize = 1000;

/** The stream of a table that has one enabled. */
export interface TableStream {
  /** Changes each time that the stream is enabled. */
  readonly label: string;
  /** Reads records after a sequence number, oldest first; 0n for all that are kept. */
  from(after: bigint): StreamCursor;
}

/** Reads on from its position. */
export interface StreamCursor {
  /** Returns at most `pageSize` records, and none where nothing new has come. */
  next(): Promise<readonly ChangeRecord[]>;
}

/** Opens the stream of a table. Rejects a table without one, or with more than one shard, which no supported server has. */
export async function openTableStream(client: DynamoDbClient, tableName: string): Promise<TableStream> {
  const { Table: table } = await client.call('DescribeTable', { TableName: tableName });
  const arn = stringOrUndefined(objectOrEmpty(table)['LatestStreamArn']);
  if (arn === undefined) throw new Error(`the table ${tableName} has no stream`);
  const { StreamDescription: described } = await client.call('DescribeStream', { StreamArn: arn });
  const { Shards: shards, StreamLabel: label, CreationRequestDateTime: createdAt } = objectOrEmpty(described);
  const shardIds = listOf(shards).map((shard) => textOf(objectOrEmpty(shard)['ShardId']));
  const [shardId] = shardIds;
  if (shardId === undefined || shardIds.length > 1) {
    throw new Error(`the stream of ${tableName} has ${shardIds.length} shards; only one is supported`);
  }
  // dynoxide keeps records of an earlier stream of the table; they are older than this one.
  const since = Math.floor(numberOr(createdAt, 0)) * 1000;
  return { label: textOf(label), from: (after) => new Cursor(client, arn, shardId, since, after) };
}

class Cursor implements StreamCursor {
  private iterator: string | undefined;

  constructor(
    private readonly client: DynamoDbClient,
    private readonly streamArn: string,
    private readonly shardId: string,
    private readonly since: number,
    private after: bigint,
  ) {}

  async next(): Promise<readonly ChangeRecord[]> {
    const iterator = this.iterator ?? (await this.place());
    let answer: JsonObject;
    try {
      answer = await this.client.call('GetRecords', { ShardIterator: iterator, Limit: pageSize });
    } catch (error) {
      // The next call resumes after the last record read.
      this.iterator = undefined;
      if (error instanceof DynamoDbError && error.type === 'ExpiredIteratorException') return [];
      throw error;
    }
    this.iterator = stringOrUndefined(answer['NextShardIterator']);
    const records = listOf(answer['Records']).flatMap((record) => readChange(record) ?? []);
    this.after = records.at(-1)?.sequence ?? this.after;
    return records.filter(({ createdAt }) => createdAt >= this.since);
  }

  private async place(): Promise<string> {
    const where =
      this.after === 0n
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: String(this.after) };
    const input = { StreamArn: this.streamArn, ShardId: this.shardId, ...where };
    const { ShardIterator: iterator } = await this.client.call('GetShardIterator', input);
    return textOf(iterator);
  }
}

function readChange(record: unknown): ChangeRecord | undefined {
  if (!isObject(record)) return undefined;
  const change = objectOrEmpty(record['dynamodb']);
  const sequence = textOf(change['SequenceNumber']);
  if (!/^\d+$/.test(sequence)) return undefined;
  return {
    sequence: BigInt(sequence),
    createdAt: numberOr(change['ApproximateCreationDateTime'], 0) * 1000,
    keys: objectOrEmpty(change['Keys']),
    record,
  };
}
