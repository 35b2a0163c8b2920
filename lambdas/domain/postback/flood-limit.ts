import type { Refusal } from './refusal';
import { authenticationReasons, type Reason } from './verdict';

/** Refusals for forged IDs and wrong credentials that one address may cause in a minute, in each execution environment. */
export const refusalsPerMinute = 3_000;

const minute = 60_000;
/** Addresses counted at a time: a flood from more of them is bounded by the throttles of the API. */
const capacity = 10_000;

/**
 * Tells when an address has caused too many refusals of authentication: from then on it is told to slow down. Only what would be refused
 * anyway is ever limited, so that no postback with the right credentials is turned away for what comes from the same address.
 */
export function floodLimit(clock: () => number = Date.now): (reason: Reason, address: string) => Refusal | undefined {
  let counts = new Map<string, number>();
  let counted = 0;
  return (reason, address) => {
    if (!authenticationReasons.includes(reason)) return undefined;
    const now = Math.floor(clock() / minute);
    if (now !== counted) [counts, counted] = [new Map(), now];
    const count = (counts.get(address) ?? 0) + 1;
    if (counts.size < capacity || count > 1) counts.set(address, count);
    if (count <= refusalsPerMinute) return undefined;
    return {
      reason: 'RATE_LIMITED',
      message: `More than ${refusalsPerMinute} postbacks of this address were refused within a minute. Nothing was kept. Mend the click ID or the credentials, and send again in a minute.`,
    };
  };
}
