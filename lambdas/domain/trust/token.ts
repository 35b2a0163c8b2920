import { createHash, timingSafeEqual } from 'node:crypto';
import type { IntegrationCredential } from './keys';
import { checkPassed, type CheckResult } from './signature';

/**
 * Compares the tokens of a request, and that of its Authorization header, with those of the integration in constant time.
 * @param readTokens finds further ones where these are none: in what only a reader takes apart
 */
export function checkToken(
  tokens: readonly string[],
  authorization: string | undefined,
  credentials: readonly IntegrationCredential[],
  readTokens: () => readonly string[],
): CheckResult {
  const bearer = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const carried = bearer === undefined ? tokens : [...tokens, bearer];
  const distinct = new Set(carried.length > 0 ? carried : readTokens());
  const [token] = distinct;
  if (token === undefined) {
    return {
      outcome: 'missing',
      message:
        'This integration requires its token. Add it to the URL as the parameter "token", or send the header "Authorization: Bearer <token>".',
    };
  }
  if (distinct.size > 1) return { outcome: 'invalid', message: 'The postback carries two different tokens. Send one.' };
  const digest = sha256(token);
  const match = credentials.find((credential) => timingSafeEqual(sha256(credential.token), digest));
  return match === undefined
    ? {
        outcome: 'invalid',
        message:
          'The token is not valid for this integration, or it was retired. Copy the current one from the postback URL of the integration.',
      }
    : checkPassed(match, credentials);
}

/** Digests have one length, so that the comparison reveals nothing about the token's. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
