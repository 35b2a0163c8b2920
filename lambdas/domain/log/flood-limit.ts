import { addressUnit } from '../values/address';
import { minuteCounts } from './minute-counts';
import type { Rejection } from '../values/rejection';
import { authenticationReasons, type Reason } from '../values/reasons';

/** Rejections for forged IDs and wrong credentials that one address may cause in a minute, in each execution environment. */
export const rejectionsPerMinute = 3_000;

/** Addresses counted at a time. Further ones are not limited here: the throttles of the API bound a flood from more of them. */
const capacity = 10_000;

/** A rejection for too many of them, with the reason that this postback would have had. */
export interface FloodRejection extends Rejection {
  readonly reason: 'RATE_LIMITED';
  readonly original: Reason;
}

/**
 * Says when an address has caused too many rejections of authentication: from then on its requests are limited. Only requests that would be
 * rejected anyway are limited, so that no postback with the right credentials is rejected because of others from the same address. An IPv6
 * sender holds a /64, so a /64 counts as one address.
 */
export function floodLimit(
  clock: () => number = Date.now,
): (reason: Reason, address: string) => FloodRejection | undefined {
  const count = minuteCounts(capacity, clock);
  return (reason, address) => {
    if (!authenticationReasons.includes(reason)) return undefined;
    if (count(addressUnit(address)) <= rejectionsPerMinute) return undefined;
    return {
      reason: 'RATE_LIMITED',
      original: reason,
      message: `This address had more than ${rejectionsPerMinute} postbacks rejected within a minute, this one for ${reason}. Correct the click ID or the credentials, and send again in a minute.`,
    };
  };
}
