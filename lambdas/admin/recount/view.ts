import * as v from 'valibot';
import { recountPurposes, recountPhases, type RecountState } from '../../adapters/recount-state';
import type { Cell } from '../../domain/facts/audit-cells';
import { quarterMilliseconds } from '../../domain/facts/columns';
import { field } from '../http/answer-schema';
import { auditCell, cellView } from '../reports/cell';

/** Cells that one answer names at most. */
const maximumCells = 1000;

export const recountAnswer = v.strictObject({
  id: v.string(),
  purpose: v.picklist(recountPurposes),
  phase: v.pipe(v.picklist(recountPhases), v.description('`ready` may be taken, and `taken` is part of the reports')),
  author: v.string(),
  startedAt: field.time,
  since: v.optional(v.pipe(field.time, v.description('The period of a repair, by the time of the click'))),
  until: v.optional(field.time),
  scanned: field.count,
  comparedThrough: v.optional(v.pipe(field.time, v.description('How far clicks were compared, by their time'))),
  young: v.pipe(
    field.count,
    v.description('Rows that were written less than 25 hours before: a later recount compares them'),
  ),
  unreadable: field.count,
  clicksAdded: v.pipe(field.count, v.description('Clicks that no report counts')),
  copiesRemoved: v.pipe(field.count, v.description('Copies of clicks that reports count already')),
  corrections: v.pipe(field.count, v.description('Rows that take back or add conversions')),
  cells: v.pipe(
    v.array(auditCell),
    v.description(`By how much this call changes each cell; the first ${maximumCells} of them`),
  ),
});

export function recountView(state: RecountState, cells: readonly Cell[]): v.InferOutput<typeof recountAnswer> {
  const { id, purpose, phase, author, startedAt, first, last, scanned, young, unreadable, from, sums } = state;
  return {
    id,
    purpose,
    phase,
    author,
    startedAt: new Date(startedAt).toISOString(),
    ...(purpose === 'repair' && { since: timeOf(first), until: timeOf(last + 1) }),
    scanned,
    ...(from > 0 && phase !== 'scanning' && { comparedThrough: timeOf(from) }),
    young,
    unreadable,
    ...sums,
    cells: cells.slice(0, maximumCells).map(cellView),
  };
}

const timeOf = (quarter: number): string => new Date(quarter * quarterMilliseconds).toISOString();
