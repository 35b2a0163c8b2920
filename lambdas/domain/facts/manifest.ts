import type { FactSet } from './columns';

/** First and last quarter of a date in an object, both included. */
export interface QuarterRange {
  readonly first: number;
  readonly last: number;
}

/** One Parquet object that counts. An object that the manifest does not name counts nothing. */
export interface FactObject {
  /** Its key in the bucket, such as `clicks/2026-11-29/01j….parquet`. */
  readonly key: string;
  readonly set: FactSet;
  readonly rows: number;
  readonly bytes: number;
  /** The quarters that its rows span, by each date that its set has. */
  readonly click: QuarterRange;
  readonly conversion?: QuarterRange;
  readonly booked?: QuarterRange;
}

/** Everything that counts at one moment. */
export interface Manifest {
  /** Names this content: the same version has the same objects. */
  readonly version: string;
  readonly objects: readonly FactObject[];
  /** Time at which the newest counted change was written, in milliseconds since 1970; `undefined` without any. */
  readonly countedThrough: number | undefined;
}
