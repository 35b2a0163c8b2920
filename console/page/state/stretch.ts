export interface Stretch {
  readonly since: number;
  readonly until: number;
}

const firstStretchMilliseconds = 3_600_000;

/** A period from its newest stretch to its oldest, each twice as long as the one after it, so that it is known how far a search is. */
export function stretchesOf({ since, until }: Stretch): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let end = until;
  for (let size = firstStretchMilliseconds; end >= since; size *= 2) {
    const begin = Math.max(since, end - size);
    stretches.push({ since: begin, until: end });
    end = begin - 1;
  }
  return stretches;
}
