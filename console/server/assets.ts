import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { BuiltPage } from '../build';
import { consolePath } from '../index-document';
import { text, type Answered } from './answer';

/** The parts of a request that decide which file is sent, and how. */
export interface AssetRequest {
  readonly method: string;
  /** Parsed, and still encoded: `/console/requests/abc`. */
  readonly path: string;
  readonly accept: string;
  readonly acceptEncoding: string;
  /** `if-none-match`; empty where there is none. */
  readonly ifNoneMatch: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * A file of the page. Every address of the console is its document, since the page itself reads the address; but what looks like a file
 * is that file or 404, so that a module of an earlier build never turns out to be a document.
 */
export function assetAnswer(page: BuiltPage, request: AssetRequest): Answered {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    return withHeaders(text(405, 'The console is read with GET. Send this request to /console/api/ instead.\n'), {
      allow: 'GET, HEAD',
    });
  }
  const name = path.slice(consolePath.length);
  const asset = page.assets.get(name);
  if (asset !== undefined) return assetFile(name, asset, request);
  if (isDocument(name, request.accept)) return documentAnswer(page, request);
  return text(404, 'There is no such file. Reload the page: it may be of an earlier version.\n');
}

function isDocument(name: string, accept: string): boolean {
  if (name === '') return true;
  const last = name.slice(name.lastIndexOf('/') + 1);
  return !last.includes('.') && accept.toLowerCase().includes('text/html');
}

function assetFile(name: string, content: Uint8Array, { acceptEncoding }: AssetRequest): Answered {
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  return encoded(content, acceptEncoding, {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
  });
}

function documentAnswer({ document }: BuiltPage, { acceptEncoding, ifNoneMatch }: AssetRequest): Answered {
  const etag = `"${createHash('sha256').update(document).digest('base64url').slice(0, 22)}"`;
  const headers = { 'cache-control': 'no-cache', etag, 'content-type': 'text/html; charset=utf-8' };
  const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) {
    return { status: 304, headers: { ...headers, vary: 'accept-encoding' }, body: '' };
  }
  return encoded(Buffer.from(document), acceptEncoding, headers);
}

/** Each content is compressed once. */
const compressed = new WeakMap<Uint8Array, Buffer>();

function encoded(content: Uint8Array, acceptEncoding: string, headers: Readonly<Record<string, string>>): Answered {
  const shared = { ...headers, vary: 'accept-encoding' };
  if (!/(?:^|,)\s*gzip\s*(?:,|$)/i.test(acceptEncoding)) return { status: 200, headers: shared, body: content };
  const body = compressed.get(content) ?? gzipSync(content, { level: 9 });
  compressed.set(content, body);
  return { status: 200, headers: { ...shared, 'content-encoding': 'gzip' }, body };
}

function withHeaders(answered: Answered, headers: Readonly<Record<string, string>>): Answered {
  return { ...answered, headers: { ...answered.headers, ...headers } };
}
