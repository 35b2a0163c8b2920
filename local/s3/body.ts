import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { stringOrUndefined } from '../json';

/** The bytes of an object, or the S3 error code of the request. */
export type ObjectBody = { readonly bytes: Buffer } | { readonly code: 'BadDigest' | 'IncompleteBody' };

/** Extracts the object from the request body and verifies every checksum that came with it. */
export function readObjectBody(headers: IncomingHttpHeaders, sent: Buffer): ObjectBody {
  const isChunked = stringOrUndefined(headers['x-amz-content-sha256'])?.startsWith('STREAMING-') ?? false;
  const unpacked = isChunked ? unpack(sent) : { bytes: sent, trailers: {} };
  const length = Number(headers['x-amz-decoded-content-length'] ?? unpacked?.bytes.length);
  if (unpacked === undefined || unpacked.bytes.length !== length) return { code: 'IncompleteBody' };
  const { bytes } = unpacked;
  const given: Readonly<Record<string, unknown>> = { ...headers, ...unpacked.trailers };
  const isWrong = Object.entries(checksums).some(([name, sum]) => {
    const expected = given[name];
    return typeof expected === 'string' && expected !== sum(bytes);
  });
  return isWrong ? { code: 'BadDigest' } : { bytes };
}

const digest = (algorithm: string) => (bytes: Buffer) => createHash(algorithm).update(bytes).digest('base64');

const checksums: Readonly<Record<string, (bytes: Buffer) => string>> = {
  'content-md5': digest('md5'),
  'x-amz-checksum-sha1': digest('sha1'),
  'x-amz-checksum-sha256': digest('sha256'),
  'x-amz-checksum-crc32': (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum.toString('base64');
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html: chunks with their length in hex, then trailers. */
function unpack(sent: Buffer): { bytes: Buffer; trailers: Record<string, string> } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = sent.indexOf('\r\n', at);
    const length = end < 0 ? NaN : parseInt(sent.toString('latin1', at, end), 16);
    if (Number.isNaN(length)) return undefined;
    at = end + 2;
    if (length === 0) return { bytes: Buffer.concat(chunks), trailers: readTrailers(sent.toString('latin1', at)) };
    chunks.push(sent.subarray(at, at + length));
    at += length + 2;
  }
}

function readTrailers(text: string): Record<string, string> {
  const lines = text.split('\r\n').filter((line) => line.includes(':'));
  return Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}
