import type { ClickId } from './click-id';

/** Lifetime of the memory of a missing click: a row that is restored counts this much later at most. */
export const goneMilliseconds = 60_000;

/** Click IDs that are remembered at a time, about 100 bytes each. */
const capacity = 10_000;

/** Clicks without a row that were never converted. Nothing can be recorded of them, so that another postback for one costs no read. */
export interface GoneClicks {
  /** Returns the result for a missing click; `undefined` where it must be looked up. */
  find(clickId: ClickId): 'absent' | 'erased' | undefined;
  add(clickId: ClickId, found: 'absent' | 'erased'): void;
}

export function goneClicks(clock: () => number = Date.now): GoneClicks {
  const gone = new Map<ClickId, { readonly found: 'absent' | 'erased'; readonly until: number }>();
  return {
    find(clickId) {
      const known = gone.get(clickId);
      return known !== undefined && clock() < known.until ? known.found : undefined;
    },
    add(clickId, found) {
      // The oldest entry goes first: one that is added again is the newest.
      gone.delete(clickId);
      const [oldest] = gone.keys();
      if (gone.size >= capacity && oldest !== undefined) gone.delete(oldest);
      gone.set(clickId, { found, until: clock() + goneMilliseconds });
    },
  };
}
