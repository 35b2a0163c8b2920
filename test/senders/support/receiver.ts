import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { keptHeaders, type PostbackRequest } from '../../../lambdas/domain/text/postback-request';

/** Takes what a sender really puts on the wire, and keeps it as the postback function would read it. */
export interface Receiver {
  readonly url: string;
  /** What came since the last call. */
  take(): readonly PostbackRequest[];
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  let received: PostbackRequest[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const [path = '', ...query] = (request.url ?? '').split('?');
      const headers = keptHeaders.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      });
      received.push({
        method: request.method ?? '',
        path,
        rawQuery: query.join('?'),
        body,
        headers: Object.fromEntries(headers),
        sourceIp: '192.0.2.1',
        receivedAt: Date.now(),
      });
      response.end('received');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    take() {
      const taken = received;
      received = [];
      return taken;
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
