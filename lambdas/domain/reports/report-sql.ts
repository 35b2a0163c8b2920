import type { FactObject, QuarterRange } from '../facts/manifest';
import { groupSql } from './group-sql';
import { timeParts } from './time-sql';
import { aliased, groupBy, namesOf, numberColumns, padded, rowAndTotal, totalSql } from './answer-sql';
import { isConversionField } from './groups';
import { needsOf } from './metrics';
import type { ReportQuery } from './report-query';
import { areConversionsPaid, clickCharge, clickCost, conversionCharge, paidBy } from './cost-sql';
import { noCosts, type Costs } from './costs';
import { spendSelect, spendWith } from './spend-sql';
import { conditionOf, literal, countWhere, exactSum, sumWhere } from './sql-text';

/** The place of the facts: the paths that the engine shows are this and the key of an object. */
export interface FactLocation {
  /** `s3://bucket/` */
  readonly base: string;
}

/** Athena's limit, in bytes. */
export const maximumStatementBytes = 262_144;

/**
 * One statement in the SQL that DuckDB and Trino have in common, over those objects whose rows can be in the period.
 * @returns `undefined` where no object can have a row of the report
 */
export function reportSql(
  query: ReportQuery,
  objects: readonly FactObject[],
  location: FactLocation,
  documents: Costs = noCosts,
): string | undefined {
  const paths = (keys: readonly FactObject[]): string =>
    `"$path" in (${keys.map(({ key }) => literal(location.base + key)).join(', ')})`;
  const clicks = objects.filter(({ set, click }) => set === 'clicks' && meets(click, query));
  const conversions = objects.filter((one) => one.set === 'conversions' && meets(rangeOf(one, query), query));
  const needs = needsOf(query.metrics);
  const costs = needs.costs ? documents : noCosts;
  const { spends } = costs;
  const spent = objects.filter(({ set, click }) => set === 'clicks' && spends.some((spend) => meets(click, spend)));

  const tables: string[] = [];
  const parts: string[] = [];
  if (clicks.length > 0) {
    tables.push(clicksTable(query, paths(clicks), costs));
    parts.push(clicksPart(query), ...(needs.costs ? [costPart(query)] : []));
  }
  if (conversions.length > 0) {
    tables.push(conversionsTable(query, paths(conversions), costs));
    parts.push(conversionsPart(query), ...(areConversionsPaid(costs) ? [paidPart(query)] : []), ...timeParts(query));
  }
  if (spent.length > 0) {
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

/** Returns the conditions of the query on a set; a field that only a conversion has is no condition on clicks. */
function conditions(query: ReportQuery, set: FactObject['set']): string {
  const filters = query.filters.filter(({ field }) => set === 'conversions' || !isConversionField(field));
  return ['not test', ...filters.map(conditionOf)].join(' and ');
}

function clicksTable(query: ReportQuery, path: string, costs: Costs): string {
  const groups = groupSql(query);
  const { cost, currency } = clickCost(costs.models);
  const { ofClicks } = groups;
  return [
    'clicks_read as (',
    `select *, click_quarter as quarter, ${clickCharge(costs)} as charge from clicks`,
    `where ${path} and click_quarter between ${query.first} and ${query.last} and ${conditions(query, 'clicks')}),`,
    `clicks_local as (select *, ${groups.local} as local, ${cost} as own_cost, ${currency} as own_currency from clicks_read),`,
    `clicks_asked as (select ${[
      ...aliased(query.groups, ofClicks),
      'case when bot or own_cost is null then null else own_currency end as money_currency',
      `case when bot or own_cost is null then null else ${daySql(query)} end as money_day`,
      'case when bot then null else own_cost end as money',
      'bot',
      'cost_unreadable and not bot and charge is null as unreadable',
      'visitor is null and not bot as unmarked',
      `case when not bot then campaign || '|' || cast(quarter - mod(quarter, 96) as varchar) || '|' || visitor end as person`,
    ].join(', ')} from clicks_local)`,
  ].join('\n');
}

function clicksPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'clicks'`, totalSql(groups), ...padded(groups), 'cast(null as varchar)', 'cast(null as bigint)'];
  const counts = [
    countWhere('not bot'),
    countWhere('bot'),
    needsOf(query.metrics).uniques ? 'count(distinct person)' : '0',
    countWhere('unreadable'),
    'null',
    countWhere('unmarked'),
  ];
  const sets = rowAndTotal(groups, []);
  return `select ${[...head, ...numberColumns(counts)].join(', ')} from clicks_asked${groupBy(sets)}`;
}

/** By itself: distinct visitors are not counted once more for each currency. Clicks without a cost have no currency to be a line of. */
function costPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'cost'`, totalSql(groups), ...padded(groups), 'money_currency', 'money_day'];
  const sums = numberColumns(['null', 'null', 'null', 'null', exactSum('money')]);
  const sets = rowAndTotal(groups, ['money_currency', 'money_day']);
  return `select ${[...head, ...sums].join(', ')} from clicks_asked where money is not null${groupBy(sets)}`;
}

function conversionsTable(query: ReportQuery, path: string, costs: Costs): string {
  const groups = groupSql(query);
  const column = `${query.by === 'click' ? 'click' : query.by}_quarter`;
  const isPaid = areConversionsPaid(costs);
  return [
    'conversions_read as (',
    `select *, ${column} as quarter${isPaid ? `, ${conversionCharge(costs)} as charge` : ''} from conversions`,
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
      ...(isPaid ? [`${paidBy(costs.models)} as paid`] : []),
    ].join(', ')} from conversions_local)`,
  ].join('\n');
}

function conversionsPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'conversions'`, totalSql(groups), ...padded(groups), 'money_currency', 'money_day'];
  const counts = [
    ...(['approved', 'pending', 'rejected', 'reversed'] as const).map((state) =>
      countWhere(`not bot and state = '${state}'`, 'number'),
    ),
    countWhere('bot', 'number'),
    sumWhere(`not bot and state = 'approved'`, 'amount'),
    sumWhere(`not bot and state = 'pending'`, 'amount'),
  ];
  const sets = rowAndTotal(groups, ['money_currency', 'money_day']);
  return `select ${[...head, ...numberColumns(counts)].join(', ')} from conversions_asked${groupBy(sets)}`;
}

/** Counts the conversions that each model pays for in each group, and adds up their revenue. */
function paidPart(query: ReportQuery): string {
  const groups = namesOf(query.groups);
  const head = [`'paid'`, totalSql(groups), ...padded(groups), 'paid', 'money_day'];
  const sums = numberColumns(['sum(number)', exactSum('amount')]);
  const sets = rowAndTotal(groups, ['paid', 'money_day']);
  return `select ${[...head, ...sums].join(', ')} from conversions_asked where paid is not null${groupBy(sets)}`;
}
