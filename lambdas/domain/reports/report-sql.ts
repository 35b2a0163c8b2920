import type { FactObject, QuarterRange } from '../facts/manifest';
import { groupSql } from './group-sql';
import { aliased, groupBy, namesOf, numberColumns, padded, rowAndTotal, totalSql } from './answer-sql';
import { isConversionField } from './groups';
import { needsOf } from './metrics';
import type { ReportQuery } from './report-query';
import { spendCondition, spendSelect, spendWith } from './spend-sql';
import type { Spend } from './spend';
import { conditionOf, literal, exactSum, sumWhere } from './sql-text';

/** Where the facts are: the paths that the engine shows are this and the key of an object. */
export interface FactLocation {
  /** `s3://bucket/` */
  readonly base: string;
}

/** What Athena takes, in bytes. */
export const maximumStatementBytes = 262_144;

/**
 * One statement in the SQL that DuckDB and Trino have in common, over those objects whose rows can be in the period.
 * @returns `undefined` where no object can have a row of the report
 */
export function reportSql(
  query: ReportQuery,
  objects: readonly FactObject[],
  location: FactLocation,
  spends: readonly Spend[] = [],
): string | undefined {
  const paths = (keys: readonly FactObject[]): string =>
    `"$path" in (${keys.map(({ key }) => literal(location.base + key)).join(', ')})`;
  const clicks = objects.filter(({ set, click }) => set === 'clicks' && meets(click, query));
  const conversions = objects.filter((one) => one.set === 'conversions' && meets(rangeOf(one, query), query));
  const spent = objects.filter(({ set, click }) => set === 'clicks' && spends.some((spend) => meets(click, spend)));
  const costs = needsOf(query.metrics).costs;

  const tables: string[] = [];
  const parts: string[] = [];
  if (clicks.length > 0) {
    tables.push(clicksTable(query, paths(clicks), costs ? spends : []));
    parts.push(clicksPart(query));
  }
  if (conversions.length > 0) {
    tables.push(conversionsTable(query, paths(conversions)));
    parts.push(conversionsPart(query), ...medianParts(query));
  }
  if (costs && spent.length > 0) {
    tables.push(...spendWith(query, spends, paths(spent)));
    parts.push(...spendSelect(query));
  }
  if (parts.length === 0) return undefined;
  return `with\n${tables.join(',\n')}\n${parts.join('\nunion all\n')}`;
}

function meets(range: QuarterRange | undefined, { first, last }: QuarterRange): boolean {
  return range !== undefined && range.first <= last && range.last >= first;
}

function rangeOf(object: FactObject, { by }: ReportQuery): QuarterRange | undefined {
  return by === 'click' ? object.click : by === 'conversion' ? object.conversion : object.booked;
}

/** The UTC day of a row, where money has to be converted by the rate of its day. */
function daySql(query: ReportQuery): string {
  return query.currency === undefined ? 'cast(null as bigint)' : 'quarter - mod(quarter, 96)';
}

/** Conditions of the query on a set; what only a conversion has is no condition on clicks. */
function conditions(query: ReportQuery, set: FactObject['set']): string {
  const filters = query.filters.filter(({ field }) => set === 'conversions' || !isConversionField(field));
  return ['not test', ...filters.map(conditionOf)].join(' and ');
}

function clicksTable(query: ReportQuery, path: string, spends: readonly Spend[]): string {
  const groups = groupSql(query);
  const covered = spends.map((spend) => `(${spendCondition(spend)})`);
  // A click whose cost was told for its period costs its share of that, and no longer what it said itself.
  const ownCost = covered.length === 0 ? 'cost' : `case when ${covered.join(' or ')} then null else cost end`;
  const { ofClicks } = groups;
  return [
    'clicks_read as (',
    `select *, click_quarter as quarter, ${ownCost} as own_cost from clicks`,
    `where ${path} and click_quarter between ${query.first} and ${query.last} and ${conditions(query, 'clicks')}),`,
    `clicks_local as (select *, ${groups.local} as local from clicks_read),`,
    `clicks_asked as (select ${[
      ...aliased(query.groups, ofClicks),
      'case when bot or own_cost is null then null else cost_currency end as money_currency',
      `case when bot or own_cost is null then null else ${daySql(query)} end as money_day`,
      'case when bot then null else own_cost end as money',
      'bot',
      'cost_unreadable and not bot as unreadable',
      'visitor is null and not bot as unmarked',
      `case when not bot then campaign || '|' || cast(quarter - mod(quarter, 96) as varchar) || '|' || visitor end as person`,
    ].join(', ')} from clicks_local)`,
  ].join('\n');
}

