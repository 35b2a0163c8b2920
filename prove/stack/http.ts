import { Agent, request as httpRequest } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface SentRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: string;
  readonly contentType?: string;
  readonly timeoutMilliseconds?: number;
  /** Hang up this long after the request was sent. */
  readonly hangUpMilliseconds?: number | undefined;
}

/** Longer than the HTTP API waits for a function. */
const patienceMilliseconds = 20_000;

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One request; rejects with an error that says how the connection ended. */
export function send(url: string, sent: SentRequest = {}): Promise<Reply> {
  const { method = 'GET', body, contentType = 'application/json' } = sent;
  return new Promise((resolve, reject) => {
    const headers =
      body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) };
    const outgoing = httpRequest(url, { method, agent, headers: { 'user-agent': 'prove', ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    outgoing.setTimeout(sent.timeoutMilliseconds ?? patienceMilliseconds, () => outgoing.destroy(new Error('timeout')));
    outgoing.on('error', reject);
    outgoing.end(body);
    const { hangUpMilliseconds } = sent;
    if (hangUpMilliseconds !== undefined) {
      outgoing.once('finish', () => setTimeout(() => outgoing.destroy(new Error('hung up')), hangUpMilliseconds));
    }
  });
}

/** A request of our own that must succeed; answers its JSON. */
export async function call(url: string, sent: SentRequest = {}): Promise<unknown> {
  const { status, body } = await send(url, sent);
  if (status < 200 || status > 299) {
    throw new Error(`${sent.method ?? 'GET'} ${url} answered ${status}: ${body.slice(0, 300)}`);
  }
  const answer: unknown = JSON.parse(body);
  return answer;
}
