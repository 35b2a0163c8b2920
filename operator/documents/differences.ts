import microdiff from 'microdiff';
import type { Content } from './stored-document';

/** One field in which two documents differ. A new field has no `from`, a removed one no `to`. */
export interface FieldDifference {
  /** `offers.0.weight` */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Lists the fields in which two documents differ; all fields of the second if there is no first. */
export function differencesBetween(before: Content | undefined, after: Content): readonly FieldDifference[] {
  return microdiff({ ...before }, { ...after }).map((difference) => ({
    path: difference.path.join('.'),
    ...(difference.type !== 'CREATE' && { from: difference.oldValue }),
    ...(difference.type !== 'REMOVE' && { to: difference.value }),
  }));
}
