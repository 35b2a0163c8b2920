import type { Deadline } from '../adapters/deadline';
import type { HeldReleases, Release } from '../adapters/held-releases';

/** What releasing reads and writes. */
export interface ReleaseStores {
  readonly releases: Pick<HeldReleases, 'pending' | 'page' | 'wake' | 'moveOn'>;
}

/** Up to a thousand deliveries of a source a run: one that has just come back is not to be overwhelmed. */
const pagesOfRun = 10;
/** With less time than this left, no further page is begun. */
const leastMilliseconds = 15_000;

/**
 * Makes due what suspensions held that have ended, a stretch at a time. A page is kept after its deliveries are woken: a run that dies in
 * between wakes some twice, which finds them due already.
 */
export async function releaseHeldDeliveries(stores: ReleaseStores, now: number, deadline: Deadline): Promise<number> {
  const pending = await stores.releases.pending(deadline);
  const counts = await Promise.all(pending.map((release) => releaseSome(release, stores, now, deadline)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function releaseSome(
  release: Release,
  { releases }: ReleaseStores,
  now: number,
  deadline: Deadline,
): Promise<number> {
  let woken = 0;
  let { place } = release;
  for (let page = 0; page < pagesOfRun && deadline.remaining() > leastMilliseconds; page += 1) {
    const { ids, next } = await releases.page({ ...release, place }, deadline);
    const results = await Promise.all(ids.map((id) => releases.wake(id, now, deadline)));
    woken += results.filter((isWoken) => isWoken).length;
    await releases.moveOn(release, next, deadline);
    if (next === undefined) break;
    place = next;
  }
  return woken;
}
