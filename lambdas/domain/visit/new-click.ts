import { type Campaign, type Offer, defaultAttribution } from '../configuration/campaign';
import type { OfferMacro } from '../configuration/offer-macros';
import { mintClickId } from '../click/signed-click-id';
import type { ClickId } from '../click/click-id';
import { addressPrefix } from '../values/address';
import { clickIdKeys, type Master } from '../trust/keys';
import { retentionBeyondWindowDays, type Click } from '../click/click';
import type { ClickQuery } from '../click/click-parameters';
import { redirectTarget } from './redirect';
import { visitorMark } from './visitor-mark';

/** A visitor who is on the way to an offer. */
export interface Visit {
  readonly campaignId: string;
  readonly campaign: Campaign;
  readonly offer: Offer;
  readonly query: ClickQuery;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface Visitor {
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  /** As the edge named it. */
  readonly country?: string | undefined;
  readonly isBot: boolean;
  /** The key of the visitors of this UTC day; absent where it could not be had. */
  readonly key?: Uint8Array | undefined;
}

const daySeconds = 24 * 60 * 60;
const userAgentLimit = 256;

/**
 * The click of a visit, with its ID. The visitor's address goes no further than here.
 * @param random 8 random bytes
 */
export function newClick(visit: Visit, visitor: Visitor, master: Master, random: Uint8Array): Click {
  const { campaignId, campaign, offer, query, now } = visit;
  const { sourceIp, userAgent, country, isBot, key: visitorKey } = visitor;
  const [key] = clickIdKeys(master);
  const maxAgeDays = campaign.attribution?.maxAgeDays ?? defaultAttribution.maxAgeDays;
  const ipPrefix = addressPrefix(sourceIp);
  return {
    clickId: mintClickId(key, now, random),
    campaign: campaignId,
    integration: campaign.integration,
    offer: offer.id,
    ...query.kept,
    bot: isBot,
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, userAgentLimit) }),
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(country !== undefined && { country }),
    ...(visitorKey !== undefined && { visitor: visitorMark(visitorKey, sourceIp, userAgent) }),
    clickedAt: now,
    expiresAt: Math.ceil(now / 1000 + (maxAgeDays + retentionBeyondWindowDays) * daySeconds),
  };
}

/** Returns the destination of a visit: the offer's URL with its macros replaced. Without a click ID its macro becomes empty. */
export function landingPageOf(visit: Visit, clickId: ClickId | undefined): string {
  return pageOf(visit.offer.url, visit, { offer: visit.offer.id, clickid: clickId });
}

/**
 * Returns the destination of a visitor without an offer: the fallback URL with its macros replaced. No click is recorded, so that
 * `{clickid}` is empty.
 */
export function fallbackPageOf(url: string, visit: Pick<Visit, 'campaignId' | 'query' | 'now'>): string {
  return pageOf(url, visit, { offer: undefined, clickid: undefined });
}

function pageOf(
  url: string,
  { campaignId, query, now }: Pick<Visit, 'campaignId' | 'query' | 'now'>,
  own: Readonly<Record<'offer' | 'clickid', string | undefined>>,
): string {
  const { subs, source, externalId } = query.kept;
  const values = {
    sub1: subs['sub1'],
    sub2: subs['sub2'],
    sub3: subs['sub3'],
    sub4: subs['sub4'],
    sub5: subs['sub5'],
    sub6: subs['sub6'],
    sub7: subs['sub7'],
    sub8: subs['sub8'],
    sub9: subs['sub9'],
    sub10: subs['sub10'],
    ...own,
    campaign: campaignId,
    source,
    external_id: externalId,
    timestamp: String(Math.floor(now / 1000)),
  } satisfies Record<OfferMacro, string | undefined>;
  return redirectTarget(url, values, query.all);
}
