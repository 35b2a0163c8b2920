import type { Deadline } from '../adapters/deadline';
import type { HeldReleases, Release } from '../adapters/held-releases';

/** The stores of releasing. */
export interface ReleaseStores {
  readonly releases: Pick<HeldReleases, 'pending' | 'page' | 'wake' | 'moveOn'>;
}

/** Up to a thousand deliveries of a source per run, so that a recovered source is not flooded. */
const pagesOfRun = 10;
/** Minimum time left for another page. */
const leastMilliseconds = 15_000;

/**
 * Makes the deliveries of ended suspensions due, a stretch per run. The position is saved after the deliveries are made due: a run that
 * dies in between repeats some, which are due already.
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
