import { readClick } from '../../adapters/clicks-table';
import { readConversion, storedAtOf } from '../../adapters/conversion-item';
import type { Deadline } from '../../adapters/deadline';
import { isErased } from '../../adapters/erased';
import type { Item } from '../../adapters/item';
import type { RecountState } from '../../adapters/recount-state';
import type { SegmentPosition } from '../../adapters/table-scan';
import type { Click } from '../../domain/click/click';
import type { Lookups } from '../../domain/facts/click-fact';
import { quarterMilliseconds, quarterOf, type FactSet } from '../../domain/facts/columns';
import type { FactObject } from '../../domain/facts/manifest';
import { utcDay } from '../../domain/facts/object-key';
import { quietBefore } from '../../domain/facts/recount-quiet';
import { isMarkOfYoung, storedClickFact, storedConversionFact } from '../../domain/facts/recount-rows';
import type { FactRow } from '../../domain/facts/rows';
import type { AuditServices } from '../http/services';
import type { RecountServices } from '../http/recount-services';
import { writeFacts, type RecountStep } from './step';

/** So many rows are in memory together; a page of a table has some thousands. */
const maximumRows = 20_000;
const writtenTogether = 10;
/** Maximum for each set. */
const objectsOfStep = 400;

/** Scans a stretch of both tables, and writes what its rows must count as; nothing of it counts yet. */
export async function scanStep(
  state: RecountState,
  services: RecountServices,
  scan: AuditServices['scan'],
  until: Deadline,
  deadline: Deadline,
): Promise<RecountStep> {
  const items: { readonly clicks: Item[]; readonly conversions: Item[] } = { clicks: [], conversions: [] };
  const full = (): boolean => items.clicks.length + items.conversions.length >= maximumRows;
  const whileRoom: Deadline = { remaining: () => (full() ? 0 : until.remaining()) };
  const collect = (set: FactSet, positions: readonly SegmentPosition[]): Promise<readonly SegmentPosition[]> =>
    scan(set, positions, whileRoom, (item) => items[set].push(item));
  const clicks = await collect('clicks', state.clicks);
  const conversions = await collect('conversions', state.conversions);
  const read = { young: 0, unreadable: 0 };
  const rows = {
    clicks: await clickRows(items.clicks, state, services, read, deadline),
    conversions: await conversionRows(items.conversions, state, services, read, deadline),
  };
  const stored: FactObject[] = [];
  for (const set of ['clicks', 'conversions'] as const) {
    stored.push(...(await writeByDay(state, set, rows[set], services, deadline)));
  }
  const isDone = [...clicks, ...conversions].every((position) => position === 'end');
  return {
    after: {
      ...state,
      clicks: [...clicks],
      conversions: [...conversions],
      phase: isDone ? 'comparing' : 'scanning',
      scanned: state.scanned + items.clicks.length + items.conversions.length,
      young: state.young + read.young,
      unreadable: state.unreadable + read.unreadable,
    },
    note: { stored },
    cells: [],
  };
}

interface Reading {
  young: number;
  unreadable: number;
}

async function clickRows(
  items: readonly Item[],
  state: RecountState,
  services: RecountServices,
  reading: Reading,
  deadline: Deadline,
): Promise<readonly FactRow[]> {
  const clicks = items.filter((item) => !isErased(item)).flatMap((item) => readable(() => readClick(item), reading));
  const lookups = await services.lookupsFor(sourcesOf(clicks), deadline);
  const quiet = quietBefore(state.startedAt);
  return clicks
    .filter(({ clickedAt }) => isAsked(quarterOf(clickedAt), state))
    .flatMap((click) => {
      const row = storedClickFact(click, quiet, lookups);
      if (row === undefined) reading.young += 1;
      return row === undefined ? [] : [row];
    });
}

function isAsked(quarter: number, { first, last }: RecountState): boolean {
  return quarter >= first && quarter <= last;
}

function sourcesOf(clicks: readonly Click[]): ReadonlySet<string> {
  const mayCost = ({ cost, parameters }: Click): boolean => cost !== undefined || Object.keys(parameters).length > 0;
  return new Set(clicks.filter(mayCost).flatMap(({ source }) => (source === undefined ? [] : [source])));
}

async function conversionRows(
  items: readonly Item[],
  state: RecountState,
  services: RecountServices,
  reading: Reading,
  deadline: Deadline,
): Promise<readonly FactRow[]> {
  const lookups: Lookups = await services.lookupsFor(new Set(), deadline);
  const quiet = quietBefore(state.startedAt);
  return items.flatMap((item) => {
    const [row] = readable(() => storedConversionFact(readConversion(item), storedAtOf(item), quiet, lookups), reading);
    if (row === undefined || !isAsked(Number(row.click_quarter), state)) return [];
    if (isMarkOfYoung(row)) reading.young += 1;
    return [row];
  });
}

/** Returns the readable rows; an unreadable one is not counted either: it was set aside with its reason. */
function readable<Row>(read: () => Row, reading: Reading): readonly Row[] {
  try {
    return [read()];
  } catch {
    reading.unreadable += 1;
    return [];
  }
}

/** By the day of the click, so that comparing a day reads that day alone. */
async function writeByDay(
  { id }: RecountState,
  set: FactSet,
  rows: readonly FactRow[],
  services: RecountServices,
  deadline: Deadline,
): Promise<readonly FactObject[]> {
  const days = [...Map.groupBy(rows, (row) => utcDay(Number(row['click_quarter']) * quarterMilliseconds))];
  const together = grouped(days.toSorted(([left], [right]) => (left < right ? -1 : 1)));
  const written: FactObject[] = [];
  for (let at = 0; at < together.length; at += writtenTogether) {
    const some = together.slice(at, at + writtenTogether).map(([day, ofDay]) => {
      const key = `${set}/recount-${id}/${day}-${services.newId()}.parquet`;
      return writeFacts(key, set, ofDay, services, deadline);
    });
    written.push(...(await Promise.all(some)));
  }
  return written;
}

type DayRows = readonly [day: string, rows: readonly FactRow[]];

/** Days that follow each other, together where there are more than a note of a step can list. */
function grouped(days: readonly DayRows[]): readonly DayRows[] {
  const size = Math.ceil(days.length / objectsOfStep);
  return days.flatMap(([day], at) =>
    at % size === 0 ? [[day, days.slice(at, at + size).flatMap(([, rows]) => rows)] as const] : [],
  );
}
