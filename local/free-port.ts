import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a loopback port that was free a moment ago, for a server that cannot choose and report one. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
