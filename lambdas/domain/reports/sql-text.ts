import type { Filter } from './filter';

/** The one way by which a text of a request, or of configuration, gets into a statement. Both engines know no other escape. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a row meets a condition, in SQL; a value that is not known is an empty text. */
export function conditionOf({ field, test, values }: Filter): string {
  const known = `coalesce(${field}, '')`;
  const literals = values.map(literal);
  switch (test) {
    case 'is':
      return `${known} in (${literals.join(', ')})`;
    case 'is not':
      return `${known} not in (${literals.join(', ')})`;
    case 'contains':
      return `(${literals.map((text) => `strpos(${known}, ${text}) > 0`).join(' or ')})`;
  }
}

/** Counts the rows that meet a condition, or adds up their counts: whole numbers, which engines add up faster than decimals. */
export function countWhere(condition: string, count = '1'): string {
  return `sum(case when ${condition} then ${count} else 0 end)`;
}

/** A sum of money that neither overflows nor becomes a float. */
export function exactSum(expression: string): string {
  return `sum(cast(${expression} as decimal(38,0)))`;
}

export function sumWhere(condition: string, expression: string): string {
  return exactSum(`case when ${condition} then ${expression} else 0 end`);
}
