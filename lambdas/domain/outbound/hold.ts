const shortestPause = 15 * 60_000;
const longestPause = 12 * 60 * 60_000;

/**
 * When to look again at a delivery that waits for a person: soon while it is young, and ever more rarely. A source that is set up anew
 * gets what was held without anybody resending it.
 */
export function nextLookAt(createdAt: number, now: number): number {
  const age = Math.max(0, now - createdAt);
  return now + Math.min(longestPause, Math.max(shortestPause, Math.round(age / 8)));
}
