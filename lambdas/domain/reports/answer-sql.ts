import type { Group } from './groups';

/**
 * The columns of every answer, by position: which part of the report a row is of, whether it is of the total, five groups, the currency
 * of its money and the UTC day that it is of, and seven numbers whose meaning the part decides.
 */
export const numberCount = 7;
export const groupNames = ['g1', 'g2', 'g3', 'g4', 'g5'] as const;

export function namesOf(groups: readonly Group[]): readonly string[] {
  return groupNames.slice(0, groups.length);
}

export function aliased(groups: readonly Group[], expression: (group: Group) => string): readonly string[] {
  return groups.map((group, index) => `${expression(group)} as ${groupNames[index]}`);
}

/** The groups, and nothing in the place of those that were not asked for. */
export function padded(groups: readonly string[]): readonly string[] {
  return groupNames.map((name) => (groups.includes(name) ? name : 'cast(null as varchar)'));
}

/** The sets of the rows and of the total; without groups the total is all there is. */
export function rowAndTotal(groups: readonly string[], more: readonly string[]): readonly (readonly string[])[] {
  return groups.length === 0 ? [more] : [[...groups, ...more], more];
}

export function totalSql(groups: readonly string[]): string {
  return groups.length === 0 ? '1' : 'grouping(g1)';
}

export function groupBy(sets: readonly (readonly string[])[]): string {
  const [only] = sets;
  if (sets.length === 1 && only !== undefined) return only.length === 0 ? '' : ` group by ${only.join(', ')}`;
  return ` group by grouping sets (${sets.map((set) => `(${set.join(', ')})`).join(', ')})`;
}

export function numberColumns(expressions: readonly string[]): readonly string[] {
  return Array.from(
    { length: numberCount },
    (_, index) => `cast(${expressions[index] ?? 'null'} as decimal(38,0)) as n${index + 1}`,
  );
}
