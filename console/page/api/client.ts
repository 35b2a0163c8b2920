import * as v from 'valibot';
import { Problem, problemOf } from './problem';
import { queryText, type Query } from './query';
import { sessionSecret } from './session';

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface Settings {
  readonly query?: Query;
  readonly body?: object;
  /** The version that a change is based on. */
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** Segments of a path below `/console/api`, not encoded. */
export type Path = readonly string[];

const patienceMilliseconds = 45_000;

async function send(method: Method, path: Path, { query, body, ifMatch, signal }: Settings): Promise<Response> {
  const timeout = AbortSignal.timeout(patienceMilliseconds);
  try {
    return await fetch(`/console/api/${path.map(encodeURIComponent).join('/')}${queryText(query)}`, {
      method,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      headers: {
        accept: 'application/json',
        'x-tracker-session': sessionSecret() ?? '',
        ...(method !== 'GET' && method !== 'DELETE' && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      },
      ...(method !== 'GET' && method !== 'DELETE' && { body: JSON.stringify(body ?? {}) }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (timeout.aborted) throw new Problem('unreachable', 'The tracker did not answer within 45 seconds.');
    throw new Problem('unreachable', 'The console’s server does not answer. Start it again, then try once more.');
  }
}

/** Asks for what has more than a body to look at. */
export async function askRaw(method: Method, path: Path, settings: Settings = {}) {
  const { status, ok, headers, body } = await received(method, path, settings);
  if (!ok) throw problemOf(status, body, headers.get('retry-after'));
  return { status, text: body, header: (name: string): string | undefined => headers.get(name) ?? undefined };
}

async function received(method: Method, path: Path, settings: Settings) {
  const response = await send(method, path, settings);
  const { status, ok, headers } = response;
  try {
    return { status, ok, headers, body: await response.text() };
  } catch (error) {
    if (settings.signal?.aborted === true) throw error;
    throw new Problem('unreachable', 'The answer broke off. Try again.');
  }
}

/** Asks for text, such as a sheet or a CSV file. */
export async function askText(method: Method, path: Path, settings: Settings = {}): Promise<string> {
  return (await askRaw(method, path, settings)).text;
}

/** Asks and reads the answer by a schema; one that does not fit is a problem, never half a screen. */
export async function ask<Answer>(
  method: Method,
  path: Path,
  schema: v.GenericSchema<unknown, Answer>,
  settings: Settings = {},
): Promise<Answer> {
  const text = await askText(method, path, settings);
  const reading = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  if (reading.success) return reading.output;
  const [issue] = reading.issues;
  const where = v.getDotPath(issue) ?? 'the body';
  throw new Problem('malformed', `The answer is not what this page understands: ${where}. Reload the page.`);
}

/** A path of the admin API. */
export const admin = (...segments: readonly string[]): Path => ['admin', 'v1', ...segments];
