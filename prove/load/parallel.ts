/** Processes items with so many workers in parallel. */
export async function inParallel<Item>(
  workers: number,
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const rest = items.entries();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const [index, item] of rest) await work(item, index);
    }),
  );
}
