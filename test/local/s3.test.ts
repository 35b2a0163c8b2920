import { readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { pathOfKey } from '../../local/s3/key-path';
import { ObjectStore } from '../../local/s3/object-store';
import { allow, join, withBucket } from './fixture/template';
import { type ServedGateway, serveGateway } from './fixture/served-gateway';
import { temporaryFolder } from './fixture/write-assembly';
import { atLength } from '../support/at-length';

jest.setTimeout(30_000);

let gateway: ServedGateway;
let s3: S3Client;
let Bucket: string;

beforeAll(async () => {
  gateway = await serveGateway((template) =>
    withBucket(template, (bucket) => [
      allow(['s3:PutObject', 's3:GetObject', 's3:DeleteObject'], join(bucket, '/open/*')),
      allow('s3:PutObject', join(bucket, '/locked/*')),
      allow('s3:ListBucket', bucket),
    ]),
  );
  s3 = new S3Client({ ...gateway.clientOf('Web'), maxAttempts: 1 });
  Bucket = gateway.stack.buckets[0]?.name ?? '';
});
afterAll(async () => {
  s3.destroy();
  await gateway.close();
});
afterEach(() => void gateway.faults.remove());

const put = (Key: string, Body: string | Buffer = 'text', more: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more: object = {}) => {
  const { Body, ...rest } = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...rest, text: await Body?.transformToString() };
};
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );

test('an object comes back with its type and what was said of it', async () => {
  const { ETag } = await put('open/a.csv', '"a"\n', { ContentType: 'text/csv', Metadata: { of: 'test' } });

  expect(await get('open/a.csv')).toMatchObject({
    text: '"a"\n',
    ETag,
    ContentType: 'text/csv',
    Metadata: { of: 'test' },
  });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'open/a.csv' }))).toMatchObject({ ContentLength: 4, ETag });
});

test('an object is a plain file, and is there after a restart', async () => {
  await put('open/day=1/part-0.parquet', 'PAR1');
  const file = gateway.objects.fileOf(Bucket, 'open/day=1/part-0.parquet');

  expect(file.endsWith(joinPath(Bucket, 'open', 'day=1', 'part-0.parquet'))).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe('PAR1');
  const folder = file.slice(0, file.indexOf(joinPath(Bucket, 'open')));
  expect(new ObjectStore(folder, [Bucket]).find(Bucket, 'open/day=1/part-0.parquet')).toMatchObject({ size: 4 });
});

test('a part of an object comes where a range is asked for', async () => {
  await put('open/range', '0123456789');

  expect((await get('open/range', { Range: 'bytes=2-4' })).text).toBe('234');
  expect(await get('open/range', { Range: 'bytes=-2' })).toMatchObject({ text: '89', ContentRange: 'bytes 8-9/10' });
  expect(await failureOf(get('open/range', { Range: 'bytes=10-' }))).toMatchObject({ name: 'InvalidRange' });
});

test('an object that is gone is not there', async () => {
  await put('open/gone');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'open/gone' }));

  expect(await failureOf(get('open/gone'))).toMatchObject({ name: 'NoSuchKey' });
  expect(await failureOf(s3.send(new HeadObjectCommand({ Bucket, Key: 'open/gone' })))).toMatchObject({
    name: 'NotFound',
  });
});

test('many objects are deleted by one request, whatever their keys hold', async () => {
  const keys = ['open/many/1', 'open/many/<&>"\'', 'open/many/ä +%2F'];
  for (const key of keys) await put(key);
  const Delete = { Objects: [...keys, 'open/many/none'].map((Key) => ({ Key })) };
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete }));

  expect(Deleted?.map(({ Key }) => Key)).toEqual([...keys, 'open/many/none']);
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'open/many/' }))).KeyCount).toBe(0);
});

test('a list comes page by page, in the order of the keys, with folders where a delimiter is given', async () => {
  for (const key of ['b', 'a/1', 'a/2', 'c', 'ä']) await put(`open/list/${key}`);
  const list = async (more: object) => {
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'open/list/', MaxKeys: 1, ContinuationToken, ...more }),
      );
      seen.push(
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    return seen.map((key) => key?.replace('open/list/', ''));
  };

  expect(await list({})).toEqual(['a/1', 'a/2', 'b', 'c', 'ä']);
  expect(await list({ Delimiter: '/' })).toEqual(['a/', 'b', 'c', 'ä']);
  expect(await list({ StartAfter: 'open/list/b' })).toEqual(['c', 'ä']);
});

