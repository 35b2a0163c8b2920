import type { Deadline } from '../adapters/deadline';
import { logTrouble } from '../adapters/metrics';
import type { KnownHealth, SourceHealthTable } from '../adapters/source-health-table';
import type { SourceHealth } from '../domain/outbound/breaker';
import { turnOf, withoutTurn } from '../domain/outbound/turns';

export interface TurnStores {
  readonly health: SourceHealthTable;
  now(): number;
}

/** Whether to send the deliveries of one source in a batch now, with the health that was read for the decision. */
export type SourceRun =
  { readonly kind: 'go'; readonly known?: KnownHealth; readonly until?: number } | { readonly kind: 'later' };

export async function beginRun(
  sourceId: string,
  deliveries: number,
  { health, now }: TurnStores,
  deadline: Deadline,
): Promise<SourceRun> {
  try {
    const run = await changeHealth<SourceRun>(sourceId, health, deadline, (known) => {
      const turn = turnOf(known.health, deliveries, now());
      if (turn.kind === 'free') return { result: { kind: 'go', known } };
      if (turn.kind === 'later') return { result: turn };
      const taken: KnownHealth = { health: turn.health, revision: known.revision + 1 };
      return { after: turn.health, result: { kind: 'go', known: taken, until: turn.until } };
    });
    return run ?? { kind: 'later' };
  } catch {
    // Each delivery then checks the source, and reports the failure.
    return { kind: 'go' };
  }
}

/** Returns a turn. One that is not returned expires. */
export async function endRun(
  sourceId: string,
  { until }: Extract<SourceRun, { kind: 'go' }>,
  { health }: TurnStores,
  deadline: Deadline,
): Promise<void> {
  if (until === undefined) return;
  try {
    await changeHealth(sourceId, health, deadline, (known) => ({
      after: withoutTurn(known.health, until),
      result: undefined,
    }));
  } catch (error) {
    logTrouble('a turn was not returned', error, { source: sourceId });
  }
}

/** Concurrent runs take turns at the same source. */
const mostRaces = 4;

/** Writes the change of the health, if any; returns `undefined` if concurrent writes won each time. */
async function changeHealth<Result>(
  sourceId: string,
  health: SourceHealthTable,
  deadline: Deadline,
  change: (known: KnownHealth) => { readonly after?: SourceHealth | undefined; readonly result: Result },
): Promise<Result | undefined> {
  for (let race = 0; race < mostRaces; race += 1) {
    const known = await (race === 0 ? health.glance(sourceId, deadline) : health.of(sourceId, deadline));
    const { after, result } = change(known);
    if (after === undefined || (await health.write(sourceId, known, after, deadline))) return result;
  }
  return undefined;
}
