import { isbot } from 'isbot';
import type { Click } from '../domain/click/click';
import { newClick, type Visit } from '../domain/visit/new-click';
import type { Master } from '../domain/trust/keys';

/** The click of a visit, flagged where its visitor looks like a bot. */
export function clickOf(
  visit: Visit & {
    readonly sourceIp: string;
    readonly userAgent: string | undefined;
    readonly country: string | undefined;
    readonly visitorKey: Uint8Array | undefined;
  },
  master: Master,
  random: Uint8Array,
): Click {
  const { sourceIp, userAgent, country, visitorKey } = visit;
  return newClick(visit, { sourceIp, userAgent, country, isBot: isbot(userAgent), key: visitorKey }, master, random);
}
