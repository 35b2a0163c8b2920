import * as v from 'valibot';
import { Cells } from '../../lambdas/domain/facts/audit-cells';
import type { AdminApi } from '../api/admin-api';
import { cellAnswer, cellOfAnswer } from '../audit/audit';
import type { StartProgress } from '../progress';

const recountAnswer = v.looseObject({
  id: v.string(),
  phase: v.string(),
  startedAt: v.string(),
  scanned: v.number(),
  comparedThrough: v.optional(v.string()),
  young: v.number(),
  unreadable: v.number(),
  clicksAdded: v.number(),
  copiesRemoved: v.number(),
  corrections: v.number(),
  cells: v.array(cellAnswer),
});

export type Recount = v.InferOutput<typeof recountAnswer>;

/** The scope of a recount: the clicks of a period, or everything. */
export type RecountScope =
  { readonly purpose: 'repair'; readonly since: string; readonly until: string } | { readonly purpose: 'rebuild' };

/** A recount that is ready to be taken, with the change of each cell in the steps of this run. */
export interface ReadyRecount {
  readonly recount: Recount;
  readonly cells: Cells;
}

const path = ['reports', 'recount'];

/** Recounts without changing the reports yet. Resumes an interrupted recount. */
export async function prepareRecount(
  api: AdminApi,
  scope: RecountScope,
  startProgress: StartProgress,
): Promise<ReadyRecount> {
  let recount = await api.call('POST', path, recountAnswer, { body: scope });
  const cells = new Cells();
  let progress = startProgress('rows read');
  progress.advance(recount.scanned);
  try {
    while (recount.phase !== 'ready' && recount.phase !== 'taken') {
      const next = await api.call('POST', [...path, 'step'], recountAnswer, { body: { id: recount.id } });
      progress.advance(next.phase === 'scanning' ? next.scanned - recount.scanned : 1);
      if (recount.phase === 'scanning' && next.phase !== 'scanning') {
        progress.end();
        progress = startProgress('steps of comparing');
      }
      next.cells.map(cellOfAnswer).forEach((cell) => cells.add(cell));
      recount = next;
    }
  } finally {
    progress.end();
  }
  return { recount, cells };
}

export function changesNothing({ clicksAdded, copiesRemoved, corrections }: Recount): boolean {
  return clicksAdded + copiesRemoved + corrections === 0;
}

/** Applies the recount to the reports. */
export async function takeRecount(api: AdminApi, { id }: Recount): Promise<Recount> {
  return api.call('POST', [...path, 'take'], recountAnswer, { body: { id } });
}

export async function discardRecount(api: AdminApi, { id }: Recount): Promise<void> {
  await api.text('POST', [...path, 'discard'], { body: { id } });
}
