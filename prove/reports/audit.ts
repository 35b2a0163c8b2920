import { auditSql, cellOfRow } from '../../lambdas/domain/reports/audit-sql';
import type { FactObject } from '../../lambdas/domain/facts/manifest';
import type { AnswerRow } from '../../lambdas/domain/reports/tally';
import type { Fact, Facts } from '../../test/lambdas/domain/reports/support/facts';
import type { Comparison } from './compare';
import { factsBase } from './engine';

/** The question of an audit: quarters of an hour, both included, and erased clicks. */
export interface AuditQuestion {
  readonly first: number;
  readonly last: number;
  readonly erased: readonly string[];
}

const quarterOf = (time: string): number => Date.parse(time) / 900_000;

export const auditQuestions: readonly AuditQuestion[] = [
  { first: quarterOf('2026-10-01T00:00:00Z'), last: quarterOf('2026-11-01T00:00:00Z'), erased: [] },
  {
    first: quarterOf('2026-10-14T12:00:00Z'),
    last: quarterOf('2026-10-14T12:00:00Z'),
    erased: ['great-1', "it's", 'text-4'],
  },
  { first: quarterOf('2026-03-01T00:00:00Z'), last: quarterOf('2026-12-01T00:00:00Z'), erased: ['c1', 'c2', 'c3'] },
];

export function auditStatement({ first, last, erased }: AuditQuestion, objects: readonly FactObject[]): string {
  const sql = auditSql({ first, last }, objects, factsBase, erased);
  if (sql === undefined) throw new Error('the audit asks nothing');
  return sql;
}

/** Compares every cell of an answer with a count by hand. */
export function compareAudit(rows: readonly AnswerRow[], question: AuditQuestion, facts: Facts): Comparison {
  const known = cellsByHand(facts, question);
  const differences: string[] = [];
  for (const row of rows) {
    const { set, campaign, quarter, event, status, currency, count, amount } = cellOfRow(row);
    const key = JSON.stringify([set, campaign, quarter, event, status, currency]);
    const expected = known.get(key) ?? 'nothing';
    known.delete(key);
    if (expected !== `${count} ${amount}`) differences.push(`${key} is ${count} ${amount} and should be ${expected}`);
  }
  return { cells: rows.length, differences: [...differences, ...[...known.keys()].map((key) => `${key} is missing`)] };
}

function cellsByHand({ clicks, conversions }: Facts, { first, last, erased }: AuditQuestion): Map<string, string> {
  const sums = new Map<string, readonly [bigint, bigint]>();
  const add = (row: Fact, name: readonly Fact[string][], count: Fact[string], amount: Fact[string]): void => {
    const quarter = Number(row['click_quarter']);
    if (quarter < first || quarter > last) return;
    const key = JSON.stringify([name[0], row['campaign'], quarter, ...name.slice(1)]);
    const [counts, amounts] = sums.get(key) ?? [0n, 0n];
    sums.set(key, [counts + BigInt(String(count)), amounts + BigInt(String(amount ?? 0))]);
  };
  for (const row of clicks) {
    if (row['click_id'] === '' || erased.includes(String(row['click_id']))) continue;
    add(row, ['clicks', null, null, null], 1, 0);
  }
  for (const row of conversions) {
    const column = (name: string): Fact[string] => row[name] ?? null;
    const name = ['conversions', column('event'), column('status'), column('currency')];
    add(row, name, column('count'), column('amount'));
  }
  return new Map([...sums].map(([key, [count, amount]]) => [key, `${count} ${amount}`]));
}
