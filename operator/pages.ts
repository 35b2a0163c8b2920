import { usageFailure } from './failure';
import { startCount } from '../cli/terminal/count';

/** How much of a list is asked for. */
export interface Extent {
  readonly limit: number;
  readonly all: boolean;
}

/** The most that one call of the API answers with. */
export const largestPage = 200;

export function readExtent({
  limit,
  all,
}: {
  readonly limit?: string | undefined;
  readonly all?: true | undefined;
}): Extent {
  return { limit: limit === undefined ? 50 : readCount('--limit', limit), all: all === true };
}

export function readCount(option: string, text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw usageFailure(`${option} takes a whole number from 1, not "${text}".`);
}

export interface Taken<Item> {
  readonly items: readonly Item[];
  /** Whether there is, or may be, more than was taken. */
  readonly more: boolean;
}

/** Reads pages until there are enough items, or to the end. */
export async function take<Item>(
  what: string,
  pages: AsyncGenerator<readonly Item[]>,
  { limit, all }: Extent,
): Promise<Taken<Item>> {
  const items: Item[] = [];
  const count = startCount(what);
  try {
    for await (const page of pages) {
      items.push(...page);
      count.advance(page.length);
      if (!all && items.length > limit) break;
    }
  } finally {
    count.end();
  }
  return all ? { items, more: false } : { items: items.slice(0, limit), more: items.length > limit };
}
