import { mkdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../local/free-port';
import { type Started, start } from './child-process';

export interface Emulator {
  /** `https://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly port: number;
  /** PEM of its certificate, and the file it is in. */
  readonly certificate: string;
  readonly certificateFile: string;
  readonly stop: () => Promise<void>;
}

export const emulatedAccount = '000000000000';
export const emulatedRegion = 'us-east-1';

/** The root of the emulated account. Only what others may do is checked there. */
export const rootCredentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const readyWithinMilliseconds = 60_000;

/**
 * MiniStack on loopback and a free port, with TLS and with AUTH: it checks signatures, and the policies of every role and
 * resource. Functions run on the Node that runs this.
 */
export async function startEmulator(python: string, folder: string): Promise<Emulator> {
  const port = await freePort();
  const temporary = join(folder, 'emulator');
  mkdirSync(temporary);
  const environment: NodeJS.ProcessEnv = {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: temporary,
    TMPDIR: temporary,
    GATEWAY_PORT: String(port),
    AUTH: 'true',
    USE_SSL: '1',
    // Listeners of other services, which occupy further ports.
    IOT_MTLS_ENABLED: '0',
    SFTP_ENABLED: '0',
    // No socket is there: it looks for nothing in a Docker that happens to run.
    DOCKER_HOST: 'unix:///nonexistent',
    AWS_ACCESS_KEY_ID: rootCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootCredentials.secretAccessKey,
  };
  // By its server and not by its own command, which would take port 443, too.
  const serve = ['-m', 'hypercorn', '--workers', '0', '-c', 'python:ministack.core.hypercorn_conf'];
  const arguments_ = [...serve, '--bind', `127.0.0.1:${port}`, 'ministack.app:app'];
  const server = start(python, arguments_, { environment, folder: temporary, log: join(folder, 'emulator.log') });
  const certificateFile = join(temporary, 'ministack-tls', 'server.crt');
  try {
    const certificate = await ready(server, port, certificateFile);
    return { endpoint: `https://127.0.0.1:${port}`, port, certificate, certificateFile, stop: () => server.end() };
  } catch (error) {
    await server.end();
    throw error;
  }
}

/** Waits until it answers; resolves to its certificate. */
async function ready(server: Started, port: number, certificateFile: string): Promise<string> {
  const deadline = Date.now() + readyWithinMilliseconds;
  while (Date.now() < deadline && server.isRunning()) {
    try {
      const certificate = readFileSync(certificateFile, 'utf8');
      if ((await statusOf(port, certificate)) === 200) return certificate;
    } catch {
      // Not yet.
    }
    await pause(100);
  }
  throw new Error(`MiniStack does not start: ${server.output().trim().split('\n').slice(-5).join('\n')}`);
}

function statusOf(port: number, ca: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', servername: 'localhost', port, ca, path: '/_ministack/ready' },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}
