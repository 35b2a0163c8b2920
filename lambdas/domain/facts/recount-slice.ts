import type { QuarterRange } from './manifest';

/** The number of rows by their place. */
export interface Spanned {
  readonly rows: number;
  readonly click: QuarterRange;
}

const quartersOfDay = 96;

/**
 * The next quarters that are compared together: of one day, and of about so many rows at most; one quarter at the least.
 * `undefined` where no object has a row from there on.
 */
export function nextSlice(
  objects: readonly Spanned[],
  from: number,
  last: number,
  mostRows: number,
): QuarterRange | undefined {
  const ahead = objects.filter(({ click }) => click.last >= from && click.first <= last);
  if (ahead.length === 0) return undefined;
  const first = Math.max(from, Math.min(...ahead.map(({ click }) => click.first)));
  const endOfDay = Math.floor(first / quartersOfDay) * quartersOfDay + quartersOfDay - 1;
  let end = Math.min(last, endOfDay);
  while (end > first && rowsWithin(ahead, { first, last: end }) > mostRows) end = first + Math.floor((end - first) / 2);
  return { first, last: end };
}

export function overlaps({ click }: Spanned, { first, last }: QuarterRange): boolean {
  return click.first <= last && click.last >= first;
}

/** Rows of an object are taken to lie evenly. */
function rowsWithin(objects: readonly Spanned[], { first, last }: QuarterRange): number {
  return objects.reduce((sum, { rows, click }) => {
    const shared = Math.min(last, click.last) - Math.max(first, click.first) + 1;
    return shared <= 0 ? sum : sum + (rows * shared) / (click.last - click.first + 1);
  }, 0);
}
