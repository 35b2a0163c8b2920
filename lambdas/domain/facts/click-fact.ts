import type { Click } from '../click/click';
import type { Agent } from './agent';
import { quarterOf } from './columns';
import { readCost, type ClickCost } from './cost';
import { known, subColumns, type ClickFact } from './rows';

/** The parameter that holds a cost, `cost` where there is none, and its currency. */
export interface CostNaming {
  readonly parameter?: string | undefined;
  readonly currency: string;
}

/** Values that are looked up for a row: a request for a click knows none of them. */
export interface Lookups {
  agentOf(userAgent: string | undefined): Agent;
  /** ISO 3166-1 alpha-2; `undefined` where it is not known. */
  countryOf(ipPrefix: string | undefined): string | undefined;
  /** The traffic source's names for the cost of its clicks. */
  costNamingOf(source: string | undefined): CostNaming | undefined;
}

/** Returns the row that counts a click. */
export function clickFact(click: Click, lookups: Lookups): ClickFact {
  const { clickId, clickedAt, campaign, offer, source, integration, subs, userAgent, ipPrefix, bot, test } = click;
  const { country = lookups.countryOf(ipPrefix) } = click;
  return {
    click_id: clickId,
    clicked_at: BigInt(clickedAt),
    click_quarter: BigInt(quarterOf(clickedAt)),
    campaign,
    offer: known(offer),
    source: known(source),
    integration: known(integration),
    ...subColumns(subs),
    country: known(country),
    ...lookups.agentOf(userAgent),
    bot,
    test,
    visitor: known(click.visitor),
    ...clickCost(click, lookups.costNamingOf(source)),
  };
}

function clickCost({ cost, parameters }: Click, naming: CostNaming | undefined): ClickCost {
  const { parameter, currency } = naming ?? {};
  const isSent = parameter !== undefined && Object.hasOwn(parameters, parameter);
  const named = isSent ? parameters[parameter] : undefined;
  return readCost(named ?? cost, currency);
}
