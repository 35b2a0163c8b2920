/** One line of a bill. */
export interface Line {
  readonly part: string;
  readonly dollars: number;
  /** The calculation of the figure. */
  readonly how: string;
  /** A way to reduce it, where there is one. */
  readonly lower?: string;
}

export const totalDollars = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);
