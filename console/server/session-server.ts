import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createGuardedServer, listenOnLoopback, readRequestBody } from './loopback';

/** What a page asks for: its path is parsed, so that `/x/../admin` is `/admin`. */
export interface PageCall {
  readonly method: string;
  readonly path: string;
  /** With its `?`; empty where there is no query. */
  readonly search: string;
  /** `content-type`, `if-match` and `accept`, where they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, where there is one. */
  readonly body?: string;
}

export interface ServedPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SessionParts {
  /** Served at `/` to anybody on this machine: it must hold no secret. */
  readonly page: ServedPage;
  /** Where a call goes; `undefined` for a call that this page must not make. Rejects with a message for the person at the page. */
  route(call: PageCall): (() => Promise<Response>) | undefined;
}

export interface SessionServer {
  /** What a browser opens. Its fragment is the session's secret, which no browser sends or keeps in a log. */
  readonly url: string;
  close(): Promise<void>;
}

/** The header by which the page shows the session's secret. */
const sessionHeader = 'x-tracker-session';

const bodyLimitBytes = 1024 * 1024;

/** On every answer: what is shown here is for one page on one machine. */
const ownHeaders = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What a page reads of an answer that was passed on. */
const passedOn = ['content-type', 'etag', 'retry-after', 'x-request-id', 'x-postback-reason'];

/**
 * Serves one page, and makes its calls with the rights of the person who started it. A call must come from this machine, from that page,
 * with the secret in its address, and as JSON where it changes something. Rejects with the system's error, e.g. `EADDRINUSE`.
 */
export async function serveSession(parts: SessionParts, port: number): Promise<SessionServer> {
  const secret = randomBytes(16).toString('hex');
  const server = createGuardedServer((request, response) => {
    answer(request, parts, secret)
      .catch((error: unknown) =>
        problem(502, 'TRACKER_UNREACHABLE', error instanceof Error ? error.message : 'No answer.'),
      )
      .then((answered) => send(request, response, answered))
      .catch(() => response.destroy());
  });
  const { url, close } = await listenOnLoopback(server, port);
  return { url: `${url}/#s=${secret}`, close };
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

async function answer(request: IncomingMessage, { page, route }: SessionParts, secret: string): Promise<Answered> {
  const { method = 'GET', url = '/' } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  if (!url.startsWith('/')) return problem(400, 'PATH_INVALID', 'The path must begin with a slash.');
  const { pathname: path, search } = new URL(`http://localhost${url}`);
  if (isRead && path === '/') return { status: 200, ...page };
  if (!isSame(textOf(request, sessionHeader), secret)) {
    return problem(
      401,
      'SESSION_UNKNOWN',
      'This page belongs to another session. Open the address that the command printed.',
    );
  }
  if (!isRead && !/^application\/json\s*(?:;|$)/i.test(textOf(request, 'content-type'))) {
    return problem(415, 'MEDIA_TYPE_UNSUPPORTED', 'What changes something must be JSON. Send it as application/json.');
  }
  const body = await readRequestBody(request, bodyLimitBytes);
  if (body === undefined) return problem(413, 'TOO_LARGE', 'The body has more than 1 MB.');
  const headers = Object.fromEntries(
    ['accept', 'content-type', 'if-match'].flatMap((name) => {
      const value = textOf(request, name);
      return value === '' ? [] : [[name, value]];
    }),
  );
  const go = route({ method, path, search, headers, ...(body.length > 0 && { body: body.toString() }) });
  if (go === undefined) return problem(403, 'CALL_NOT_ALLOWED', 'This page may not make this call.');
  return readAnswer(await go());
}

async function readAnswer(response: Response): Promise<Answered> {
  const headers = Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

function send({ method }: IncomingMessage, response: ServerResponse, { status, headers, body }: Answered): void {
  response.writeHead(status, { ...headers, ...ownHeaders });
  response.end(method === 'HEAD' ? undefined : body);
}

function problem(status: number, error: string, message: string): Answered {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error, message }) };
}

function textOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** Compares in a time that tells nothing of where two texts differ, nor of how long the secret is. */
function isSame(shown: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(secret));
}
