import { carriedTime } from '../click/click-id';
import { factSets, quarterMilliseconds, quarterOf, type FactSet } from './columns';
import type { FactObject } from './manifest';
import { utcDay, dayOf, dayOfRow, type Day } from './object-key';
import { netted } from './netting';
import { rowWithoutVisitor, type FactRow } from './rows';

/** Objects of one set that are read together and replaced by others. */
export interface Round {
  readonly set: FactSet;
  readonly inputs: readonly FactObject[];
}

export interface RoundLimits {
  /** Maximum rows in memory, except for a single larger object. */
  readonly rows: number;
  /** Objects that one transaction replaces. */
  readonly objects: number;
}

/** A day with more small objects than this is put together though nothing new is of it. */
const crowded = 8;

/**
 * The objects to merge: all that count wrote, with the objects of the same days that still have room, and the objects that may hold rows of
 * clicks whose person is to be erased. Each object is in one round at most.
 */
export function roundsOf(
  objects: readonly FactObject[],
  erased: readonly string[],
  limits: RoundLimits,
): readonly Round[] {
  return factSets.flatMap((set) => {
    const own = objects.filter((object) => object.set === set);
    const waiting = own.filter((object) => dayOf(object) === undefined);
    const days = new Set(waiting.flatMap(daysOf));
    const small = Map.groupBy(
      own.filter((object) => object.rows < limits.rows / 2),
      (object) => dayOf(object),
    );
    const open = [...small].flatMap(([day, those]) =>
      day !== undefined && (days.has(day) || those.length > crowded) ? those : [],
    );
    const personal = own.filter((object) => mayHold(object, erased));
    // Waiting rows lie beside the last day that they have rows of, so that one read covers both.
    const inputs = [...new Set([...waiting, ...open, ...personal])].toSorted(byDayThenKey);
    return cut(inputs, limits).map((round): Round => ({ set, inputs: round }));
  });
}

const byKey = (left: FactObject, right: FactObject): number => (left.key < right.key ? -1 : 1);

function byDayThenKey(left: FactObject, right: FactObject): number {
  const [ofLeft = '', ofRight = ''] = [left, right].map((object) => dayOf(object) ?? daysOf(object).at(-1));
  return ofLeft === ofRight ? byKey(left, right) : ofLeft < ofRight ? -1 : 1;
}

function cut(inputs: readonly FactObject[], limits: RoundLimits): readonly (readonly FactObject[])[] {
  const rounds: FactObject[][] = [];
  let rows = 0;
  for (const object of inputs) {
    const current = rounds.at(-1);
    if (current === undefined || current.length >= limits.objects || rows + object.rows > limits.rows) {
      rounds.push([object]);
      rows = object.rows;
    } else {
      current.push(object);
      rows += object.rows;
    }
  }
  return rounds;
}

/** The first and the last day of an object's rows, by the date that they lie together by. */
function daysOf({ set, click, booked }: FactObject): readonly Day[] {
  const { first, last } = set === 'clicks' || booked === undefined ? click : booked;
  return [...new Set([first, last].map((quarter) => utcDay(quarter * quarterMilliseconds)))];
}

/** Whether an object may have rows of one of these clicks: their IDs say when they were made. */
function mayHold({ click }: FactObject, clickIds: readonly string[]): boolean {
  return clickIds.some((clickId) => {
    const clickedAt = carriedTime(clickId);
    if (clickedAt === undefined) return true;
    const quarter = quarterOf(clickedAt);
    // The click's own time is taken a moment before its ID, which may be on the other side of a quarter.
    return quarter >= click.first - 1 && quarter <= click.last + 1;
  });
}

/** The rows of one object to be. */
export interface DayRows {
  readonly day: Day;
  readonly rows: readonly FactRow[];
}

/**
 * Groups rows by day, removes the visitor of erased clicks and drops changes that cancel. No sum of any day and group changes.
 * @param most days at most; what there is beyond stays together with the last
 */
export function byDay(
  set: FactSet,
  rows: readonly FactRow[],
  erased: ReadonlySet<string>,
  most: number,
): readonly DayRows[] {
  const days = new Map<Day, FactRow[]>();
  for (const row of rows) {
    const day = dayOfRow(set, row);
    const bare = typeof row['click_id'] === 'string' && erased.has(row['click_id']) ? rowWithoutVisitor(row) : row;
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [bare]);
    else ofDay.push(bare);
  }
  const all = [...days]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([day, ofDay]): DayRows => ({ day, rows: set === 'conversions' ? netted(ofDay) : ofDay }))
    .filter((one) => one.rows.length > 0);
  const beyond = all.slice(most - 1);
  const [last] = beyond;
  if (last === undefined) return all;
  return [...all.slice(0, most - 1), { day: last.day, rows: beyond.flatMap((one) => one.rows) }];
}

/**
 * Objects in the bucket that may go: not named by the manifest, not kept for queries that may still read them, and older than any run
 * that could still be about to name them.
 */
export function leftovers(
  stored: readonly { readonly key: string; readonly writtenAt: number }[],
  named: readonly FactObject[],
  kept: readonly string[],
  olderThan: number,
): readonly string[] {
  const needed = new Set([...named.map(({ key }) => key), ...kept]);
  return stored.filter(({ key, writtenAt }) => writtenAt < olderThan && !needed.has(key)).map(({ key }) => key);
}
