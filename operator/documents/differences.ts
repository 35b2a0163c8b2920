import microdiff from 'microdiff';
import { style } from '../../cli/terminal/style';
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

/** A line each: `~ offers.0.weight 100 → 50`, `+ payout …`, `- reply …`. */
export function differenceLines(differences: readonly FieldDifference[]): readonly string[] {
  return differences.map((difference) => {
    const { path, from, to } = difference;
    if (!('from' in difference)) return style.good(`+ ${path} ${JSON.stringify(to)}`);
    if (!('to' in difference)) return style.bad(`- ${path} ${JSON.stringify(from)}`);
    return style.warning(`~ ${path} ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
  });
}

export function differencesText(differences: readonly FieldDifference[]): string {
  return differences.length === 0 ? 'No difference.' : differenceLines(differences).join('\n');
}
