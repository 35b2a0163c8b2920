import type { FieldDifference } from '../../operator/documents/differences';
import { style } from '../terminal/style';

/** Formats one line per difference: `~ offers.0.weight 100 → 50`, `+ payout …`, `- reply …`. */
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
