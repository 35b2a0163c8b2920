import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Ports above 1023 that no browser connects to, whatever the host name: https://fetch.spec.whatwg.org/#bad-port
 * Node's `fetch` follows the same list; `node:http` does not.
 */
export const portsClosedToPages = [
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
] as const;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Finds a free loopback address that no web page can reach: dynoxide answers any host name and origin, and has no switch for that.
 * @returns `undefined` if all ports are taken
 */
export async function addressClosedToPages(platform = process.platform): Promise<Address | undefined> {
  const host = hostOf(platform);
  const first = randomBytes(1).readUInt8();
  for (let at = 0; at < portsClosedToPages.length; at++) {
    const port = portsClosedToPages[(first + at) % portsClosedToPages.length];
    if (port !== undefined && (await isFree({ host, port }))) return { host, port };
  }
  return undefined;
}

/** All of 127.0.0.0/8 is loopback, except on macOS, which has only 127.0.0.1: elsewhere stacks share no port. */
function hostOf(platform: NodeJS.Platform): string {
  if (platform !== 'linux' && platform !== 'win32') return '127.0.0.1';
  const [second = 0, third = 0, fourth = 0] = randomBytes(3);
  return `127.${second}.${third}.${1 + (fourth % 254)}`;
}

async function isFree({ host, port }: Address): Promise<boolean> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
