/** Maximum detailed lines per second for each kind. */
const detailedPerSecond = 10;

/**
 * Decides whether the line of a request has details. Each request has a line, which is also its count; under load, at the level INFO,
 * only some lines per second of each kind have more than the fields for counts and groups. At DEBUG all have them.
 */
export function detailSampler(level: string | undefined, clock: () => number = Date.now): (kind: string) => boolean {
  if (level !== 'INFO') return () => true;
  let second = 0;
  let detailed = new Map<string, number>();
  return (kind) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, detailed] = [now, new Map()];
    const count = (detailed.get(kind) ?? 0) + 1;
    detailed.set(kind, count);
    return count <= detailedPerSecond;
  };
}
