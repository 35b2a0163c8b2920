import type { IncomingMessage, Server } from 'node:http';

export const loopbackAddress = '127.0.0.1';

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
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
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
    request.once('close', () => reject(new Error('the client went away')));
  });
}

/**
 * Whether a `Host` header names this machine. A web page can make a browser send requests to 127.0.0.1 under a host
 * name of its own (DNS rebinding), but it cannot change that name.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = host?.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === loopbackAddress || name === '[::1]';
}

export function isLoopbackAddress(address: string | undefined): boolean {
  return address === loopbackAddress || address === '::1' || address === `::ffff:${loopbackAddress}`;
}
