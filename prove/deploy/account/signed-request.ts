import { request as httpsRequest } from 'node:https';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Emulator, emulatedRegion } from '../emulator/emulator';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query string. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  /** Signed as this caller; unsigned without. */
  readonly signedBy?: Credentials;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const patienceMilliseconds = 35_000;

/** One request to the emulator by the name of a host that it answers for, over TLS. */
export async function ask(emulator: Emulator, hostname: string, service: string, asked: Asked): Promise<Answered> {
  const { method = 'GET', path, body, contentType = 'application/json', signedBy } = asked;
  const plain = {
    host: `${hostname}:${emulator.port}`,
    'user-agent': 'prove',
    ...(body !== undefined && { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) }),
  };
  const headers =
    signedBy === undefined ? plain : await signed({ method, path, body, headers: plain, service }, signedBy);
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port: emulator.port, ca: emulator.certificate, servername: 'localhost' };
    const outgoing = httpsRequest({ ...target, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    outgoing.setTimeout(patienceMilliseconds, () => outgoing.destroy(new Error(`${method} ${path} got no answer`)));
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

interface Unsigned {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
}

async function signed(
  { method, path, body, headers, service }: Unsigned,
  credentials: Credentials,
): Promise<Readonly<Record<string, string>>> {
  const signer = new SignatureV4({ service, region: emulatedRegion, credentials, sha256: Sha256 });
  const { pathname, searchParams } = new URL(path, 'https://host');
  const request = {
    method,
    protocol: 'https:',
    hostname: headers['host'] ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { ...headers },
    ...(body !== undefined && { body }),
  };
  return (await signer.sign(request)).headers;
}
