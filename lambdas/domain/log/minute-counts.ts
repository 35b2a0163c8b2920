const minute = 60_000;

/**
 * Counts by key within the present minute. Keys that a stranger chooses must not fill the memory: beyond `capacity` keys of one minute,
 * further ones share the count of `overflow`, or
 * are not counted where there is none.
 * @returns how often the key came in this minute, this time included
 */
export function minuteCounts(capacity: number, clock: () => number): (key: string, overflow?: string) => number {
  let counts = new Map<string, number>();
  let current = 0;
  return (key, overflow) => {
    const now = Math.floor(clock() / minute);
    if (now !== current) [counts, current] = [new Map(), now];
    const counted = counts.has(key) || counts.size < capacity ? key : overflow;
    if (counted === undefined) return 1;
    const count = (counts.get(counted) ?? 0) + 1;
    counts.set(counted, count);
    return count;
  };
}
