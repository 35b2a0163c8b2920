import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthenticationTier, Integration } from '../configuration/integration';
import type { Parameter } from '../postback/parameters';
import { read, refuse, type Read } from '../postback/refusal';
import type { PostbackRequest } from '../postback/request';
import type { Reason, Warning } from '../postback/verdict';
import { isAddressIn } from './address';
import type { IntegrationCredential } from './keys';
import { checkSignature, passed, type CheckResult } from './signature';

export interface Authentication {
  /** The key that the sender identified itself with, where it did. */
  readonly keyId?: string;
  readonly warnings: readonly Warning[];
}

const defaultToleranceSeconds = 300;

const reasonOf = { missing: 'AUTH_MISSING', invalid: 'AUTH_INVALID', stale: 'AUTH_STALE' } as const;

/**
 * Checks a sender by the tiers of its integration. `required` refuses, `report` says what it would have refused and lets it pass,
 * so that a team can switch a tier on without losing money.
 */
export function authenticate(
  request: PostbackRequest,
  parameters: readonly Parameter[],
  integration: Integration,
  credentials: readonly IntegrationCredential[],
): Read<Authentication> {
  const { auth } = integration;
  const checks: readonly (readonly [AuthenticationTier, () => CheckResult | 'address'])[] = [
    [auth.token, () => checkToken(request, parameters, credentials)],
    [
      auth.hmac,
      () => checkSignature(request, credentials, integration.signatureToleranceSeconds ?? defaultToleranceSeconds),
    ],
    [auth.ip, () => (isAddressIn(request.sourceIp, integration.ipAllowlist ?? []) ? { outcome: 'passed' } : 'address')],
  ];
  const warnings: Warning[] = [];
  let keyId: string | undefined;
  for (const [tier, check] of checks) {
    if (tier === 'off') continue;
    const result = check();
    if (result !== 'address' && result.outcome === 'passed') {
      keyId = result.keyId ?? keyId;
      if (result.retiring === true) warnings.push(retiring(result.keyId));
      continue;
    }
    const reason: Reason = result === 'address' ? 'IP_NOT_ALLOWED' : reasonOf[result.outcome];
    const message =
      result === 'address'
        ? "The postback came from an address outside the allowlist of the integration. Add the sender's address to ipAllowlist."
        : result.message;
    if (tier === 'required') return refuse(reason, message);
    warnings.push({ code: 'AUTH_WOULD_REFUSE', message: `${reason} once this is required: ${message}` });
  }
  return read({ ...(keyId !== undefined && { keyId }), warnings });
}

function retiring(keyId: string | undefined): Warning {
  return {
    code: 'KEY_RETIRING',
    message: `The key ${keyId} is being replaced. Take over the new one before the next rotation.`,
  };
}

function checkToken(
  request: PostbackRequest,
  parameters: readonly Parameter[],
  credentials: readonly IntegrationCredential[],
): CheckResult {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const sent = [
    ...parameters.filter(({ name, value }) => name.toLowerCase() === 'token' && value !== '').map(({ value }) => value),
    ...(bearer === undefined ? [] : [bearer]),
  ];
  const distinct = new Set(sent);
  const [token] = distinct;
  if (token === undefined) {
    return {
      outcome: 'missing',
      message:
        'This integration requires its token. Add token=<token> to the URL, or the header "Authorization: Bearer <token>".',
    };
  }
  if (distinct.size > 1) return { outcome: 'invalid', message: 'The postback carries two different tokens. Send one.' };
  const digest = sha256(token);
  const match = credentials.find((credential) => timingSafeEqual(sha256(credential.token), digest));
  return match === undefined
    ? {
        outcome: 'invalid',
        message:
          'The token is not one of this integration. Copy it anew from the postback URL of the integration; a token from before the last two is retired.',
      }
    : passed(match, credentials);
}

/** Digests have one length, so that the comparison tells nothing about the token's. */
function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
