import type { Click } from '../click/click';

/**
 * Fields of the click by which reports group a conversion. The click expires or is erased; the conversion stays, and may be reversed long
 * after. Rows of the previous version have none.
 */
export interface ClickDetails extends Pick<
  Click,
  'clickedAt' | 'offer' | 'subs' | 'externalId' | 'userAgent' | 'ipPrefix' | 'country' | 'bot'
> {}

export function detailsOf(click: Click): ClickDetails {
  const { clickedAt, offer, subs, externalId, userAgent, ipPrefix, country, bot } = click;
  return {
    clickedAt,
    offer,
    subs,
    bot,
    ...(externalId !== undefined && { externalId }),
    ...(userAgent !== undefined && { userAgent }),
    ...(ipPrefix !== undefined && { ipPrefix }),
    ...(country !== undefined && { country }),
  };
}

/** The details without what came from the visitor: when the click was, where it went and whether it looked like a bot's stay. */
export function withoutVisitor({ clickedAt, offer, bot }: ClickDetails): ClickDetails {
  return { clickedAt, offer, subs: {}, bot };
}
