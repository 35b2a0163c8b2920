import { Agent as HttpAgent, request as requestByHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestByHttps } from 'node:https';

/** Where requests go. */
export interface HttpPlace {
  readonly protocol: 'http:' | 'https:';
  readonly hostname: string;
  readonly port?: number | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

export interface HttpPost {
  (headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal | undefined): Promise<HttpAnswer>;
}

const sockets = { keepAlive: true, maxSockets: 64 };

/**
 * Posts to one host over connections that outlive a request. Rejects if no complete answer comes, also where the caller has stopped
 * waiting.
 */
export function keepAlivePost(place: HttpPlace, connectMilliseconds: number): HttpPost {
  const secure = place.protocol === 'https:';
  const begin = secure ? requestByHttps : requestByHttp;
  const agent = secure ? new HttpsAgent(sockets) : new HttpAgent(sockets);
  const options = { ...place, agent, method: 'POST', path: '/' };
  return (headers, body, signal) =>
    new Promise((resolve, reject) => {
      let connecting: NodeJS.Timeout | undefined;
      const request = begin({ ...options, headers }, (response) => readAll(response, settle(resolve), fail));
      const abort = (): void => {
        fail(abortError());
        request.destroy();
      };
      function settle<Value>(end: (value: Value) => void): (value: Value) => void {
        return (value) => {
          clearTimeout(connecting);
          signal?.removeEventListener('abort', abort);
          end(value);
        };
      }
      const failed = settle(reject);
      function fail(error: Error): void {
        failed(error);
      }
      request.on('error', fail);
      request.once('socket', (socket) => {
        if (!socket.connecting) return;
        const late = (): unknown => request.destroy(new Error(`no connection within ${connectMilliseconds} ms`));
        connecting = setTimeout(late, connectMilliseconds);
        socket.once('connect', () => clearTimeout(connecting));
      });
      signal?.addEventListener('abort', abort, { once: true });
      request.end(body);
    });
}

function readAll(response: IncomingMessage, done: (answer: HttpAnswer) => void, fail: (error: Error) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.once('error', fail);
  response.once('end', () => done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
}

/** Creates the error of an aborted request, like the SDK's. */
export function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}
