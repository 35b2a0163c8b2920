/** Why a change is not reported to any source. */
export interface Unplanned {
  readonly why: string;
  /** The source whose document cannot be read; absent where the conversion cannot. */
  readonly source?: string | undefined;
}

/** The outcome of one batch. */
export interface Dispatched {
  readonly planned: number;
  readonly queued: number;
  /** Unreadable changes, which are not reported to any source; each has its reason. */
  readonly unplanned: readonly (Unplanned & { readonly sequence: string })[];
  /** The first change to retry, with all after it. */
  readonly failedFrom: string | undefined;
  /** The error of that change. */
  readonly failure: unknown;
}
