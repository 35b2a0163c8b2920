import { Failure, messageOf, systemCodeOf } from '../failure';

/** An HTTP request before it is sent. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A way to a tracker: where it is, and how a request of its admin API is sent there. */
export interface Connection {
  /** Its URL for visitors and senders, without a slash at the end. */
  readonly publicUrl: string;
  /** The URL of its admin API, `/admin/v1` included: another host behind an edge. */
  readonly adminUrl: string;
  send(request: Outgoing): Promise<Response>;
}

const patienceMilliseconds = 40_000;

/** Sends a request as it is. Throws a `Failure` where nothing answers. */
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
