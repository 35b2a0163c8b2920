import type { WireAnswer } from '../wire/message';
import type { ObjectStore } from './object-store';
import type { S3Request } from './read-request';
import { s3Error, xmlAnswer } from './xml';

const pageLimit = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects({ bucket, query }: S3Request, store: ObjectStore): WireAnswer {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const asked = query.get('max-keys') ?? String(pageLimit);
  if (!/^\d+$/.test(asked)) return s3Error(400, 'InvalidArgument', 'Provided max-keys not an integer');
  const limit = Math.min(pageLimit, Number(asked));
  const token = query.get('continuation-token');
  const after = Buffer.from(token === null ? (query.get('start-after') ?? '') : fromToken(token));
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;

  const contents: Record<string, string | number>[] = [];
  const prefixes: string[] = [];
  let last = '';
  let isTruncated = false;
  for (const { key, size, etag, modifiedAt } of store.list(bucket, prefix)) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (common !== undefined && common === prefixes.at(-1)) {
      last = key;
      continue;
    }
    if (Buffer.compare(Buffer.from(key), after) <= 0) continue;
    if (contents.length + prefixes.length >= limit) {
      isTruncated = limit > 0;
      break;
    }
    last = key;
    if (common !== undefined) prefixes.push(common);
    else {
      const LastModified = new Date(modifiedAt).toISOString();
      contents.push({ Key: encode(key), LastModified, ETag: etag, Size: size, StorageClass: 'STANDARD' });
    }
  }
  return xmlAnswer(200, 'ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: limit,
    KeyCount: contents.length + prefixes.length,
    IsTruncated: isTruncated,
    EncodingType: query.get('encoding-type') ?? undefined,
    ContinuationToken: token ?? undefined,
    StartAfter: query.get('start-after') ?? undefined,
    NextContinuationToken: isTruncated ? toToken(last) : undefined,
    Contents: contents,
    CommonPrefixes: prefixes.map((Prefix) => ({ Prefix: encode(Prefix) })),
  });
}

/** A token is opaque to the caller. */
const toToken = (key: string): string => Buffer.from(key).toString('base64url');
const fromToken = (token: string): string => Buffer.from(token, 'base64url').toString();
