import * as v from 'valibot';
import { UnreadableDocument } from './configuration-item';
import type { ConfigurationTable } from './configuration-table';
import type { Deadline } from './deadline';
import { identifier } from '../domain/configuration/fields';
import { readAgent, type Agent } from '../domain/facts/agent';
import type { CostNaming, Lookups } from '../domain/facts/click-fact';

/** User agents that are remembered: visitors of one hour have a few hundred of them. */
const rememberedAgents = 5000;
/** Visitors choose the name of a source: a batch may have as many as clicks. */
const readTogether = 50;

/**
 * Looks up what no click knows: the machine behind a user agent, the country of an address, and how these sources name costs. Throws
 * where storage does not answer in time.
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

  /** A document that cannot be read names no costs: it would not read the next time either, and hold up all that follows. */
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
    // A name that no document can have is a visitor's.
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
