import { showNothing, type StartProgress } from './progress';

/** The number of items to read from a list. */
export interface Extent {
  readonly limit: number;
  readonly all: boolean;
}

/** The API's maximum items per page. */
export const largestPage = 200;

export interface Taken<Item> {
  readonly items: readonly Item[];
  /** Whether the list has, or may have, further items. */
  readonly more: boolean;
}

/** Reads pages until there are enough items, or to the end. */
export async function take<Item>(
  label: string,
  pages: AsyncGenerator<readonly Item[]>,
  { limit, all }: Extent,
  startProgress: StartProgress = showNothing,
): Promise<Taken<Item>> {
  const items: Item[] = [];
  const progress = startProgress(label);
  try {
    for await (const page of pages) {
      items.push(...page);
      progress.advance(page.length);
      if (!all && items.length > limit) break;
    }
  } finally {
    progress.end();
  }
  return all ? { items, more: false } : { items: items.slice(0, limit), more: items.length > limit };
}
