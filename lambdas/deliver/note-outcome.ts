import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { ReleaseRequests } from '../adapters/release-request';
import type { KnownHealth, SourceHealthTable } from '../adapters/source-health-table';
import { healthAfter, heldSince, isSuspended, type SourceHealth } from '../domain/outbound/breaker';
import type { Judgement } from '../domain/outbound/judge';
import type { SourceVersion } from './kept';

/** Others note outcomes of the same source at the same time. One that loses so often is left out: theirs say the same. */
const mostRaces = 4;

/** What one attempt changed for its source: it was `suspended`, or its suspension is over. */
export type SourceTurn = 'suspended' | 'resumed' | undefined;

export interface NotingStores {
  readonly health: SourceHealthTable;
  readonly releases: ReleaseRequests;
}

const isUsual = ({ failuresInRow, unaccepted, suspendedAt }: SourceHealth): boolean =>
  failuresInRow === 0 && unaccepted === 0 && suspendedAt === undefined;

/**
 * Adds an attempt to what is known of a source; what was known before it saves the look at one that answers as ever. A failure of ours here
 * must not lose what the attempt came to, and throws nothing.
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
      // First the release: what is looked at too early is held again, and what is never released waits for up to twelve hours.
      if (isResumed) await releases.begin(id, since, now, deadline);
      if (await health.write(id, known, after, deadline)) {
        if (isResumed) return 'resumed';
        return isSuspended(after, changedAt) && !isSuspended(known.health, changedAt) ? 'suspended' : undefined;
      }
    }
  } catch (error) {
    logTrouble('how a source answered was not noted', error, { source: id });
  }
  return undefined;
}
