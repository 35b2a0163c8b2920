import type { AuthenticationTier, Integration } from '../configuration/integration';
import { signatureToleranceOf } from '../configuration/signature-tolerance';
import { reject, type Rejection } from '../values/rejection';
import type { PostbackRequest } from '../text/postback-request';
import type { Warning } from '../values/reasons';
import { isAddressIn } from '../values/address';
import type { IntegrationCredential } from './keys';
import { checkSignature, type CheckResult, type Signed } from './signature';
import { unsignedStatement } from './statement';
import { checkToken } from './token';
import { takeTokens, type RequestKind } from './token-taking';

/**
 * The trust in a sender. `proven`: it showed a secret or came from an allowed address. `let-pass`: nothing was proven, and the integration
 * requires nothing. `browser`: a visitor reports it, which proves a click and nothing more. `none`: it was rejected, or not checked yet.
 */
export type Trust = 'proven' | 'let-pass' | 'browser' | 'none';

export type Authentication =
  | {
      readonly ok: true;
      readonly trust: 'proven' | 'let-pass';
      /** The only readable part of the request: the signed part of a signed request, the rest without tokens otherwise. */
      readonly covered: PostbackRequest;
      /** The identity of what was said: equal for every sending of one signed text, and for a byte-for-byte retry. */
      readonly statement: string;
      /** The time in a valid signature, in milliseconds since 1970. */
      readonly signedAt?: number;
      /** The key that the sender identified itself with, where it did. */
      readonly keyId?: string;
      readonly warnings: readonly Warning[];
    }
  | { readonly ok: false; readonly rejection: Rejection };

const reasonOf = {
  missing: 'AUTH_MISSING',
  invalid: 'AUTH_INVALID',
  stale: 'AUTH_STALE',
  address: 'IP_NOT_ALLOWED',
} as const;

/**
 * Checks a sender by the tiers of its integration. `required` rejects; `report` warns of what it would have rejected and lets it pass,
 * so that a team can switch a tier on without losing money.
 * @param kind a batch carries its token in the query or in a header, never in its body
 * @param readTokens the tokens among the parameters that a reader finds, for a request that shows none in its text
 */
export function authenticate(
  request: PostbackRequest,
  integration: Integration,
  credentials: readonly IntegrationCredential[],
  kind: RequestKind,
  readTokens: () => readonly string[] = () => [],
): Authentication {
  const { auth } = integration;
  const taken = takeTokens(request, kind);
  const tolerance = signatureToleranceOf(integration);
  const checks: readonly (readonly [AuthenticationTier, () => CheckResult])[] = [
    [auth.token, () => checkToken(taken.tokens, request.headers.authorization, credentials, readTokens)],
    [auth.hmac, () => checkSignature(request, credentials, tolerance, kind)],
    [auth.ip, () => checkAddress(request.sourceIp, integration.ipAllowlist ?? [])],
  ];
  const warnings: Warning[] = [];
  let trust: 'proven' | 'let-pass' = 'let-pass';
  let keyId: string | undefined;
  let signed: Signed | undefined;
  for (const [tier, check] of checks) {
    if (tier === 'off') continue;
    const result = check();
    if (result.outcome === 'passed') {
      trust = 'proven';
      keyId = result.keyId ?? keyId;
      signed = result.signed ?? signed;
      if (result.retiring === true) warnings.push(retiring(result.keyId));
      continue;
    }
    const reason = reasonOf[result.outcome];
    if (tier === 'required') return reject(reason, result.message);
    warnings.push({ code: 'AUTH_WOULD_REFUSE', message: `${reason} once this is required: ${result.message}` });
  }
  const identified = { trust, ...(keyId !== undefined && { keyId }), warnings };
  if (signed !== undefined) {
    const { statement, signedAt } = signed;
    const covered =
      auth.token === 'off' ? signed.covered : { ...signed.covered, ...withoutTokens(signed.covered, kind) };
    return { ok: true, ...identified, covered, statement, signedAt };
  }
  const covered = { ...request, ...unsignedPart(request, integration, taken), headers: readableHeaders(request) };
  return { ok: true, ...identified, covered, statement: unsignedStatement(covered, taken.tokens) };
}

type Content = Pick<PostbackRequest, 'rawQuery' | 'body'>;

function withoutTokens(request: PostbackRequest, kind: RequestKind): Content {
  const { rawQuery, body } = takeTokens(request, kind);
  return { rawQuery, body };
}

/** The token is nobody's field, unless the integration asks for no token and itself reads a field under that name. */
function unsignedPart(request: PostbackRequest, { auth, parameters = {} }: Integration, taken: Content): Content {
  const isField = Object.values(parameters).some((names) => names?.some((name) => name.toLowerCase() === 'token'));
  const { rawQuery, body } = auth.token === 'off' && isField ? request : taken;
  return { rawQuery, body };
}

/** Without the headers that authenticated the sender, which nothing reads again. */
function readableHeaders({ headers }: PostbackRequest): PostbackRequest['headers'] {
  const {
    authorization: _authorization,
    'webhook-id': _id,
    'webhook-timestamp': _timestamp,
    'webhook-signature': _signature,
    ...readable
  } = headers;
  return readable;
}

function checkAddress(address: string, allowlist: readonly string[]): CheckResult {
  if (isAddressIn(address, allowlist)) return { outcome: 'passed' };
  return {
    outcome: 'address',
    message:
      "The postback came from an address outside the allowlist of the integration. Add the sender's address to ipAllowlist.",
  };
}

function retiring(keyId: string | undefined): Warning {
  return {
    code: 'KEY_RETIRING',
    message: `The key ${keyId} is being replaced. Switch to the new key before the next rotation.`,
  };
}