test('a put on a condition that does not hold changes nothing', async () => {
  const { ETag } = await put('open/once', 'first');

  expect(await failureOf(put('open/once', 'second', { IfNoneMatch: '*' }))).toMatchObject({
    name: 'PreconditionFailed',
  });
  expect(await failureOf(put('open/once', 'second', { IfMatch: '"other"' }))).toMatchObject({
    name: 'PreconditionFailed',
  });
  await put('open/once', 'third', { IfMatch: ETag });
  expect((await get('open/once')).text).toBe('third');
});

test('bytes that are not those of their checksum are rejected', async () => {
  const failure = await failureOf(put('open/digest', 'text', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }));

  expect(failure).toMatchObject({ name: 'BadDigest' });
});

test('a body that is sent in signed chunks is put together', async () => {
  const chunk = 'x'.repeat(20_000);
  const sent = `4e20\r\n${chunk}\r\n4e20\r\n${chunk}\r\n0\r\nx-amz-checksum-crc32:wrong\r\n\r\n`;
  const request = (body: string) =>
    fetch(`${gateway.url}/${Bucket}/open/chunks`, {
      method: 'PUT',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=LOCALWeb/20260101/us-east-1/s3/aws4_request',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': '40000',
        'content-encoding': 'aws-chunked',
      },
      body,
    });

  expect((await request(sent)).status).toBe(400);
  expect((await request(sent.replace('x-amz-checksum-crc32:wrong\r\n', ''))).status).toBe(200);
  const stored = await get('open/chunks');
  expect(stored).toMatchObject({ ContentLength: 40_000, text: chunk + chunk });
  expect(stored).not.toHaveProperty('ContentEncoding');
});

describe('what the policies do not allow', () => {
  test('is denied, in the words of S3', async () => {
    expect(await failureOf(put('shut/a'))).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(/not authorized to perform: s3:PutObject on resource: arn:aws:s3:::\S+\/shut\/a/),
    });
  });

  test('is denied where the policy of the bucket says so, whatever that of the role says', async () => {
    expect(await failureOf(put('locked/a'))).toMatchObject({
      message: expect.stringContaining('resource-based policy'),
    });
  });

  test('an object that is not there is not said to be missing where the caller may not list', async () => {
    const blind = await serveGateway((template) =>
      withBucket(template, (bucket) => [allow('s3:GetObject', join(bucket, '/*'))]),
    );
    const client = new S3Client({ ...blind.clientOf('Web'), maxAttempts: 1 });
    const failure = await failureOf(client.send(new GetObjectCommand({ Bucket, Key: 'open/none' })));
    client.destroy();
    await blind.close();

    expect(failure).toMatchObject({ name: 'AccessDenied' });
  });
});

test('an operation that is not served is rejected by name', async () => {
  const failure = await failureOf(s3.send(new PutObjectAclCommand({ Bucket, Key: 'open/a', ACL: 'private' })));

  expect(failure).toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('PUT key?acl') });
});

test('faults of the wire reach it, and its operations are counted', async () => {
  gateway.operations.reset();
  gateway.faults.add({ kind: 'throttle', service: 's3', bucket: 'Facts', count: 1 });
  expect(await failureOf(put('open/slow'))).toMatchObject({ name: 'SlowDown' });
  gateway.faults.add({ kind: 'commit-then-reset', service: 's3', count: 1 });
  await expect(put('open/lost', 'kept')).rejects.toThrow('ECONNRESET');
  expect((await get('open/lost')).text).toBe('kept');

  expect(gateway.operations.list()).toEqual([
    expect.objectContaining({
      service: 's3',
      operation: 'PutObject',
      target: 'Facts',
      function: 'Web',
      count: 2,
      failed: 2,
    }),
    expect.objectContaining({ operation: 'GetObject', count: 1, failed: 0 }),
  ]);
});

test('no key leads out of its bucket, and no two have one file', () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '',
    'a',
    '%',
    '%2E',
    '%2E%2E',
    ' ',
    'a.',
    'C:',
    '\\',
    'ä',
    '\u0000',
    '.facts',
  );
  const key = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const root = temporaryFolder();
  fc.assert(
    fc.property(key, key, (one, other) => {
      expect(joinPath(root, 'bucket', pathOfKey(one)).startsWith(joinPath(root, 'bucket', '/'))).toBe(true);
      expect(pathOfKey(one) === pathOfKey(other)).toBe(one === other);
      expect(pathOfKey(one).split('/')).not.toContain('..');
    }),
    { seed: 20261130, numRuns: atLength(1000, 200) },
  );
});
