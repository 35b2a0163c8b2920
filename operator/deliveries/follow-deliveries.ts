import type { AdminApi } from '../api/admin-api';
import { largestPage } from '../pages';
import { delivery, type Delivery } from './delivery';

/** A new delivery appears in the list with a delay. */
const overlapMilliseconds = 60_000;
/** The youngest unfinished deliveries are watched; due ones are read again, a few per round in turn. */
const mostWatched = 200;
const mostAsked = 20;

/**
 * Returns the new deliveries to some sources at each call of `next`, oldest first. A delivery is new once, and again with each change of
 * state or attempt. A quiet source costs one call.
 */
export function followDeliveries(
  api: AdminApi,
  since: string,
  now: () => number,
): { next(sources: readonly string[]): Promise<readonly Delivery[]> } {
  const seen = new Map<string, Delivery>();
  let from = Date.parse(since);
  return {
    async next(sources) {
      const beginning = now();
      const fresh: Delivery[] = [];
      for (const source of sources) fresh.push(...(await unseenOf(source)));
      fresh.push(...(await changedSince(beginning, fresh)));
      for (const one of fresh) seen.set(one.id, one);
      from = Math.max(from, beginning - overlapMilliseconds);
      forget();
      return fresh.sort((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
    },
  };

  async function unseenOf(source: string): Promise<readonly Delivery[]> {
    const fresh: Delivery[] = [];
    const query = { source, since: new Date(from).toISOString(), limit: largestPage };
    for await (const page of api.pages(['deliveries'], delivery, query)) {
      const unseen = page.filter(isNews);
      fresh.push(...unseen);
      if (unseen.length === 0 && page.length > 0) break;
    }
    return fresh;
  }

  /** Reads watched deliveries again when their time has come, and returns the changed ones. */
  async function changedSince(at: number, listed: readonly Delivery[]): Promise<readonly Delivery[]> {
    const isListed = new Set(listed.map(({ id }) => id));
    const isDue = ({ id, dueAt }: Delivery): boolean =>
      !isListed.has(id) && (dueAt === undefined || Date.parse(dueAt) <= at);
    const turn = watched().filter(isDue).slice(0, mostAsked);
    const asked = await Promise.all(turn.map(({ id }) => api.call('GET', ['deliveries', id], delivery)));
    for (const one of turn) {
      seen.delete(one.id);
      seen.set(one.id, one);
    }
    return asked.filter(isNews);
  }

  function isNews(one: Delivery): boolean {
    const before = seen.get(one.id);
    return before === undefined || stateOf(before) !== stateOf(one);
  }

  function watched(): readonly Delivery[] {
    return [...seen.values()].filter(({ state }) => state === 'due' || state === 'held').slice(-mostWatched);
  }

  function forget(): void {
    const kept = new Set(watched().map(({ id }) => id));
    for (const [id, { createdAt }] of seen) if (Date.parse(createdAt) < from && !kept.has(id)) seen.delete(id);
  }
}

function stateOf({ state, reason = '', attempts, lastTriedAt = '' }: Delivery): string {
  return `${state} ${reason} ${attempts} ${lastTriedAt}`;
}
