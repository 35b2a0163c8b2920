import { netted } from './netting';
import { isMarkOfYoung } from './recount-rows';
import type { ConversionFact, FactRow } from './rows';

/** Booking time of a correction: now or, for a conversion that was never counted, its last change. */
export type CorrectionBooking = 'now' | 'as-stored';

/**
 * Returns the rows that make the counts of each click equal to its stored rows, cell by cell: campaign, quarter of the click, event,
 * status, currency. In a cell that differs, the counted rows are taken back, and the stored ones are added. Clicks without stored rows are
 * unchanged.
 * @param now the quarter in which corrections are booked
 */
export function conversionCorrections(
  stored: readonly ConversionFact[],
  counted: readonly ConversionFact[],
  now: number,
  booking: CorrectionBooking,
): readonly ConversionFact[] {
  const young = new Set(stored.filter(isMarkOfYoung).map(ownerOf));
  const known = new Set(stored.map(ownerOf));
  const truth = Map.groupBy(
    stored.filter((row) => !isMarkOfYoung(row) && !young.has(ownerOf(row))),
    cellOf,
  );
  const standing = Map.groupBy(
    counted.filter((row) => known.has(ownerOf(row)) && !young.has(ownerOf(row))),
    cellOf,
  );
  const everCounted = new Set(counted.map(ownerOf));
  // A person who was erased a moment ago is still counted under the click: it looks like an erased row that lacks.
  const unclear = new Set(counted.filter((row) => !known.has(ownerOf(row))).map((row) => cellOf(anonymous(row))));
  return [...new Set([...truth.keys(), ...standing.keys()])].flatMap((cell) => {
    const [is, shown] = [truth.get(cell) ?? [], standing.get(cell) ?? []];
    if (unclear.has(cell) || isSameSum(is, shown)) return [];
    const booked = (row: ConversionFact): ConversionFact =>
      booking === 'as-stored' && !everCounted.has(ownerOf(row)) ? row : { ...row, booked_quarter: BigInt(now) };
    return netted([...shown.map(takenBack), ...is].map(booked));
  });
}

/** Whose rows are compared together: those of a click, and of erased ones those of a campaign and a quarter. */
function ownerOf({ click_id: clickId, campaign, click_quarter: quarter }: ConversionFact): string {
  return clickId === '' ? JSON.stringify([campaign, String(quarter)]) : clickId;
}

function cellOf({ click_id: clickId, campaign, click_quarter, event, status, currency }: ConversionFact): string {
  return JSON.stringify([clickId, campaign, String(click_quarter), event, status, currency]);
}

const anonymous = (row: ConversionFact): ConversionFact => ({ ...row, click_id: '' });

function isSameSum(left: readonly ConversionFact[], right: readonly ConversionFact[]): boolean {
  const [one, other] = [left, right].map((rows) =>
    rows.reduce<readonly [bigint, bigint]>(
      ([count, sum], row) => [count + row.count, sum + (row.amount ?? 0n)],
      [0n, 0n],
    ),
  );
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}

function takenBack(row: ConversionFact): ConversionFact {
  return { ...row, count: -row.count, amount: row.amount === null ? null : -row.amount };
}

/** A row that was read from a file, whose columns were checked there. */
export function asConversionFact(row: FactRow): ConversionFact {
  if (!isConversionFact(row)) throw new TypeError('a row of a file is no change of a conversion');
  return row;
}

function isConversionFact(row: FactRow): row is ConversionFact {
  const texts = ['click_id', 'campaign', 'event', 'status'].every((name) => typeof row[name] === 'string');
  const numbers = ['click_quarter', 'booked_quarter', 'count'].every((name) => typeof row[name] === 'bigint');
  return texts && numbers;
}
