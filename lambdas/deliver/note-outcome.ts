import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { ReleaseRequests } from '../adapters/release-request';
import type { KnownHealth, SourceHealthTable } from '../adapters/source-health-table';
import { healthAfter, heldSince, isSuspended, type SourceHealth } from '../domain/outbound/breaker';
import type { Judgement } from '../domain/outbound/judge';
import type { SourceVersion } from './kept';

/** Concurrent runs record outcomes of the same source. After this many lost races the outcome is dropped: theirs are the same. */
const mostRaces = 4;

/** The change of a source by one attempt: it was `suspended`, or its suspension ended. */
export type SourceTurn = 'suspended' | 'resumed' | undefined;

export interface NotingStores {
  readonly health: SourceHealthTable;
  readonly releases: ReleaseRequests;
}

const isUsual = ({ failuresInRow, unaccepted, suspendedAt }: SourceHealth): boolean =>
  failuresInRow === 0 && unaccepted === 0 && suspendedAt === undefined;

/**
 * Records an attempt in the health of a source; the health read before saves a read for a source that accepts as usual. Never throws: an
 * internal failure must not lose the outcome of the attempt.
 */
export async function noteOutcome(
  { id, changedAt }: SourceVersion,
  outcome: Judgement['outcome'],
  before: KnownHealth,
  { health, releases }: NotingStores,
  now: number,
  deadline: Deadline,
): Promise<SourceTurn> {
  if (outcome === 'delivered' && isUsual(before.health)) return undefined;
  try {
    for (let race = 0; race < mostRaces; race += 1) {
      const known = await health.of(id, deadline);
      const after = healthAfter(known.health, outcome, now, changedAt);
      const since = heldSince(known.health);
      // Another delivery was accepted meanwhile.
      if (outcome === 'delivered' && isUsual(known.health)) return undefined;
      const isResumed = outcome === 'delivered' && since !== undefined;
      // Releases before the write: an early check holds the delivery again, while one never released waits for up to twelve hours.
      if (isResumed) await releases.begin(id, since, now, deadline);
      if (await health.write(id, known, after, deadline)) {
        if (isResumed) return 'resumed';
        return isSuspended(after, changedAt) && !isSuspended(known.health, changedAt) ? 'suspended' : undefined;
      }
    }
  } catch (error) {
    logTrouble('the outcome of a delivery was not recorded for its source', error, { source: id });
  }
  return undefined;
}
