import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Item } from './item';

/** A change of one row in its stream. */
export interface StreamRecord {
  /** Orders the records of a shard: a number of 21 to 40 digits. */
  readonly sequence: string;
  /** Time of the write, in milliseconds since 1970. */
  readonly at: number;
  readonly keys: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Consecutive changes of one shard. */
export interface StreamBatch {
  /** Table and stream of the changes: a new table or stream has another name. */
  readonly table: string;
  readonly stream: string;
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
}

/** DynamoDB's format: this code wrote the values, which are parsed where they are used. */
const itemSchema = v.record(
  v.string(),
  v.custom<AttributeValue>((value) => typeof value === 'object' && value !== null),
);

const recordSchema = v.object({
  eventSourceARN: v.string(),
  dynamodb: v.object({
    SequenceNumber: v.pipe(v.string(), v.regex(/^\d+$/)),
    /** Seconds. */
    ApproximateCreationDateTime: v.number(),
    Keys: itemSchema,
    OldImage: v.optional(itemSchema),
    NewImage: v.optional(itemSchema),
  }),
});

const eventSchema = v.object({
  shardId: v.optional(v.string()),
  eventSourceARN: v.optional(v.string()),
  Records: v.array(recordSchema),
});

/**
 * Reads the event of a mapping with a tumbling window; `undefined` at the end of a window without changes. Throws if the event names no
 * shard: repeated records would then be counted twice.
 */
export function readStreamEvent(event: unknown): StreamBatch | undefined {
  const { shardId, eventSourceARN, Records: records } = v.parse(eventSchema, event);
  if (shardId === undefined || shardId === '') {
    throw new Error('the event names no shard: the event source mapping must have a tumbling window');
  }
  const arn = records[0]?.eventSourceARN ?? eventSourceARN;
  if (records.length === 0 || arn === undefined) return undefined;
  const [, table, stream] = /:table\/([^/]+)\/stream\/(.+)$/.exec(arn) ?? [];
  if (table === undefined || stream === undefined) throw new Error(`${arn} is no stream of a table`);
  if (records.some((record) => record.eventSourceARN !== arn)) throw new Error('the event is of more than one stream');
  return {
    table,
    stream,
    shardId,
    records: records.map(changeOf),
  };
}

/** Reads the event of a mapping without a window; `undefined` for an event of another kind, such as that of a schedule. */
export function readStreamRecords(event: unknown): readonly StreamRecord[] | undefined {
  if (!v.is(v.object({ Records: v.unknown() }), event)) return undefined;
  return v.parse(eventSchema, event).Records.map(changeOf);
}

function changeOf({ dynamodb }: v.InferOutput<typeof recordSchema>): StreamRecord {
  return {
    sequence: dynamodb.SequenceNumber,
    at: Math.round(dynamodb.ApproximateCreationDateTime * 1000),
    keys: dynamodb.Keys,
    before: dynamodb.OldImage,
    after: dynamodb.NewImage,
  };
}
