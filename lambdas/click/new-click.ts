import { isbot } from 'isbot';
import { retentionBeyondWindowDays, type Click } from '../domain/click/click';
import { defaultAttribution } from '../domain/configuration/campaign';
import { mintClickId } from '../domain/identifiers/click-id';
import { addressHash, addressPrefix } from '../domain/trust/address';
import { addressHashKey, clickIdKeys, type Master } from '../domain/trust/keys';
import type { Visit } from './answers';

const daySeconds = 24 * 60 * 60;
const userAgentLimit = 256;

/** The click of a visit, with its ID. The visitor's address goes no further than here. */
export function clickOf(
  visit: Visit & { readonly sourceIp: string; readonly userAgent: string | undefined },
  master: Master,
  random: Uint8Array,
): Click {
  const { campaignId, campaign, offer, parameters, now, sourceIp, userAgent } = visit;
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
    bot: isbot(userAgent),
    ...(userAgent !== undefined && { userAgent: userAgent.slice(0, userAgentLimit) }),
    ...(ipPrefix !== undefined && { ipPrefix }),
    ipHash: addressHash(sourceIp, dayKey),
    clickedAt: now,
    expiresAt: Math.floor(now / 1000) + (maxAgeDays + retentionBeyondWindowDays) * daySeconds,
  };
}
