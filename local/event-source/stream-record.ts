import { createHash } from 'node:crypto';
import { region } from '../account';
import type { ChangeRecord } from '../dynamodb/table-stream';
import { type JsonObject, listOf, objectOrEmpty, textOf } from '../json';
import type { StreamSourceModel } from '../template/model';

/** A change as a Lambda event carries it, with what decides about its batch. */
export interface PolledRecord {
  /** As the server counts it. */
  readonly sequence: bigint;
  readonly shardId: string;
  /** Unix milliseconds, in the stack's time. */
  readonly createdAt: number;
  readonly bytes: number;
  readonly event: JsonObject;
}

/**
 * Shards that a stream has at a time. The server has one; here its records are dealt out by partition key, so that functions meet
 * readers beside each other as in AWS.
 */
export const laneCount = 2;

/** After so many changes of a table its shards end and others begin, as they do in AWS every few hours. */
const changesPerShard = 5000n;

/** AWS's are longer than a number of JavaScript can be exact: what calculates with them must fail here as well. */
const firstSequenceNumber = 10n ** 24n;

export function sequenceNumberOf(sequence: bigint): string {
  return String(firstSequenceNumber + sequence);
}

/** Which of the lanes a change is on. All changes of one partition key are on one, for as long as the table is there. */
export function laneOf(keys: JsonObject, { table }: Pick<StreamSourceModel, 'table'>): number {
  const partitionKey = listOf(table.definition['KeySchema'])
    .map(objectOrEmpty)
    .find(({ KeyType: type }) => type === 'HASH');
  const value = JSON.stringify(keys[textOf(partitionKey?.['AttributeName'])]);
  return hash(value ?? '').readUInt8() % laneCount;
}

/** A shard's ID depends on nothing but stream, lane and sequence number: a record that comes again is of the same shard. */
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

/** The record as if it had been written later: a clock that is moved does not age what waits, since no stream stopped. */
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
