import { createHash } from 'node:crypto';
import { region } from '../account';
import type { ChangeRecord } from '../dynamodb/table-stream';
import { type JsonObject, listOf, objectOrEmpty, textOf } from '../json';
import type { StreamSourceModel } from '../template/model';

/** A change as a Lambda event carries it, with the fields that decide its batch. */
export interface PolledRecord {
  /** The size that the server counts. */
  readonly sequence: bigint;
  readonly shardId: string;
  /** Unix milliseconds, in the stack's time. */
  readonly createdAt: number;
  readonly bytes: number;
  readonly event: JsonObject;
}

/**
 * Parallel shards of a stream. The server has one; here records are spread by partition key, so that functions meet parallel readers as
 * in AWS.
 */
export const laneCount = 2;

/** Changes of a table after which its shards end and others begin, as they do in AWS every few hours. */
const changesPerShard = 5000n;

/** AWS's numbers exceed the exact integers of JavaScript: arithmetic on them must fail here as well. */
const firstSequenceNumber = 10n ** 24n;

export function sequenceNumberOf(sequence: bigint): string {
  return String(firstSequenceNumber + sequence);
}

/** Returns the lane of a change. All changes of one partition key share a lane for the lifetime of the table. */
export function laneOf(keys: JsonObject, { table }: Pick<StreamSourceModel, 'table'>): number {
  const partitionKey = listOf(table.definition['KeySchema'])
    .map(objectOrEmpty)
    .find(({ KeyType: type }) => type === 'HASH');
  const value = JSON.stringify(keys[textOf(partitionKey?.['AttributeName'])]);
  return hash(value ?? '').readUInt8() % laneCount;
}

/** Derives a shard's ID from stream, lane and sequence number alone: a retried record keeps its shard. */
export function shardIdOf(streamLabel: string, lane: number, sequence: bigint): string {
  const generation = sequence <= 0n ? 0n : (sequence - 1n) / changesPerShard;
  const digits = (/^\d+/.exec(streamLabel)?.[0] ?? '0').slice(0, 10);
  const begun = BigInt(digits) * 1000n + generation;
  const tail = hash(`${streamLabel}/${lane}/${generation}`).toString('hex', 0, 4);
  return `shardId-${String(begun).padStart(20, '0')}-${tail}`;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html ("Example Amazon DynamoDB Streams record event") */
export function readStreamRecord(
  change: ChangeRecord,
  source: StreamSourceModel,
  streamLabel: string,
  clockAhead: number,
): PolledRecord {
  const given = objectOrEmpty(change.record['dynamodb']);
  const createdAt = change.createdAt + clockAhead;
  const shardId = shardIdOf(streamLabel, laneOf(change.keys, source), change.sequence);
  const sequenceNumber = sequenceNumberOf(change.sequence);
  const event = {
    eventID: hash(`${shardId}/${sequenceNumber}`).toString('hex', 0, 16),
    eventName: change.record['eventName'],
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(createdAt / 1000),
      Keys: given['Keys'],
      ...(given['NewImage'] === undefined ? {} : { NewImage: given['NewImage'] }),
      ...(given['OldImage'] === undefined ? {} : { OldImage: given['OldImage'] }),
      SequenceNumber: sequenceNumber,
      SizeBytes: given['SizeBytes'],
      StreamViewType: given['StreamViewType'],
    },
    eventSourceARN: source.streamArn,
  };
  return {
    sequence: change.sequence,
    shardId,
    createdAt,
    bytes: Buffer.byteLength(JSON.stringify(event)) + 1,
    event,
  };
}

/** Dates the record later: a moved clock does not age waiting records, since no stream has stopped. */
export function movedRecord(record: PolledRecord, milliseconds: number): PolledRecord {
  const createdAt = record.createdAt + milliseconds;
  const dynamodb = {
    ...objectOrEmpty(record.event['dynamodb']),
    ApproximateCreationDateTime: Math.floor(createdAt / 1000),
  };
  return { ...record, createdAt, event: { ...record.event, dynamodb } };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
