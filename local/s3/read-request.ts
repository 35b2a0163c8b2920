import type { IncomingHttpHeaders } from 'node:http';
import type { Need } from '../wire/message';
import { bucketArn } from './arn';
import { textsWithin } from './xml';

/** The fields of a request of S3's REST protocol that authorization needs. */
export interface S3Request {
  readonly service: 's3';
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly accessKeyId: string | undefined;
  readonly sessionToken: string | undefined;
  readonly targets: readonly string[];
  readonly needs: readonly Need[];
}

/** Supported operations, by method and by the presence of a key or a sub-resource. */
const operations: Readonly<Record<string, { readonly name: string; readonly action: string }>> = {
  'PUT key': { name: 'PutObject', action: 's3:PutObject' },
  'GET key': { name: 'GetObject', action: 's3:GetObject' },
  'HEAD key': { name: 'HeadObject', action: 's3:GetObject' },
  'DELETE key': { name: 'DeleteObject', action: 's3:DeleteObject' },
  'POST bucket?delete': { name: 'DeleteObjects', action: 's3:DeleteObject' },
  'GET bucket?list-type': { name: 'ListObjectsV2', action: 's3:ListBucket' },
};

/** Query parameters that do not select another operation. */
const plainParameters = [
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'max-keys',
  'prefix',
  'start-after',
  'x-id',
];
const overriding = /^response-/;

/** Headers of unsupported features: to ignore them would change the meaning of the request. */
const unservedHeaders = [
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-object-lock-mode',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
];

/** Reads a path-style request, which SDKs send to an endpoint that is an IP address. Returns `undefined` if it names no bucket. */
export function readS3Request(
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  bytes: Buffer,
  caller: Pick<S3Request, 'accessKeyId' | 'sessionToken'>,
): S3Request | undefined {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const [, bucket = '', rest = ''] = /^\/([^/]+)(?:\/(.*))?$/s.exec(path) ?? [];
  const key = decoded(rest);
  if (bucket === '' || key === undefined) return undefined;
  const query = new URLSearchParams(search.replaceAll('+', '%2B'));
  const special = [...query.keys()].filter((name) => !plainParameters.includes(name) && !overriding.test(name)).sort();
  const shape = `${method} ${key === '' ? 'bucket' : 'key'}${special.length === 0 ? '' : `?${special.join('&')}`}`;
  const header = unservedHeaders.find((name) => headers[name] !== undefined);
  const known = header === undefined ? operations[shape] : undefined;
  const operation = known?.name ?? (header === undefined ? shape : `${shape} with ${header}`);
  const keys = operation === 'DeleteObjects' ? textsWithin(bytes.toString(), 'Key') : [key];
  const resources =
    operation === 'ListObjectsV2' ? [bucketArn(bucket)] : keys.map((one) => `${bucketArn(bucket)}/${one}`);
  const needs = known === undefined ? [] : resources.map((resourceArn) => ({ action: known.action, resourceArn }));
  return { service: 's3', operation, bucket, key, query, headers, bytes, ...caller, targets: [bucket], needs };
}

export function isServedOperation(operation: string): boolean {
  return Object.values(operations).some(({ name }) => name === operation);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
