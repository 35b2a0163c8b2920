import * as v from 'valibot';
import { UnreadableDocument } from '../adapters/configuration-item';
import type { ConfigurationTable } from '../adapters/configuration-table';
import type { Deadline } from '../adapters/deadline';
import type { StreamRecord } from '../adapters/stream-event';
import { identifier } from '../domain/configuration/fields';
import { readAgent, type Agent } from '../domain/facts/agent';
import type { Lookups } from '../domain/facts/click-fact';
import type { FactSet } from '../domain/facts/columns';

/** User agents that are remembered: visitors of one hour have a few hundred of them. */
const rememberedAgents = 5000;

/** Looks up what no click knows: the machine behind a user agent, the country of an address, the currency of a source. */
export function lookupsOf(
  configuration: ConfigurationTable,
  countryOf: (ipPrefix: string | undefined) => string | undefined,
) {
  const agents = new Map<string, Agent>();

  function agentOf(userAgent: string | undefined): Agent {
    if (userAgent === undefined) return readAgent(undefined);
    const known = agents.get(userAgent);
    if (known !== undefined) return known;
    if (agents.size >= rememberedAgents) agents.clear();
    const agent = readAgent(userAgent);
    agents.set(userAgent, agent);
    return agent;
  }

  /** A document that cannot be read names no currency: it would not read the next time either, and hold up all that follows. */
  async function currencyOf(source: string, deadline: Deadline): Promise<string | undefined> {
    try {
      const version = await configuration.find('source', source, deadline);
      return version?.document.cost?.currency;
    } catch (error) {
      if (error instanceof UnreadableDocument) return undefined;
      throw error;
    }
  }

  return async (set: FactSet, records: readonly StreamRecord[], deadline: Deadline): Promise<Lookups> => {
    const currencies = new Map<string, string>();
    for (const source of set === 'clicks' ? sourcesWithCosts(records) : []) {
      const currency = await currencyOf(source, deadline);
      if (currency !== undefined) currencies.set(source, currency);
    }
    return {
      agentOf,
      countryOf,
      costCurrencyOf: (source) => (source === undefined ? undefined : currencies.get(source)),
    };
  };
}

/** Of new clicks alone: no other change counts a cost. A name that no document can have is a visitor's. */
function sourcesWithCosts(records: readonly StreamRecord[]): ReadonlySet<string> {
  return new Set(
    records.flatMap(({ before, after }) => {
      const source = after?.['source']?.S;
      return before === undefined && v.is(identifier, source) && after?.['cost'] !== undefined ? [source] : [];
    }),
  );
}
