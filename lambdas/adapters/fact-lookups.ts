import * as v from 'valibot';
import { UnreadableDocument } from './configuration-item';
import type { ConfigurationTable } from './configuration-table';
import type { Deadline } from './deadline';
import { identifier } from '../domain/configuration/fields';
import { readAgent, type Agent } from '../domain/facts/agent';
import type { CostNaming, Lookups } from '../domain/facts/click-fact';

/** Maximum cached user agents: visitors of one hour have a few hundred. */
const rememberedAgents = 5000;
/** Maximum sources of a batch: visitors choose their names, and may use one per click. */
const readTogether = 50;

/**
 * Looks up the facts that a click lacks: the machine of a user agent, the country of an address, and the cost settings of sources. Throws
 * if storage does not respond in time.
 */
export function lookupsOf(
  configuration: ConfigurationTable<'source'>,
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

  /** An unreadable document sets no costs: a retry could not read it either, and would block all later ones. */
  async function costNamingOf(source: string, deadline: Deadline): Promise<CostNaming | undefined> {
    try {
      const version = await configuration.find('source', source, deadline);
      return version?.document.cost;
    } catch (error) {
      if (error instanceof UnreadableDocument) return undefined;
      throw error;
    }
  }

  return async (named: ReadonlySet<string>, deadline: Deadline): Promise<Lookups> => {
    const namings = new Map<string, CostNaming>();
    // A name that is no valid ID comes from a visitor.
    const sources = [...named].filter((source) => v.is(identifier, source));
    for (let at = 0; at < sources.length; at += readTogether) {
      const some = sources.slice(at, at + readTogether);
      const found = await Promise.all(some.map((source) => costNamingOf(source, deadline)));
      for (const [index, naming] of found.entries()) {
        const source = some[index];
        if (source !== undefined && naming !== undefined) namings.set(source, naming);
      }
    }
    return {
      agentOf,
      countryOf,
      costNamingOf: (source) => (source === undefined ? undefined : namings.get(source)),
    };
  };
}
