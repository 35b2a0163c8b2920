import type { Click } from '../click/click';
import type { Conversion } from '../conversion/conversion';
import { unknownAgent } from './agent';
import { clickFact, type Lookups } from './click-fact';
import { conversionContribution } from './conversion-fact';
import type { Cell } from './audit-cells';

/** Cells have neither country nor device: nothing is looked up. */
const nothingLookedUp: Lookups = {
  agentOf: () => unknownAgent,
  countryOf: () => undefined,
  costNamingOf: () => undefined,
};

/** Returns the cell in which a stored click must be counted. */
export function cellOfClick(click: Click): Cell {
  const { campaign, click_quarter: quarter } = clickFact(click, nothingLookedUp);
  const name = {
    set: 'clicks',
    campaign,
    quarter: Number(quarter),
    event: null,
    status: null,
    currency: null,
  } as const;
  return { ...name, count: 1n, amount: 0n };
}

/** Returns the cell in which a stored conversion must be counted; `undefined` for a reversal that its sale contains. */
export function cellOfConversion(conversion: Conversion): Cell | undefined {
  const contribution = conversionContribution(conversion, nothingLookedUp);
  if (contribution === undefined) return undefined;
  const { campaign, click_quarter: quarter, event, status, currency, count, amount } = contribution;
  return {
    set: 'conversions',
    campaign,
    quarter: Number(quarter),
    event,
    status,
    currency,
    count,
    amount: amount ?? 0n,
  };
}
