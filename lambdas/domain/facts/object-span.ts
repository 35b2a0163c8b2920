import type { FactSet } from './columns';
import type { FactObject, QuarterRange } from './manifest';
import type { FactRow } from './rows';

/** The quarters that the rows of an object span, by each date that its set has. Throws where there are no rows. */
export function spanOf(set: FactSet, rows: readonly FactRow[]): Pick<FactObject, 'click' | 'conversion' | 'booked'> {
  const click = rangeOf(rows, 'click_quarter');
  if (set === 'clicks') return { click };
  return { click, conversion: rangeOf(rows, 'conversion_quarter'), booked: rangeOf(rows, 'booked_quarter') };
}

function rangeOf(rows: readonly FactRow[], column: string): QuarterRange {
  let first = Infinity;
  let last = -Infinity;
  for (const row of rows) {
    const quarter = Number(row[column]);
    first = Math.min(first, quarter);
    last = Math.max(last, quarter);
  }
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) throw new Error(`no row has a ${column}`);
  return { first, last };
}
