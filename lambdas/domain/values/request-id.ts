import { readBigEndian, writeBigEndian } from '../text/big-endian';
import { decodeBase32, encodeBase32 } from '../text/crockford-base32';

/** The ID of one postback request: 24 letters, 48 bits of receipt time and 72 random, sorting by time. */
export type RequestId = string & { readonly __brand: 'RequestId' };

/** Where a request's row stands in the postback log. */
export interface LogKey {
  readonly hourAndShard: string;
  readonly receivedAtAndRequestId: string;
}

/** Shards of one hour of the postback log: 16 partitions take 16,000 writes a second. */
export const postbackLogShards = 16;

const byteLength = 15;

/**
 * @param receivedAt milliseconds since 1970
 * @param random 9 random bytes
 */
export function mintRequestId(receivedAt: number, random: Uint8Array): RequestId {
  const bytes = new Uint8Array(byteLength);
  writeBigEndian(bytes.subarray(0, 6), receivedAt);
  bytes.set(random.subarray(0, 9), 6);
  return encodeBase32(bytes) as RequestId;
}

/** Reads a request ID as somebody typed it; `undefined` where it is none. */
export function readRequestId(text: string): { requestId: RequestId; receivedAt: number; shard: number } | undefined {
  if (text.length !== (byteLength / 5) * 8) return undefined;
  const bytes = decodeBase32(text);
  if (bytes === undefined) return undefined;
  const receivedAt = readBigEndian(bytes.subarray(0, 6));
  if (receivedAt > 8.64e15) return undefined;
  return {
    requestId: encodeBase32(bytes) as RequestId,
    receivedAt,
    shard: (bytes[byteLength - 1] ?? 0) % postbackLogShards,
  };
}

/** The partition of one hour (`2026-11-23T14`) and shard (`07`). */
export function hourAndShard(hour: string, shard: number): string {
  return `${hour}#${String(shard).padStart(2, '0')}`;
}

/** The hour of a moment, as the log's partitions name it. */
export function hourOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 13);
}

/** A request ID carries hour, shard and time of receipt: one row is one read. */
export function logKeyOf(text: string): LogKey | undefined {
  const read = readRequestId(text);
  if (read === undefined) return undefined;
  return {
    hourAndShard: hourAndShard(hourOf(read.receivedAt), read.shard),
    receivedAtAndRequestId: `${new Date(read.receivedAt).toISOString()}#${read.requestId}`,
  };
}
