import type { Campaign, Offer } from '../configuration/campaign';
import { defaultAttribution } from '../configuration/campaign';
import { mintClickId, type ClickId } from '../identifiers/click-id';
import { addressHash, addressPrefix } from '../trust/address';
import { addressHashKey, clickIdKeys, type Master } from '../trust/keys';
import { retentionBeyondWindowDays, type Click } from './click';
import type { ClickParameters } from './click-parameters';
import { redirectTarget } from './redirect';

/** A visitor who is on the way to an offer. */
export interface Visit {
  readonly campaignId: string;
  readonly campaign: Campaign;
  readonly offer: Offer;
  readonly parameters: ClickParameters;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Visitor {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly isBot: boolean;
}

const daySeconds = 24 * 60 * 60;
const userAgentLimit = 256;

/**
 * The click of a visit, with its ID. The visitor's address goes no further than here.
 * @param random 8 random bytes
 */
export function newClick(visit: Visit, visitor: Visitor, master: Master, random: Uint8Array): Click {
  const { campaignId, campaign, offer, parameters, now } = visit;
  const { sourceIp, userAgent, isBot } = visitor;
  const [key] = clickIdKeys(master);
  const maxAgeDays = campaign.attribution?.maxAgeDays ?? defaultAttribution.maxAgeDays;
  const ipPrefix = addressPrefix(sourceIp);
  const dayKey = addressHashKey(master, new Date(now).toISOString().slice(0, 10));
  return {
    clickId: mintClickId(key, now, random),
    campaign: campaignId,
    integration: campaign.integration,
    offer: offer.id,
    ...parameters,
    bot: isBot,
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, userAgentLimit) }),
    ...(ipPrefix !== undefined && { ipPrefix }),
    ipHash: addressHash(sourceIp, dayKey),
    clickedAt: now,
    expiresAt: Math.ceil(now / 1000 + (maxAgeDays + retentionBeyondWindowDays) * daySeconds),
  };
}

/** Where a visit goes: the offer's URL with its macros replaced. Without a click ID its macro becomes empty. */
export function landingPageOf(visit: Visit, clickId: ClickId | undefined): string {
  const { campaignId, offer, parameters, now } = visit;
  const subs = Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => [`sub${at + 1}`, parameters.subs[`sub${at + 1}`]]),
  );
  return redirectTarget(offer.url, {
    ...subs,
    clickid: clickId,
    campaign: campaignId,
    offer: offer.id,
    source: parameters.source,
    external_id: parameters.externalId,
    timestamp: String(Math.floor(now / 1000)),
  });
}
