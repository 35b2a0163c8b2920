import { showNothing, type StartProgress } from './progress';

/** The number of items that a list is read for. */
export interface Extent {
  readonly limit: number;
  readonly all: boolean;
}

/** The maximum number of items per page that the API answers. */
export const largestPage = 200;

export interface Taken<Item> {
  readonly items: readonly Item[];
  /** Whether there is, or may be, more than was taken. */
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
