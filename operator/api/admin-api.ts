import * as v from 'valibot';
import { Failure } from '../failure';
import type { Connection } from './connection';
import { apiFailureOf } from './api-failure';
import { delay } from '../delay';

/** The segments of a path below `/admin/v1`, not encoded: `['campaigns', id]`. */
export type Path = readonly string[];
/** Query parameters; undefined ones are omitted. */
export type Query = Readonly<Record<string, string | number | undefined>>;

export interface RequestSettings {
  readonly query?: Query;
  /** Sent as JSON; a POST without a body sends `{}`. */
  readonly body?: object;
  /** The version that the change is based on. */
  readonly ifMatch?: number;
}

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

/** A successful response, unparsed. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** Returns a header; `undefined` if absent. */
  header(name: string): string | undefined;
}

/** The admin API of one tracker. Throws a `Failure` for a rejected request and for an unreachable tracker. */
export interface AdminApi {
  /** The tracker's URL for visitors and senders, without a trailing slash. */
  readonly publicUrl: string;
  /** Calls the API and parses the response by a schema, which should be loose: the API may grow. */
  call<Answer>(
    method: Method,
    path: Path,
    answer: v.GenericSchema<unknown, Answer>,
    settings?: RequestSettings,
  ): Promise<Answer>;
  /** Calls the API for a response with more than a body. */
  ask(method: Method, path: Path, settings?: RequestSettings): Promise<RawAnswer>;
  /** Calls the API for a response that is text or empty. */
  text(method: Method, path: Path, settings?: RequestSettings): Promise<string>;
  /** Returns the pages of a list, until the last one or until the caller stops. */
  pages<Item>(path: Path, item: v.GenericSchema<unknown, Item>, query?: Query): AsyncGenerator<readonly Item[]>;
  /** Returns all items of a list. */
  all<Item>(path: Path, item: v.GenericSchema<unknown, Item>, query?: Query): Promise<readonly Item[]>;
}

export function adminApiOver({ publicUrl, adminUrl, send }: Connection): AdminApi {
  async function ask(method: Method, path: Path, settings: RequestSettings = {}): Promise<RawAnswer> {
    const { query, ifMatch, body = method === 'POST' ? {} : undefined } = settings;
    const url = new URL(`${adminUrl}/${path.map(encoded).join('/')}${queryString(query)}`);
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
    };
    const outgoing = { method, url, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    for (let attempt = 1; ; attempt++) {
      const response = await send(outgoing);
      const answer = await response.text();
      if (response.ok) {
        const { status, headers: received } = response;
        return { status, text: answer, header: (name) => received.get(name) ?? undefined };
      }
      if (!mayRepeat(response.status, method) || attempt === attempts) throw apiFailureOf(response.status, answer, url);
      await delay(secondsToWait(response, attempt) * 1000);
    }
  }

  const text: AdminApi['text'] = async (method, path, settings) => (await ask(method, path, settings)).text;

  const call: AdminApi['call'] = async (method, path, schema, settings) =>
    readAnswer(schema, await text(method, path, settings), `${method} /admin/v1/${path.join('/')}`);

  async function* pages<Item>(
    path: Path,
    item: v.GenericSchema<unknown, Item>,
    query: Query = {},
  ): AsyncGenerator<readonly Item[]> {
    const page = v.looseObject({ items: v.array(item), cursor: v.optional(v.string()) });
    let cursor: string | undefined;
    do {
      const answer = await call('GET', path, page, { query: { ...query, cursor } });
      yield answer.items;
      ({ cursor } = answer);
    } while (cursor !== undefined);
  }

  async function all<Item>(path: Path, item: v.GenericSchema<unknown, Item>, query?: Query): Promise<readonly Item[]> {
    const found: Item[] = [];
    for await (const page of pages(path, item, { limit: largestPage, ...query })) found.push(...page);
    return found;
  }

  return { publicUrl, ask, text, call, pages, all };
}

function queryString(query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encoded(name)}=${encoded(String(value))}`],
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** Encodes as signatures require: every character but the unreserved ones, and a space never as "+". */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const largestPage = 200;
const attempts = 4;

/** A throttled request was not executed; after a failure during execution only a read may be retried. */
function mayRepeat(status: number, method: Method): boolean {
  return status === 429 || (method === 'GET' && (status === 502 || status === 503 || status === 504));
}

const longestWaitSeconds = 5;

function secondsToWait({ headers }: Response, attempt: number): number {
  const asked = Number(headers.get('retry-after') ?? NaN);
  return Math.min(Number.isFinite(asked) ? asked : 0.25 * 2 ** attempt, longestWaitSeconds);
}

function readAnswer<Answer>(schema: v.GenericSchema<unknown, Answer>, text: string, asked: string): Answer {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new Failure(
    'unreachable',
    `${asked} answered what this command does not understand: ${v.getDotPath(issue) ?? 'the body'}: ${issue.message}.`,
    { hint: 'Check that the address is a tracker of the same version as this command.' },
  );
}
