import type { AdminApi, Query } from '../api/admin-api';
import { largestPage } from '../pages';
import { logRow, type LogRow } from '../answers';

/** A row appears in the log with a delay, and the row of a queued postback is rewritten later. */
const overlapMilliseconds = 60_000;

/**
 * Returns the new rows of the log at each call of `next`, oldest first. A row is new once, and again with each change of its verdict.
 * Reads pages until one has nothing new, so that a quiet log costs one call.
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

  /** Forgets rows older than the overlap; the state of a row begins with its time. */
  function forgetOlderThan(time: string): void {
    for (const [requestId, state] of seen) {
      if (state.slice(0, time.length) < time) seen.delete(requestId);
    }
  }
}

function stateOf({ receivedAt, result, reason, attempts }: LogRow): string {
  return `${receivedAt} ${result} ${reason} ${attempts}`;
}
