import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { SourceHealthTable } from '../adapters/source-health-table';
import { healthAfter, isSuspended } from '../domain/outbound/breaker';
import type { Judgement } from '../domain/outbound/judge';
import type { SourceVersion } from './kept';

/** Others note outcomes of the same source at the same time. One that loses so often is left out: theirs say the same. */
const mostRaces = 4;

/**
 * Adds an attempt to what is known of a source. A failure of ours here must not lose what the attempt came to, and throws nothing.
 * @returns whether the source was suspended by this attempt
 */
export async function noteOutcome(
  { id, changedAt }: SourceVersion,
  outcome: Judgement['outcome'],
  { health }: { readonly health: SourceHealthTable },
  now: number,
  deadline: Deadline,
): Promise<boolean> {
  try {
    for (let race = 0; race < mostRaces; race += 1) {
      const known = await health.of(id, deadline);
      const after = healthAfter(known.health, outcome, now, changedAt);
      const isUsual = known.health.failuresInRow === 0 && known.health.unaccepted === 0;
      // A source that answers as ever costs no write.
      if (outcome === 'delivered' && isUsual && known.health.suspendedAt === undefined) return false;
      if (await health.write(id, known, after, deadline)) {
        return isSuspended(after, changedAt) && !isSuspended(known.health, changedAt);
      }
    }
  } catch (error) {
    logTrouble('how a source answered was not noted', error, { source: id });
  }
  return false;
}
