/** Shows the progress of long work. */
export interface Progress {
  advance(by?: number): void;
  /** Removes the display. */
  end(): void;
}

/** Starts a display of progress; without a `total` it counts. */
export type StartProgress = (label: string, total?: number) => Progress;

export const showNothing: StartProgress = () => ({ advance: () => undefined, end: () => undefined });
