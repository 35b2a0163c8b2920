import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { foreignCaller, type ForeignAnswer, type Wanted } from './foreign-caller';

const loopbackAddress = '127.0.0.1';

/**
 * A server for programs and pages of this machine alone: other requests get 403 and a message, and never reach `serve`. Every listener of a
 * developer's machine is one; the public front, which tunnels may lead to, guards its private routes itself.
 */
export function createGuardedServer(
  serve: (request: IncomingMessage, response: ServerResponse) => void,
  wantedOf: (request: IncomingMessage) => Wanted = () => 'call',
): Server {
  return createServer((request, response) => {
    response.on('error', () => undefined);
    const foreign = foreignCallerOf(request, wantedOf(request));
    if (foreign === undefined) return serve(request, response);
    response.writeHead(403, { 'content-type': 'application/json', connection: 'close' });
    response.end(`${JSON.stringify(foreign)}\n`);
  });
}

/** The same rule for one request; see `foreignCaller`. */
export function foreignCallerOf(
  { headersDistinct, socket }: IncomingMessage,
  wanted: Wanted = 'call',
): ForeignAnswer | undefined {
  return foreignCaller(headersDistinct, socket.localPort ?? 0, wanted);
}

/** Listens on loopback only; port 0 takes a free one. Rejects with the system's error, e.g. `EADDRINUSE`. */
export function listenOnLoopback(
  server: Server,
  port: number,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopbackAddress, () => {
      server.off('error', reject);
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      resolve({
        url: `http://${loopbackAddress}:${actual}`,
        port: actual,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

/**
 * A whole body, or `undefined` as soon as it is longer than the limit. The rest of it then flows away unread, so that
 * an answer can still reach a client that is sending. Rejects where the client goes away.
 */
export function readRequestBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= limitBytes) return;
      request.off('data', take);
      request.resume();
      resolve(undefined);
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      if (!request.complete) reject(new Error('the client went away'));
    });
  });
}
