/** One line of a bill. */
export interface Line {
  readonly part: string;
  readonly dollars: number;
  /** How the figure comes about. */
  readonly how: string;
  /** What makes it less, where something does. */
  readonly lower?: string;
}

export const totalDollars = (lines: readonly Line[]): number => lines.reduce((sum, { dollars }) => sum + dollars, 0);
