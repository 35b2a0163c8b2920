import { numberCount, groupNames } from './answer-sql';
import { isTimeGroup } from './groups';
import type { ReportQuery } from './report-query';

/**
 * The same answer in an order in which it can be read without being kept: first what is of the total, then the lines of one group after
 * the other. Both engines put what is not known last.
 */
export function exportSql(query: ReportQuery, sql: string): string {
  const columns = [
    'part',
    'is_total',
    ...groupNames,
    'money_of',
    'money_on',
    ...Array.from({ length: numberCount }, (_, index) => `n${index + 1}`),
  ];
  const order = query.groups.map((group, index) => {
    const name = groupNames[index] ?? '';
    return isTimeGroup(group) ? `cast(${name} as bigint)` : name;
  });
  return `select * from (\n${sql}\n) as answer (${columns.join(', ')}) order by ${['is_total desc', ...order].join(', ')}`;
}
