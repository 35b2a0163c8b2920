import { readKeptRequest, writeRequest, type KeptRequest } from '../trust/request-text';
import type { Master } from '../trust/keys';
import { openSealed, seal } from '../trust/seal';

/** Letters of a sealed request that a row takes: DynamoDB holds 400 kB in one item. */
const provenLimit = 200_000;
/** The same for unproven senders: a flood of rejected requests must not become a flood of large writes. */
const unprovenLimit = 16_000;

/**
 * Seals a request for its log row, with what authentication found, exactly as it came but for the address, which is never kept.
 * `undefined` where it is too large.
 * @param requestId the row's: the seal opens in no other row
 */
export function sealRequest(
  { request, authenticated }: KeptRequest,
  requestId: string,
  master: Master,
): string | undefined {
  const limit = authenticated?.trust === 'proven' ? provenLimit : unprovenLimit;
  // The body is base64 within base64; a request that cannot fit is not sealed to find out.
  if (request.body.length * (16 / 9) + request.rawQuery.length * (4 / 3) > limit) return undefined;
  const kept = { request: { ...request, sourceIp: '' }, ...(authenticated !== undefined && { authenticated }) };
  const sealed = seal(writeRequest(kept), master, { use: 'log-row', requestId });
  return sealed.length <= limit ? sealed : undefined;
}

/** Opens the seal of that row; `undefined` where no live master key does. */
export function openSealedRequest(sealed: string, requestId: string, master: Master): KeptRequest | undefined {
  const text = openSealed(sealed, master, { use: 'log-row', requestId });
  return text === undefined ? undefined : readKeptRequest(text);
}
