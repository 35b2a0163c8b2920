import { createPrivateKey, sign } from 'node:crypto';
import * as v from 'valibot';
import type { OutboundRequest } from './request';
import type { TokenExchange } from './sources/template';

/** The used part of a service account's key file. The token address is the template's, never the file's. */
const keyFile = v.object({ client_email: v.pipe(v.string(), v.minLength(1)), private_key: v.string() });
const tokenAnswer = v.object({ access_token: v.pipe(v.string(), v.minLength(1)), expires_in: v.number() });

export interface AccessToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const tokenSeconds = 3600;
const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The request that exchanges the key of a service account for an access token; `undefined` where the key file cannot be used.
 * https://developers.google.com/identity/protocols/oauth2/service-account
 */
export function tokenRequest(file: string, exchange: TokenExchange, now: number): OutboundRequest | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), keyFile), file);
  const assertion = read.success ? assertionOf(read.output, exchange, now) : undefined;
  if (assertion === undefined) return undefined;
  return {
    method: 'POST',
    url: exchange.url,
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: grant, assertion }).toString(),
  };
}

function assertionOf(
  { client_email: issuer, private_key: key }: v.InferOutput<typeof keyFile>,
  { scope, url }: TokenExchange,
  now: number,
): string | undefined {
  const issuedAt = Math.floor(now / 1000);
  const claims = { iss: issuer, scope, aud: url, iat: issuedAt, exp: issuedAt + tokenSeconds };
  const signed = [{ alg: 'RS256', typ: 'JWT' }, claims].map(encoded).join('.');
  try {
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), createPrivateKey(key)).toString('base64url')}`;
  } catch {
    return undefined;
  }
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The token of an answer; `undefined` where it holds none. */
export function readTokenAnswer(text: string, now: number): AccessToken | undefined {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), tokenAnswer), text);
  return read.success ? { token: read.output.access_token, expiresAt: now + read.output.expires_in * 1000 } : undefined;
}
