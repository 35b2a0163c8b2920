import { randomBytes } from 'node:crypto';
import type { Deadline } from '../adapters/deadline';
import { emit } from '../adapters/metrics';
import * as metric from '../counters';
import { adClickIds, isSameClick } from '../domain/click/ad-click';
import type { Visit } from '../domain/visit/new-click';
import { clickIdKeys } from '../domain/trust/keys';
import { findEarlier, keepClick, type RecordedClick } from './keep-click';
import { clickOf } from './new-click';
import type { ClickTools } from './tools';

/**
 * Records a click before its ID is sent. Where the campaign also records clicks by script, an ad's click is looked up first, since the
 * script may have recorded it. Throws where not even a key can be read; never where storage fails.
 */
export async function recordClick(
  visit: Visit & {
    readonly sourceIp: string;
    readonly userAgent: string | undefined;
    readonly country: string | undefined;
    readonly visitorKey: Uint8Array | undefined;
  },
  { clicks, queue, secret }: ClickTools,
  deadline: Deadline,
): Promise<RecordedClick> {
  const { campaignId, campaign, query, now } = visit;
  const master = await secret.read();
  const [key] = clickIdKeys(master);
  const own = clickOf(visit, master, randomBytes(8));
  const ids = campaign.browser?.origins === undefined ? undefined : adClickIds(key, campaignId, query, own.bot, now);
  const click = ids === undefined ? own : { ...own, clickId: ids.own };
  const earlier = ids === undefined ? undefined : await findEarlier(ids.before, now, clicks, deadline);
  const recorded: RecordedClick =
    earlier !== undefined && isSameClick(earlier, now)
      ? { click: earlier, kept: 'known' }
      : await keepClick(click, clicks, queue, deadline);
  const { kept } = recorded;
  emit(
    {
      ...(!click.test && { [metric.clickReceived]: 1 }),
      ...(kept === 'queued' && { [metric.clickQueued]: 1 }),
      ...(kept === 'lost' && { [metric.clickLost]: 1 }),
    },
    { ...(kept !== 'stored' && { kept }) },
    { campaign: campaignId, offer: recorded.click.offer, bot: click.bot || undefined },
  );
  return recorded;
}
