/** Shows how far long work is. */
export interface Progress {
  advance(by?: number): void;
  /** Removes what was shown. */
  end(): void;
}

/** Starts to show progress; without a `total` it counts. */
export type StartProgress = (label: string, total?: number) => Progress;

export const showNothing: StartProgress = () => ({ advance: () => undefined, end: () => undefined });
