import { usageFailure } from '../../../operator/failure';
import { asFields, type Content } from '../../../operator/documents/stored-document';
import { extended, given, readMoneyFlag, readNumber, readPair } from './values';

export interface CampaignFlags {
  readonly name?: string;
  readonly integration?: string;
  readonly status?: string;
  /** `id=main,url=https://…,weight=3,status=active`; a change needs the ID only. */
  readonly offer?: readonly string[];
  readonly removeOffer?: readonly string[];
  /** A URL, or `none`. */
  readonly fallback?: string;
  readonly payout?: string;
  readonly event?: readonly string[];
  readonly maxAgeDays?: string;
  readonly minAgeSeconds?: string;
}

/** Applies the flags to a campaign. */
export function withCampaignFlags(base: Content, flags: CampaignFlags): Content {
  const { name, integration, status, offer = [], removeOffer = [], payout, event = [], fallback } = flags;
  const { maxAgeDays, minAgeSeconds } = flags;
  const { fallback: _before, ...withoutFallback } = base;
  return {
    ...(fallback === 'none' ? withoutFallback : base),
    ...(fallback !== 'none' && given({ fallback })),
    ...given({ name, integration, status, payout: payout && readMoneyFlag('--payout', payout) }),
    ...(offer.length + removeOffer.length > 0 && { offers: withOffers(base['offers'], offer, removeOffer) }),
    ...extended('events', base, Object.fromEntries(event.map(readEvent))),
    ...extended(
      'attribution',
      base,
      given({
        maxAgeDays: maxAgeDays && readNumber('--max-age-days', maxAgeDays),
        minAgeSeconds: minAgeSeconds && readNumber('--min-age-seconds', minAgeSeconds),
      }),
    ),
  };
}

function readEvent(text: string): readonly [string, Content] {
  const [event, money] = readPair('--event', text);
  return [event, readMoneyFlag('--event', money)];
}

/** Merges offers by their IDs: known ones are changed, others are added, in the given order. */
function withOffers(before: unknown, changed: readonly string[], removed: readonly string[]): readonly Content[] {
  const list: readonly unknown[] = Array.isArray(before) ? before : [];
  const offers = new Map(list.map((one) => [asFields(one)?.['id'], asFields(one) ?? {}]));
  for (const id of removed) {
    if (!offers.delete(id)) throw usageFailure(`There is no offer ${id} to remove.`);
  }
  for (const text of changed) {
    const offer = readOffer(text);
    offers.set(offer['id'], { ...(offers.get(offer['id']) ?? { weight: 1 }), ...offer });
  }
  return [...offers.values()];
}

const offerForm = 'id=main,url=https://…,weight=3';

function readOffer(text: string): Content {
  // The URL may contain commas.
  const parts = text.split(/,(?=(?:id|url|weight|status)=)/);
  const offer = Object.fromEntries(
    parts.map((part) => {
      const [, name = '', value = ''] = /^(id|url|weight|status)=(.*)$/s.exec(part) ?? [];
      if (name === '') throw usageFailure(`--offer takes ${offerForm}, not "${text}".`);
      return [name, name === 'weight' ? readNumber('the weight of --offer', value) : value];
    }),
  );
  if (offer['id'] === undefined) throw usageFailure(`--offer must name the offer: ${offerForm}.`);
  return offer;
}
