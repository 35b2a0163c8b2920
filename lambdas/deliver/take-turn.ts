import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { KnownHealth, SourceHealthTable } from '../adapters/source-health-table';
import { turnOf, withoutTurn } from '../domain/outbound/turns';

export interface TurnStores {
  readonly health: SourceHealthTable;
  now(): number;
}

/** Whether the deliveries of one source in a batch go now; what was read on the way saves the next look. */
export type SourceRun =
  { readonly kind: 'go'; readonly known?: KnownHealth; readonly until?: number } | { readonly kind: 'later' };

/** Others take turns at the same source at the same time. */
const mostRaces = 4;

export async function beginRun(
  sourceId: string,
  deliveries: number,
  { health, now }: TurnStores,
  deadline: Deadline,
): Promise<SourceRun> {
  try {
    for (let race = 0; race < mostRaces; race += 1) {
      const known = await health.of(sourceId, deadline);
      const turn = turnOf(known.health, deliveries, now());
      if (turn.kind === 'free') return { kind: 'go', known };
      if (turn.kind === 'later') return turn;
      if (await health.write(sourceId, known, turn.health, deadline)) {
        return { kind: 'go', known: { health: turn.health, revision: known.revision + 1 }, until: turn.until };
      }
    }
    return { kind: 'later' };
  } catch {
    // Each delivery looks for itself, and says what is wrong.
    return { kind: 'go' };
  }
}

/** Gives a turn back. One that is not given back ends by its time. */
export async function endRun(
  sourceId: string,
  { until }: Extract<SourceRun, { kind: 'go' }>,
  { health }: TurnStores,
  deadline: Deadline,
): Promise<void> {
  if (until === undefined) return;
  try {
    for (let race = 0; race < mostRaces; race += 1) {
      const known = await health.of(sourceId, deadline);
      const after = withoutTurn(known.health, until);
      if (after === undefined || (await health.write(sourceId, known, after, deadline))) return;
    }
  } catch (error) {
    logTrouble('a turn was not given back', error, { source: sourceId });
  }
}
