import type { Campaign, Offer } from '../configuration/campaign';

/**
 * Chooses an offer by weight among those that are active.
 * @param chance a number from 0 up to but not including 1
 * @returns `undefined` where every offer is paused or weighs nothing
 */
export function chooseOffer(campaign: Campaign, chance: number): Offer | undefined {
  const open = campaign.offers.filter(({ status, weight }) => status !== 'paused' && weight > 0);
  let left = chance * open.reduce((sum, { weight }) => sum + weight, 0);
  return open.find(({ weight }) => (left -= weight) < 0) ?? open.at(-1);
}
