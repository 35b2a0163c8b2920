import { aliased, groupBy, namesOf, numberColumns, padded, rowAndTotal, totalSql } from './answer-sql';
import { groupSql } from './group-sql';
import { fields, isConversionField, type Field } from './groups';
import type { ReportQuery } from './report-query';
import type { Spend } from './costs';
import { conditionOf, literal, sumWhere } from './sql-text';

/**
 * Each click that something was spent on, once for each such document, with its place among all of them: the remainder of the division
 * goes to the first places, so that every grouping adds up to the very amount.
 */
export function spendWith(query: ReportQuery, spends: readonly Spend[], path: string): readonly string[] {
  const groups = groupSql(query);
  const dimensions = fields.filter((field) => !isConversionField(field));
  const matched = dimensions.filter((field) => spends.some(({ match }) => match.some(([name]) => name === field)));
  const conditions = query.filters.filter(({ field }) => !isConversionField(field)).map(conditionOf);
  const inside = [`quarter between ${query.first} and ${query.last}`, ...conditions].join(' and ');
  const onSpend = [
    'c.click_quarter between s.first_quarter and s.last_quarter',
    ...matched.map((field) => `(s.of_${field} is null or coalesce(c.${field}, '') = s.of_${field})`),
  ];
  return [
    [
      'spent as (',
      `select s.spend, s.amount, c.click_quarter as quarter, ${dimensions.map((field) => `c.${field}`).join(', ')},`,
      'row_number() over (partition by s.spend order by c.clicked_at, c.click_id, c.offer, c.integration) as place,',
      'count(*) over (partition by s.spend) as places',
      `from clicks c join (values ${spends.map((spend, index) => spendRow(spend, index, matched)).join(', ')})`,
      `as s (spend, amount, first_quarter, last_quarter${matched.map((field) => `, of_${field}`).join('')})`,
      `on ${onSpend.join(' and ')} where c.${path} and not c.bot and not c.test)`,
    ].join('\n'),
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

/** Returns a document as a row of values; a field that it does not name matches every click. */
function spendRow({ match, first, last, millionths }: Spend, index: number, matched: readonly Field[]): string {
  const texts = matched.map((field) => {
    const value = match.find(([name]) => name === field)?.[1];
    return `cast(${value === undefined ? 'null' : literal(value)} as varchar)`;
  });
  return `(${[index, `cast(${millionths} as bigint)`, first, last, ...texts].join(', ')})`;
}

/** Counts the clicks of each group that share in each document, and those that bear a millionth of its remainder. */
export function spendSelect(query: ReportQuery): readonly string[] {
  const groups = namesOf(query.groups);
  const head = [`'spend'`, totalSql(groups), ...padded(groups), 'spend', 'spend_day'];
  const counts = ['count(*)', sumWhere('place <= mod(amount, places)', '1'), 'max(places)'];
  const shares = `select ${[...head, ...numberColumns(counts)].join(', ')} from spent_asked${groupBy(rowAndTotal(groups, ['spend', 'spend_day']))}`;
  const all = [`'spent'`, '1', ...padded([]), 'cast(spend as varchar)', 'cast(null as bigint)'];
  return [shares, `select ${[...all, ...numberColumns(['count(*)'])].join(', ')} from spent group by spend`];
}