function clicksPart(query: ReportQuery): string {
  const needs = needsOf(query.metrics);
  const groups = namesOf(query.groups);
  const money = ['money_currency', 'money_day'];
  const sets = [...rowAndTotal(groups, []), ...(needs.costs ? rowAndTotal(groups, money) : [])];
  const head = [
    needs.costs ? `case when grouping(money_currency) = 0 then 'cost' else 'clicks' end` : `'clicks'`,
    totalSql(groups),
    ...padded(groups),
    needs.costs ? 'money_currency' : 'cast(null as varchar)',
    needs.costs ? 'money_day' : 'cast(null as bigint)',
  ];
  const counts = [
    sumWhere('not bot', '1'),
    sumWhere('bot', '1'),
    needs.uniques ? 'count(distinct person)' : '0',
    sumWhere('unreadable', '1'),
    needs.costs ? exactSum('money') : 'null',
    sumWhere('unmarked', '1'),
  ];
  // Clicks without a cost have no currency to be a line of.
  const lines = needs.costs ? ' having grouping(money_currency) = 1 or sum(money) is not null' : '';
  return `select ${[...head, ...numberColumns(counts)].join(', ')} from clicks_asked${groupBy(sets)}${lines}`;
}

function conversionsTable(query: ReportQuery, path: string): string {
  const groups = groupSql(query);
  const column = `${query.by === 'click' ? 'click' : query.by}_quarter`;
  return [
    'conversions_read as (',
    `select *, ${column} as quarter from conversions`,
    `where ${path} and ${column} between ${query.first} and ${query.last} and ${conditions(query, 'conversions')}),`,
    `conversions_local as (select *, ${groups.local} as local from conversions_read),`,
    `conversions_asked as (select ${[
      ...aliased(query.groups, groups.ofConversions),
      'currency as money_currency',
      `${daySql(query)} as money_day`,
      'status as state',
      'coalesce(amount, 0) as amount',
      '"count" as number',
      'seconds',
      'bot',
    ].join(', ')} from conversions_local)`,
  ].join('\n');
}

function conversionsPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'conversions'`, totalSql(groups), ...padded(groups), 'money_currency', 'money_day'];
  const counts = [
    ...(['approved', 'pending', 'rejected', 'reversed'] as const).map((state) =>
      sumWhere(`not bot and state = '${state}'`, 'number'),
    ),
    sumWhere('bot', 'number'),
    sumWhere(`not bot and state = 'approved'`, 'amount'),
    sumWhere(`not bot and state = 'pending'`, 'amount'),
  ];
  const sets = rowAndTotal(groups, ['money_currency', 'money_day']);
  return `select ${[...head, ...numberColumns(counts)].join(', ')} from conversions_asked${groupBy(sets)}`;
}

/** The two middle values of each group, each value weighted by how many conversions stand with it. */
function medianParts(query: ReportQuery): readonly string[] {
  if (!needsOf(query.metrics).median) return [];
  const groups = namesOf(query.groups);
  return rowAndTotal(groups, []).map((set) => {
    const partition = set.length === 0 ? '' : `partition by ${set.join(', ')}`;
    const columns = [...set, 'seconds'].join(', ');
    const weighted =
      `select ${columns}, sum(number) as weight from conversions_asked ` +
      `where not bot and state in ('approved', 'pending') group by ${columns} having sum(number) > 0`;
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
