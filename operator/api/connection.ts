import { Failure, messageOf, systemCodeOf } from '../failure';

/** An unsent HTTP request. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The address of a tracker, and the way to send requests to its admin API. */
export interface Connection {
  /** The tracker's URL for visitors and senders, without a trailing slash. */
  readonly publicUrl: string;
  /** The URL of the admin API, `/admin/v1` included: behind an edge on another host. */
  readonly adminUrl: string;
  send(request: Outgoing): Promise<Response>;
}

const patienceMilliseconds = 40_000;

/** Sends a request unchanged. Throws a `Failure` if nothing answers. */
export async function sendPlainly({ method, url, headers, body }: Outgoing): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMilliseconds),
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: URL, error: unknown): Failure {
  const why = systemCodeOf(error) ?? messageOf(error instanceof Error ? (error.cause ?? error) : error);
  const hint =
    url.hostname === '127.0.0.1' || url.hostname === 'localhost'
      ? 'Start it with "npm start", or name another tracker.'
      : 'Check the address, and the network between it and this machine.';
  return new Failure('unreachable', `Nothing answers at ${url.origin} (${why}).`, { hint, cause: error });
}
