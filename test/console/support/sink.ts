import { createServer } from 'node:http';

/** A server that takes every request, as a traffic source does. */
export interface Sink {
  readonly url: string;
  /** Paths that were asked for, the oldest first. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export async function startSink(): Promise<Sink> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume().on('end', () => response.end('OK'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
