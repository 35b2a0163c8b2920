import { createHash } from 'node:crypto';
import type { Attempt } from '../domain/outbound/judge';
import type { OutboundRequest } from '../domain/outbound/request';
import { readTokenAnswer, tokenRequest, type AccessToken } from '../domain/outbound/service-account';
import type { TokenExchange } from '../domain/outbound/sources/template';

export type Exchanged =
  | { readonly ok: true; readonly token: string }
  /** A person has to set another key. */
  | { readonly ok: false; readonly detail: string };

export interface AccessTokens {
  /** The token that a key gives. Throws where it cannot be had now: nothing was sent to the source yet. */
  of(exchange: TokenExchange, key: string): Promise<Exchanged>;
}

/** A token that is about to expire might do so on its way. */
const marginMilliseconds = 5 * 60_000;
const mostTokens = 100;
const longestDetail = 200;

/** Exchanges keys for tokens, each once for all who ask meanwhile, and keeps them in memory until shortly before they expire. */
export function accessTokens(send: (request: OutboundRequest) => Promise<Attempt>, now: () => number): AccessTokens {
  const kept = new Map<string, { readonly token: Promise<AccessToken | string>; expiresAt: number }>();
  return {
    async of(exchange, key) {
      const name = createHash('sha256')
        .update(JSON.stringify([exchange, key]))
        .digest('base64url');
      let entry = kept.get(name);
      if (entry === undefined || entry.expiresAt - marginMilliseconds <= now()) {
        if (kept.size >= mostTokens) kept.clear();
        const begun = { token: exchanged(exchange, key, send, now), expiresAt: Infinity };
        entry = begun;
        kept.set(name, begun);
        begun.token.then(
          (found) => {
            if (typeof found === 'string') kept.delete(name);
            else begun.expiresAt = found.expiresAt;
          },
          () => kept.delete(name),
        );
      }
      const found = await entry.token;
      return typeof found === 'string' ? { ok: false, detail: found } : { ok: true, token: found.token };
    },
  };
}

/** A token, or why there is none until a person does something. */
async function exchanged(
  exchange: TokenExchange,
  key: string,
  send: (request: OutboundRequest) => Promise<Attempt>,
  now: () => number,
): Promise<AccessToken | string> {
  const request = tokenRequest(key, exchange, now());
  if (request === undefined) return `${exchange.secret} is no key file of a service account`;
  const attempt = await send(request);
  const answered = 'httpStatus' in attempt ? attempt : undefined;
  const token = answered?.httpStatus === 200 ? readTokenAnswer(answered.text, now()) : undefined;
  if (token !== undefined) return token;
  if (answered !== undefined && [400, 401, 403].includes(answered.httpStatus)) {
    return `${new URL(exchange.url).hostname} rejects ${exchange.secret}: ${answered.text.trim()}`.slice(
      0,
      longestDetail,
    );
  }
  throw new Error(`no access token: ${'failure' in attempt ? attempt.failure : `status ${attempt.httpStatus}`}`);
}
