import microdiff from 'microdiff';
import type { Content } from './stored-document';

/** One field in which two documents differ. It has no `from` where it is new, no `to` where it goes. */
export interface FieldDifference {
  /** `offers.0.weight` */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The fields in which two documents differ; all of the second where there is no first. */
export function differencesBetween(before: Content | undefined, after: Content): readonly FieldDifference[] {
  return microdiff({ ...before }, { ...after }).map((difference) => ({
    path: difference.path.join('.'),
    ...(difference.type !== 'CREATE' && { from: difference.oldValue }),
    ...(difference.type !== 'REMOVE' && { to: difference.value }),
  }));
}
