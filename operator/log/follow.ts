import type { AdminApi, Query } from '../api/admin-api';
import { largestPage } from '../pages';
import { logRow, type LogRow } from '../answers';

/** A row is in the log some moments after its request came, and that of a queued postback is written anew later. */
const overlapMilliseconds = 60_000;

/**
 * Asks for what is new in the log each time that `next` is called, oldest first. A row is new once, and once more whenever it has
 * another verdict. Pages are read until one holds nothing new, so that a quiet log costs one call.
 */
export function follow(api: AdminApi, filter: Query, since: string): { next(): Promise<readonly LogRow[]> } {
  const seen = new Map<string, string>();
  let from = Date.parse(since);
  return {
    async next() {
      const asked = new Date(from).toISOString();
      const beginning = Date.now();
      const fresh: LogRow[] = [];
      for await (const page of api.pages(['postbacks'], logRow, { ...filter, since: asked, limit: largestPage })) {
        const unseen = page.filter((row) => seen.get(row.requestId) !== stateOf(row));
        fresh.push(...unseen);
        if (unseen.length === 0 && page.length > 0) break;
      }
      for (const row of fresh) seen.set(row.requestId, stateOf(row));
      from = Math.max(from, beginning - overlapMilliseconds);
      forgetOlderThan(new Date(from).toISOString());
      return fresh.reverse();
    },
  };

  /** A request ID begins with its time, and is forgotten with the stretch that it lies in. */
  function forgetOlderThan(time: string): void {
    for (const [requestId, state] of seen) {
      if (state.slice(0, time.length) < time) seen.delete(requestId);
    }
  }
}

function stateOf({ receivedAt, result, reason, attempts }: LogRow): string {
  return `${receivedAt} ${result} ${reason} ${attempts}`;
}
