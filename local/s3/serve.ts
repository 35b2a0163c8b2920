import { codeOf } from '../failure';
import type { WireAnswer } from '../wire/message';
import { readObjectBody } from './body';
import { listObjects } from './list-objects';
import type { ObjectFacts, ObjectStore } from './object-store';
import { isServedOperation, type S3Request } from './read-request';
import { s3Error, textsWithin, xmlAnswer } from './xml';

/** Maximum bytes of a key: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const keyLimitBytes = 1024;
const deletedAtOnce = 1000;

/** Headers of a PutObject that are returned with the object. */
const keptHeaders = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'content-type'];

/**
 * Serves an authorized request. `mayList`: whether the caller may list the bucket, without which S3 does not report an object as missing.
 */
export function serveS3(request: S3Request, store: ObjectStore, mayList: boolean): WireAnswer {
  const { operation, bucket, key } = request;
  if (!isServedOperation(operation)) {
    return s3Error(501, 'NotImplemented', `The local stack does not serve ${operation}.`);
  }
  if (!store.has(bucket)) return s3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  switch (operation) {
    case 'PutObject':
      return putObject(request, store);
    case 'GetObject':
    case 'HeadObject':
      return getObject(request, store, mayList);
    case 'DeleteObject':
      store.delete(bucket, key);
      return empty(204);
    case 'DeleteObjects':
      return deleteObjects(request, store);
    default:
      return listObjects(request, store);
  }
}

function putObject({ bucket, key, headers, bytes }: S3Request, store: ObjectStore): WireAnswer {
  if (Buffer.byteLength(key) > keyLimitBytes) return s3Error(400, 'KeyTooLongError', 'Your key is too long');
  const existing = store.find(bucket, key);
  const match = headers['if-match'];
  const isUnmet = headers['if-none-match'] === undefined ? false : existing !== undefined;
  if (isUnmet || (match !== undefined && match !== existing?.etag)) {
    return s3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const body = readObjectBody(headers, bytes);
  if ('code' in body) return s3Error(400, body.code, bodyErrors[body.code]);
  try {
    const { etag } = store.put(bucket, key, body.bytes, headersOf(headers));
    return { ...empty(200), headers: { etag } };
  } catch (error) {
    const reason = codeOf(error);
    if (reason !== 'EISDIR' && reason !== 'ENOTDIR' && reason !== 'EEXIST' && reason !== 'ENAMETOOLONG') throw error;
    return s3Error(
      501,
      'NotImplemented',
      `The local stack keeps objects as files, and cannot keep "${key}": ${reason}.`,
    );
  }
}

const bodyErrors = {
  BadDigest: 'The Content-MD5 or checksum value that you specified did not match what the server received.',
  IncompleteBody: 'You did not provide the number of bytes specified by the Content-Length HTTP header.',
};

function headersOf(given: S3Request['headers']): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === 'string' && (keptHeaders.includes(name) || name.startsWith('x-amz-meta-'))) kept[name] = value;
  }
  // The transfer encoding is no property of the object.
  const encodings = (kept['content-encoding'] ?? '')
    .split(/,\s*/)
    .filter((name) => name !== '' && name !== 'aws-chunked');
  if (encodings.length > 0) kept['content-encoding'] = encodings.join(',');
  else delete kept['content-encoding'];
  return kept;
}

function getObject(request: S3Request, store: ObjectStore, mayList: boolean): WireAnswer {
  const { operation, bucket, key, headers } = request;
  const facts = store.find(bucket, key);
  if (facts === undefined) {
    const answer = mayList
      ? s3Error(404, 'NoSuchKey', 'The specified key does not exist.')
      : s3Error(403, 'AccessDenied', 'Access Denied');
    return operation === 'HeadObject' ? { ...answer, body: '' } : answer;
  }
  const given = { ...facts.headers, etag: facts.etag, 'last-modified': new Date(facts.modifiedAt).toUTCString() };
  const answer = { status: 200, contentType: facts.headers['content-type'] ?? 'application/octet-stream' };
  if (operation === 'HeadObject') {
    return {
      ...answer,
      body: '',
      headers: { ...given, 'content-length': String(facts.size), 'accept-ranges': 'bytes' },
    };
  }
  const bytes = store.read(bucket, key);
  if (headers.range === undefined) return { ...answer, body: bytes, headers: given };
  const range = rangeOf(headers.range, facts);
  if (range === undefined) return s3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  const [start, end] = range;
  const contentRange = { 'content-range': `bytes ${start}-${end}/${facts.size}` };
  return { ...answer, status: 206, body: bytes.subarray(start, end + 1), headers: { ...given, ...contentRange } };
}

/** First and last byte of `bytes=…`; `undefined` if the object has none of them. */
function rangeOf(header: string, { size }: ObjectFacts): readonly [number, number] | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(size - 1, Number(last));
  return start <= end ? [start, end] : undefined;
}

function deleteObjects({ bucket, headers, bytes }: S3Request, store: ObjectStore): WireAnswer {
  const body = readObjectBody(headers, bytes);
  if ('code' in body) return s3Error(400, body.code, bodyErrors[body.code]);
  const document = body.bytes.toString();
  const keys = textsWithin(document, 'Key');
  if (keys.length === 0 || keys.length > deletedAtOnce || textsWithin(document, 'VersionId').length > 0) {
    return s3Error(
      400,
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  for (const key of keys) store.delete(bucket, key);
  const isQuiet = textsWithin(document, 'Quiet').includes('true');
  return xmlAnswer(200, 'DeleteResult', { Deleted: isQuiet ? [] : keys.map((Key) => ({ Key })) });
}

function empty(status: number): WireAnswer {
  return { status, contentType: 'application/xml', body: '' };
}
