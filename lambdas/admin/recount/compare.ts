import type { Deadline } from '../../adapters/deadline';
import type { RecountNotes } from '../../adapters/recount-notes';
import type { RecountState } from '../../adapters/recount-state';
import type { Cell } from '../../domain/facts/audit-cells';
import { quarterOf, type FactSet } from '../../domain/facts/columns';
import { byDay } from '../../domain/facts/compaction-plan';
import type { FactObject, QuarterRange } from '../../domain/facts/manifest';
import { dayKey } from '../../domain/facts/object-key';
import { clickDifference, type CountedRows } from '../../domain/facts/recount-clicks';
import { asConversionFact, conversionCorrections } from '../../domain/facts/recount-conversions';
import { nextSlice, overlaps } from '../../domain/facts/recount-slice';
import { addSums, changedCells, noSums, type RecountSums } from '../../domain/facts/recount-summary';
import type { FactRow } from '../../domain/facts/rows';
import type { RecountServices } from '../http/recount-services';
import { writeFacts, type RecountStep } from './step';

/** Rows that are compared together, and days of bookings that their corrections are put to. */
const rowsOfSlice = 60_000;
const daysOfSlice = 60;
/** About so many objects are listed in the note of a step. */
const objectsOfStep = 400;

interface Compared {
  readonly outputs: readonly FactObject[];
  readonly copies: readonly { readonly of: string; readonly key: string }[];
  readonly cells: readonly Cell[];
  readonly sums: RecountSums;
}

/**
 * Compares slices of what is stored with what was counted when the recount began, until the time is used up, and writes corrections as
 * objects that do not count yet.
 * @param counted the objects that counted when it began
 */
export async function compareStep(
  state: RecountState,
  counted: readonly FactObject[],
  notes: RecountNotes,
  services: RecountServices,
  until: Deadline,
  deadline: Deadline,
): Promise<RecountStep> {
  const spans = [...counted, ...notes.stored];
  const done: Compared[] = [];
  let from: number | undefined = state.from;
  do {
    const slice = nextSlice(spans, from, state.last, rowsOfSlice);
    if (slice === undefined) {
      from = undefined;
      break;
    }
    done.push(await compareSlice(state, slice, counted, notes.stored, services, deadline));
    from = slice.last + 1;
  } while (until.remaining() > 0 && done.reduce((sum, { outputs }) => sum + outputs.length, 0) < objectsOfStep);
  const copies = done.flatMap((one) => one.copies);
  const hasCopies = copies.length > 0 || notes.copies.length > 0;
  const phase = from !== undefined ? 'comparing' : hasCopies ? 'cleaning' : 'ready';
  return {
    after: {
      ...state,
      phase,
      from: from ?? state.last + 1,
      sums: done.map(({ sums }) => sums).reduce(addSums, state.sums),
    },
    note: { outputs: done.flatMap(({ outputs }) => outputs), copies },
    cells: done.flatMap(({ cells }) => cells),
  };
}

async function compareSlice(
  { id, purpose, startedAt }: RecountState,
  slice: QuarterRange,
  counted: readonly FactObject[],
  stored: readonly FactObject[],
  services: RecountServices,
  deadline: Deadline,
): Promise<Compared> {
  const read = (objects: readonly FactObject[], set: FactSet) => readSlice(objects, set, slice, services, deadline);
  const clicks = clickDifference(
    (await read(stored, 'clicks')).flatMap(({ rows }) => rows),
    await read(counted, 'clicks'),
  );
  const changes = conversionCorrections(
    (await read(stored, 'conversions')).flatMap(({ rows }) => rows).map(asConversionFact),
    (await read(counted, 'conversions')).flatMap(({ rows }) => rows).map(asConversionFact),
    quarterOf(startedAt),
    purpose === 'repair' ? 'now' : 'as-stored',
  );
  const outputs: FactObject[] = [];
  for (const [set, rows] of [
    ['clicks', clicks.missing],
    ['conversions', changes],
  ] as const) {
    for (const { day, rows: ofDay } of byDay(set, rows, new Set(), daysOfSlice)) {
      outputs.push(await writeFacts(dayKey(set, day, services.newId()), set, ofDay, services, deadline));
    }
  }
  const copies: { readonly of: string; readonly key: string }[] = [];
  for (const { key: of, rows } of clicks.doubled) {
    const key = `clicks/recount-${id}/copies-${services.newId()}.parquet`;
    await writeFacts(key, 'clicks', rows, services, deadline);
    copies.push({ of, key });
  }
  const removed = clicks.doubled.flatMap(({ rows }) => rows);
  return {
    outputs,
    copies,
    cells: changedCells(clicks.missing, removed, changes),
    sums: addSums(noSums, {
      clicksAdded: clicks.missing.length,
      copiesRemoved: removed.length,
      corrections: changes.length,
    }),
  };
}

async function readSlice(
  objects: readonly FactObject[],
  set: FactSet,
  slice: QuarterRange,
  { files }: Pick<RecountServices, 'files'>,
  deadline: Deadline,
): Promise<readonly CountedRows[]> {
  const found: CountedRows[] = [];
  for (const { key } of objects.filter((object) => object.set === set && overlaps(object, slice))) {
    const rows = (await files.read(key, set, deadline)).filter((row) => isWithin(row, slice));
    found.push({ key, rows });
  }
  return found;
}

function isWithin(row: FactRow, { first, last }: QuarterRange): boolean {
  const quarter = Number(row['click_quarter']);
  return quarter >= first && quarter <= last;
}
