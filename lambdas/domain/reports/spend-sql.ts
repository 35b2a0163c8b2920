import { aliased, groupBy, namesOf, numberColumns, padded, rowAndTotal, totalSql } from './answer-sql';
import { groupSql } from './group-sql';
import { fields, isConversionField } from './groups';
import type { ReportQuery } from './report-query';
import type { Spend } from './spend';
import { conditionOf, literal, sumWhere } from './sql-text';

/** Whether a click is one that something was spent on. */
export function spendCondition({ match, first, last }: Spend): string {
  const dimensions = match.map(([field, value]) => `coalesce(${field}, '') = ${literal(value)}`);
  return [`click_quarter between ${first} and ${last}`, ...dimensions].join(' and ');
}

/**
 * Each click that something was spent on, once for each such document, with its place among all of them: the remainder of the division
 * goes to the first places, so that every grouping adds up to the very amount.
 */
export function spendWith(query: ReportQuery, spends: readonly Spend[], path: string): readonly string[] {
  const groups = groupSql(query);
  const dimensions = fields.filter((field) => !isConversionField(field));
  const branches = spends.map(
    (spend, index) =>
      `select ${index} as spend, cast(${spend.millionths} as bigint) as amount, click_quarter as quarter, ${dimensions.join(', ')}, ` +
      'row_number() over (order by clicked_at, click_id) as place, count(*) over () as places ' +
      `from clicks where ${path} and not bot and not test and ${spendCondition(spend)}`,
  );
  const conditions = query.filters.filter(({ field }) => !isConversionField(field)).map(conditionOf);
  const inside = [`quarter between ${query.first} and ${query.last}`, ...conditions].join(' and ');
  return [
    `spent as (\n${branches.join('\nunion all\n')})`,
    `spent_local as (select *, ${groups.local} as local from spent where ${inside})`,
    `spent_asked as (select ${[
      ...aliased(query.groups, groups.ofClicks),
      'cast(spend as varchar) as spend',
      `${query.currency === undefined ? 'cast(null as bigint)' : 'quarter - mod(quarter, 96)'} as spend_day`,
      'amount',
      'place',
      'places',
    ].join(', ')} from spent_local)`,
  ];
}

/** How many clicks of each group share in which document, and how many of them bear a millionth of its remainder. */
export function spendSelect(query: ReportQuery): readonly string[] {
  const groups = namesOf(query.groups);
  const head = [`'spend'`, totalSql(groups), ...padded(groups), 'spend', 'spend_day'];
  const counts = ['count(*)', sumWhere('place <= mod(amount, places)', '1'), 'max(places)'];
  const shares = `select ${[...head, ...numberColumns(counts)].join(', ')} from spent_asked${groupBy(rowAndTotal(groups, ['spend', 'spend_day']))}`;
  const all = [`'spent'`, '1', ...padded([]), 'cast(spend as varchar)', 'cast(null as bigint)'];
  return [shares, `select ${[...all, ...numberColumns(['count(*)'])].join(', ')} from spent group by spend`];
}
