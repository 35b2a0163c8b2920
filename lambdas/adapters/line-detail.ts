/** Lines a second that tell everything, for each thing that they tell of. */
const detailedPerSecond = 10;

/**
 * Decides whether a request's line tells its details. Every request has its line, since the line is also its count; under load, at the
 * level INFO, only so many a second of each kind say more than what is counted and grouped by. At DEBUG all of them do.
 */
export function detailSampler(level: string | undefined, clock: () => number = Date.now): (kind: string) => boolean {
  if (level !== 'INFO') return () => true;
  let second = 0;
  let told = new Map<string, number>();
  return (kind) => {
    const now = Math.floor(clock() / 1000);
    if (now !== second) [second, told] = [now, new Map()];
    const count = (told.get(kind) ?? 0) + 1;
    told.set(kind, count);
    return count <= detailedPerSecond;
  };
}
