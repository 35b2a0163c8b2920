import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../operator/failure';
import type { BuiltPage } from '../build';
import { consolePath } from '../index-document';
import { json, problem, send, text, type Answered } from './answer';
import { assetAnswer } from './assets';
import type { Wanted } from './foreign-caller';
import { failureAnswer } from './failure-answer';
import { createGuardedServer, foreignCallerOf, listenOnLoopback, readRequestBody } from './loopback';
import { readExplanation, readTestPostback } from './orders';
import { isPublicAddress } from './public-address';
import { onlyReads } from './read-only';
import type { AdminCall, TrackerAccess } from './tracker-access';

export interface ConsoleParts {
  /** The page as its sources are now. */
  page(): Promise<BuiltPage>;
  readonly tracker: TrackerAccess;
  /** Whether calls that change something may be made at a protected stage. */
  readonly write: boolean;
}

/** The console of one tracker: its page and the calls of that page. */
export interface Console {
  /** The address to open below an origin such as `http://127.0.0.1:3000`. Its fragment is the secret, which no browser sends or logs. */
  address(origin: string): string;
  /** Answers a request for `/console` or below; it never rejects. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const apiPath = `${consolePath}api/`;
const adminPath = `${apiPath}admin/v1`;
/** The header by which the page shows the session's secret: other pages cannot send it, as they could a cookie. */
const sessionHeader = 'x-tracker-session';
const bodyLimitBytes = 1024 * 1024;

/** Headers of a forwarded answer that a page reads. */
const passedOn = [
  'content-disposition',
  'content-type',
  'etag',
  'location',
  'retry-after',
  'x-request-id',
  'apigw-requestid',
];

/** Whether a request target is the console's; `/console/../x` is too, and finds nothing there. */
export function isConsoleRequest({ url = '/' }: IncomingMessage): boolean {
  return url.startsWith(consolePath) || /^\/console(?:\?|$)/.test(url);
}

export function createConsole(parts: ConsoleParts): Console {
  const secret = randomBytes(16).toString('hex');
  return {
    address: (origin) => `${origin}${consolePath}#session=${secret}`,
    async serve(request, response) {
      try {
        const answered = await answer(request, parts, secret).catch(failureAnswer);
        send(response, request.method ?? 'GET', answered);
      } catch {
        // The tracker's answer cannot be sent, or the page has gone.
        response.destroy();
      }
    },
  };
}

export interface ServedConsole {
  /** The address for a browser, the secret included. */
  readonly url: string;
  close(): Promise<void>;
}

/** The console on a separate port; 0 takes a free one. Rejects with the system's error, e.g. `EADDRINUSE`. */
export async function serveConsole(parts: ConsoleParts, port: number): Promise<ServedConsole> {
  const console = createConsole(parts);
  const server = createGuardedServer((request, response) => void console.serve(request, response), wantedOf);
  const { url, close } = await listenOnLoopback(server, port);
  return { url: console.address(url), close };
}

function wantedOf({ url = '/' }: Pick<IncomingMessage, 'url'>): Wanted {
  return pathOf(url)?.startsWith(apiPath) === false ? 'page' : 'call';
}

/** The path as browsers would send it: "/console/x/../api" is "/console/api". It decides everything. */
function pathOf(target: string): string | undefined {
  return target.startsWith('/') ? new URL(`http://localhost${target}`).pathname : undefined;
}

async function answer(request: IncomingMessage, parts: ConsoleParts, secret: string): Promise<Answered> {
  const { method = 'GET', url = '/' } = request;
  const foreign = foreignCallerOf(request, wantedOf(request));
  if (foreign !== undefined) return json(403, foreign);
  const path = pathOf(url);
  if (path === undefined) return problem(400, 'PATH_INVALID', 'The path must begin with a slash.');
  const { search } = new URL(`http://localhost${url}`);
  if (path === consolePath.slice(0, -1)) {
    return { ...text(308, `${consolePath}\n`), headers: { location: `${consolePath}${search}` } };
  }
  if (!path.startsWith(consolePath)) return problem(404, 'NOT_FOUND', `The console is at ${consolePath}.`);
  if (!path.startsWith(apiPath)) {
    return pageAnswer(request, method, path, parts);
  }
  if (!isSame(textOf(request, sessionHeader), secret)) return unknownSession();
  // The others cannot carry a form: a browser asks before it sends them to another origin.
  const mayBeForm = !['GET', 'HEAD', 'DELETE'].includes(method);
  if (mayBeForm && !/^application\/json\s*(?:;|$)/i.test(textOf(request, 'content-type'))) {
    return problem(415, 'MEDIA_TYPE_UNSUPPORTED', 'A change must be JSON. Send it as application/json.');
  }
  const body = await readRequestBody(request, bodyLimitBytes);
  if (body === undefined) return problem(413, 'TOO_LARGE', 'The body has more than 1 MB.');
  return answerCall({ method, path, search, headers: sentOn(request), body: body.toString() }, parts);
}

async function pageAnswer(
  request: IncomingMessage,
  method: string,
  path: string,
  { page }: Pick<ConsoleParts, 'page'>,
): Promise<Answered> {
  try {
    return assetAnswer(await page(), {
      method,
      path,
      accept: textOf(request, 'accept'),
      acceptEncoding: textOf(request, 'accept-encoding'),
      ifNoneMatch: textOf(request, 'if-none-match'),
    });
  } catch (error) {
    return text(500, `The page could not be built: ${messageOf(error)}\n`);
  }
}

/** A call of the page, which has shown that it may make it. */
interface PageCall {
  readonly method: string;
  readonly path: string;
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function answerCall(call: PageCall, { tracker, write }: ConsoleParts): Promise<Answered> {
  const { method, path, search, headers, body } = call;
  const mayWrite = async (): Promise<boolean> => write || !(await tracker.session()).protected;
  if (path.startsWith(`${adminPath}/`)) {
    const below = path.slice(adminPath.length);
    if (!isPlain(below)) return problem(400, 'PATH_INVALID', 'A part of the path must not hold a slash.');
    const admin: AdminCall = { method, path: below, search, headers, ...(body !== '' && { body }) };
    if (!onlyReads(admin) && !(await mayWrite())) return readOnly();
    return passOn(await tracker.admin(admin));
  }
  switch (`${method} ${path.slice(apiPath.length)}`) {
    case 'GET session':
      return json(200, { ...(await tracker.session()), mayWrite: await mayWrite() });
    case 'GET status':
      return json(200, await tracker.status());
    case 'POST test-postbacks':
      return (await mayWrite()) ? sendTestPostback(body, tracker) : readOnly();
    case 'POST explanations':
      return answerExplanation(body, tracker, mayWrite);
    default:
      return problem(404, 'NOT_FOUND', 'The console has no such operation.');
  }
}

async function sendTestPostback(body: string, tracker: TrackerAccess): Promise<Answered> {
  const { publicUrl } = await tracker.session();
  const order = readTestPostback(body);
  if (order === undefined || !isPublicAddress(order.url, publicUrl)) {
    return problem(400, 'URL_INVALID', `A test postback goes to ${publicUrl} alone. Send {"url": "${publicUrl}/…"}.`);
  }
  const response = await tracker.sendPostback(order);
  const requestId = response.headers.get('x-request-id');
  return json(200, {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
    ...(requestId !== null && { requestId }),
  });
}

/** A dry run reads the sender's secrets and leaves a row in the log: where nothing may change, there is none. */
async function answerExplanation(
  body: string,
  tracker: TrackerAccess,
  mayWrite: () => Promise<boolean>,
): Promise<Answered> {
  const order = readExplanation(body);
  if (order === undefined) {
    return problem(
      400,
      'BODY_INVALID',
      'Send {"requestId": "…"} or {"url": "…"}, and "dryRun": false to send nothing.',
    );
  }
  if (order.dryRun && !(await mayWrite())) return readOnly();
  return json(200, await tracker.explain(order));
}

/** A front may decode a path once more than we do: a segment that would become another path then is no ID. */
function isPlain(path: string): boolean {
  return path.split('/').every((segment) => {
    try {
      const decoded = decodeURIComponent(segment);
      return !/[/\\]/.test(decoded) && decoded !== '.' && decoded !== '..';
    } catch {
      return false;
    }
  });
}

async function passOn(response: Response): Promise<Answered> {
  const headers = Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  return { status: response.status, headers, body: new Uint8Array(await response.arrayBuffer()) };
}

function sentOn(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ['accept', 'content-type', 'if-match'].flatMap((name) => {
      const value = textOf(request, name);
      return value === '' ? [] : [[name, value]];
    }),
  );
}

function unknownSession(): Answered {
  return problem(
    401,
    'SESSION_INVALID',
    'This page belongs to another session. Open the address that "tracker console" or "npm start" printed.',
  );
}

function readOnly(): Answered {
  const message = 'This console only reads, since the stage is protected. Start it with --write to make changes.';
  return problem(403, 'READ_ONLY', message);
}

function textOf({ headers }: IncomingMessage, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** Compares in a time that shows neither where two texts differ, nor how long the secret is. */
function isSame(shown: string, secret: string): boolean {
  const digest = (given: string): Buffer => createHash('sha256').update(given).digest();
  return timingSafeEqual(digest(shown), digest(secret));
}
