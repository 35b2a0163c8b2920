import type { AuditedPeriod, Cell } from '../facts/audit-cells';
import type { FactObject } from '../facts/manifest';
import { literal } from './sql-text';
import type { AnswerRow } from './tally';

/**
 * The cells of a period as they were counted, in the SQL that DuckDB and Trino have in common.
 * @param erased IDs of clicks whose rows are tombstones now: their table does not say what they were
 * @returns `undefined` where no object has a row of the period
 */
export function auditSql(
  { first, last }: AuditedPeriod,
  objects: readonly FactObject[],
  base: string,
  erased: readonly string[],
): string | undefined {
  const rowsOf = (set: FactObject['set']): string | undefined => {
    const keys = objects
      .filter((object) => object.set === set && object.click.first <= last && object.click.last >= first)
      .map(({ key }) => literal(base + key));
    if (keys.length === 0) return undefined;
    return `from ${set} where "$path" in (${keys.join(', ')}) and click_quarter between ${first} and ${last}`;
  };
  const [clicks, conversions] = [rowsOf('clicks'), rowsOf('conversions')];
  const parts = [
    ...(clicks === undefined
      ? []
      : [
          `select 'clicks', campaign, click_quarter, cast(null as varchar), cast(null as varchar), cast(null as varchar), ` +
            `count(*), cast(0 as decimal(38,0)) ${clicks} and click_id not in (${['', ...erased].map(literal).join(', ')}) ` +
            'group by campaign, click_quarter',
        ]),
    ...(conversions === undefined
      ? []
      : [
          `select 'conversions', campaign, click_quarter, event, status, currency, cast(sum("count") as bigint), ` +
            `sum(cast(coalesce(amount, 0) as decimal(38,0))) ${conversions} ` +
            'group by campaign, click_quarter, event, status, currency',
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join('\nunion all\n');
}

/** Reads a row of the answer. Throws where it is none. */
export function cellOfRow([
  set,
  campaign,
  quarter,
  event = null,
  status = null,
  currency = null,
  count,
  amount,
]: AnswerRow): Cell {
  if ((set !== 'clicks' && set !== 'conversions') || campaign == null || quarter == null || count == null) {
    throw new Error('the answer of the engine is no cell');
  }
  return {
    set,
    campaign,
    quarter: Number(quarter),
    event,
    status,
    currency,
    count: BigInt(count),
    amount: BigInt((amount ?? '0').replace(/\.0*$/, '')),
  };
}
