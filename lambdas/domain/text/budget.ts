/**
 * The budget of reading one postback of any form: the first excess is `TOO_LARGE`, before it is allocated.
 * Bytes count again once a body is decompressed.
 */
export const readingLimits = {
  bytes: 256 * 1024,
  levels: 16,
  leaves: 10_000,
  pairs: 500,
  valueLength: 4096,
} as const;

/** Letters of a name that count. A longer one is the name of nothing that is read, and is kept in part. */
export const nameLength = 256;

/** Reading went beyond its budget; the message is for the sender. Thrown within reading alone, which returns it as a rejection. */
export class BudgetExceeded extends Error {}

/** One budget for all parts of one postback, spent while they are read. */
export class ReadingBudget {
  #leaves = 0;
  #pairs = 0;
  #letters = 0;

  /** Letters that were looked at and made: the work that reading has done so far. */
  get letters(): number {
    return this.#letters;
  }

  work(letters: number): void {
    this.#letters += letters;
  }

  bytes(count: number): void {
    if (count <= readingLimits.bytes) return;
    throw new BudgetExceeded(
      `The body has more than ${readingLimits.bytes} bytes. Send many conversions as a batch to /postbacks/{integration}.`,
    );
  }

  level(depth: number): void {
    if (depth <= readingLimits.levels) return;
    throw new BudgetExceeded(`The body is nested more than ${readingLimits.levels} levels deep. Send it flatter.`);
  }

  leaf(): void {
    if (++this.#leaves <= readingLimits.leaves) return;
    throw new BudgetExceeded(`The body holds more than ${readingLimits.leaves} values. Send only what is read here.`);
  }

  pair(): void {
    if (++this.#pairs <= readingLimits.pairs) return;
    throw new BudgetExceeded(
      `The postback has more than ${readingLimits.pairs} parameters. Send only what is read here.`,
    );
  }

  value(length: number, name: string): void {
    if (length <= readingLimits.valueLength) return;
    throw new BudgetExceeded(
      `"${name.slice(0, 64)}" has more than the ${readingLimits.valueLength} characters that a value may have. Send a shorter one.`,
    );
  }
}
