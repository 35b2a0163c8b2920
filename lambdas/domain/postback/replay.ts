import type { PostbackRequest } from './request';
import { readRequest, writeRequest } from '../queue/request-text';
import { openSealed, seal } from '../trust/seal';
import type { Master } from '../trust/keys';
import { authenticationReasons, reasons, retiredReasons, type LoggedReason, type Result } from './verdict';

/** What a replay may mend: whatever was not taken, and what was taken into a queue and is still not judged. */
export const replayableResults = ['rejected', 'error', 'queued'] as const satisfies readonly Result[];

const stands: readonly LoggedReason[] = authenticationReasons;

/** A reason that is not given any more is one that a replay turns into another. */
const everyReason = { ...reasons, ...retiredReasons };

/** Reasons that a replay may turn into another. That a sender was not believed is no mistake of ours, and stands. */
export const replayableReasons: readonly LoggedReason[] = Object.keys(everyReason)
  .filter(isReason)
  .filter(isReplayableReason);

function isReason(name: string): name is LoggedReason {
  return Object.hasOwn(everyReason, name);
}

function isReplayableReason(reason: LoggedReason): boolean {
  // A batch as a whole has one row, too: what was in it is judged, and replayed, row by row.
  if (reason === 'PENDING_BATCH' || stands.includes(reason)) return false;
  return replayableResults.some((result) => result === everyReason[reason].result);
}

/** Whether a replay may come to another verdict. A dry run has the reasons of a real one, and nothing to replay. */
export function isReplayable({ result, reason }: { readonly result: Result; readonly reason: LoggedReason }): boolean {
  return replayableResults.some((known) => known === result) && isReplayableReason(reason);
}

/** Letters of a sealed request that a row takes: DynamoDB holds 400 kB in one item. */
const provenLimit = 200_000;
/** The same where nothing proved the sender: a flood of refused requests must not become a flood of large writes. */
const unprovenLimit = 16_000;

/**
 * Seals a request for its log row, exactly as it came but for the address, which nobody keeps. `undefined` where it is too large.
 * @param proven whether the sender showed a token, a signature or an allowed address
 */
export function sealRequest(request: PostbackRequest, proven: boolean, master: Master): string | undefined {
  const limit = proven ? provenLimit : unprovenLimit;
  // The body is base64 within base64; what cannot fit is not worth sealing to find out.
  if (request.body.length * (16 / 9) + request.rawQuery.length * (4 / 3) > limit) return undefined;
  const sealed = seal(writeRequest({ ...request, sourceIp: '' }), master);
  return sealed.length <= limit ? sealed : undefined;
}

/** Opens such a seal; `undefined` where neither master key does. */
export function openSealedRequest(sealed: string, master: Master): PostbackRequest | undefined {
  const text = openSealed(sealed, master);
  return text === undefined ? undefined : readRequest(text);
}
