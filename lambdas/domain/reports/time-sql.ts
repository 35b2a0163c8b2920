import { groupBy, namesOf, numberColumns, padded, rowAndTotal, totalSql } from './answer-sql';
import { needsOf, soonerThan, timeShares } from './metrics';
import type { ReportQuery } from './report-query';
import { countWhere } from './sql-text';

/** The conversions whose time from the click is looked at. */
const standing = `not bot and state in ('approved', 'pending')`;

/** Returns the queries of a report for the time from click to conversion. */
export function timeParts(query: ReportQuery): readonly string[] {
  const needs = needsOf(query.metrics);
  return [...(needs.median ? medianParts(query) : []), ...(needs.timeShares ? [soonPart(query)] : [])];
}

/** Counts the conversions of each group that came sooner than the limit of each share. */
function soonPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'soon'`, totalSql(groups), ...padded(groups), 'cast(null as varchar)', 'cast(null as bigint)'];
  const counts = timeShares.map((share) => countWhere(`seconds < ${soonerThan[share]}`, 'number'));
  const columns = [...head, ...numberColumns(counts)].join(', ');
  return `select ${columns} from conversions_asked where ${standing}${groupBy(rowAndTotal(groups, []))}`;
}

/** The two middle values of each group, each value weighted by how many conversions have it. */
function medianParts(query: ReportQuery): readonly string[] {
  const groups = namesOf(query.groups);
  return rowAndTotal(groups, []).map((set) => {
    const partition = set.length === 0 ? '' : `partition by ${set.join(', ')}`;
    const columns = [...set, 'seconds'].join(', ');
    const weighted =
      `select ${columns}, sum(number) as weight from conversions_asked ` +
      `where ${standing} group by ${columns} having sum(number) > 0`;
    const summed =
      `select ${columns}, sum(weight) over (${partition} order by seconds) as upto, ` +
      `sum(weight) over (${partition}) as whole from (${weighted}) weighted`;
    const head = [
      `'median'`,
      set.length === 0 ? '1' : '0',
      ...padded(set),
      'cast(null as varchar)',
      'cast(null as bigint)',
    ];
    const middles = [
      'min(case when 2 * upto >= whole then seconds end)',
      'min(case when 2 * upto > whole then seconds end)',
    ];
    return `select ${[...head, ...numberColumns(middles)].join(', ')} from (${summed}) summed${groupBy([set])}`;
  });
}
