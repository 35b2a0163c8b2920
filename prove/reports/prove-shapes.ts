import type { FactObject } from '../../lambdas/domain/facts/manifest';
import { exportSql } from '../../lambdas/domain/reports/export-sql';
import { maximumStatementBytes, reportSql } from '../../lambdas/domain/reports/report-sql';
import type { AnswerRow } from '../../lambdas/domain/reports/tally';
import type { Facts } from '../../test/lambdas/domain/reports/support/facts';
import { auditQuestions, auditStatement, compareAudit } from './audit';
import { compareAnswers, compareOrder, compareReports, nothingCompared, together, type Comparison } from './compare';
import { factsBase, type Engine } from './engine';
import { goldenReport } from './golden';
import { asked, reportFrom, type Question } from './question';
import type { Shape } from './questions';

/** The facts, and the engines that query them. */
export interface ProofWorld {
  readonly facts: Facts;
  readonly objects: readonly FactObject[];
  /** The first engine is DuckDB, which the local stack and the tests use for Athena. */
  readonly engines: readonly [Engine, ...Engine[]];
}

/** The findings of one shape. */
export interface ShapeOutcome {
  readonly title: string;
  readonly statements: number;
  /** Values of answers, compared between engines. */
  readonly betweenEngines: Comparison;
  /** Cells of reports, compared with those of the naive program. */
  readonly withGolden: Comparison;
  readonly longestStatement: number;
}

export async function proveShape({ title, questions }: Shape, world: ProofWorld): Promise<ShapeOutcome> {
  const outcomes: ShapeOutcome[] = [];
  for (const question of questions) outcomes.push(await proveQuestion(title, question, world));
  return added(title, outcomes);
}

async function proveQuestion(title: string, question: Question, world: ProofWorld): Promise<ShapeOutcome> {
  const reading = asked(question);
  const statement = reportSql(reading.query, world.objects, { base: factsBase }, reading.costs);
  const sql = statement !== undefined && question.isExport ? exportSql(reading.query, statement) : statement;
  const named = (differences: readonly string[]): readonly string[] =>
    differences.map((difference) => `${describe(question)}: ${difference}`);
  const [answer, ...others] = sql === undefined ? [[]] : await answersOf(sql, world.engines);
  const between = others
    .map((other) =>
      together(compareAnswers(answer, other), question.isExport ? compareOrder(answer, other) : nothingCompared),
    )
    .reduce(together, nothingCompared);
  // Engines that agree give the same report: the first one's is compared with the naive program's.
  const report = reportFrom(reading, question.rates ?? [], answer);
  const golden = compareReports(report, goldenReport(world.facts, question, report), reading.query.metrics);
  return {
    title,
    statements: sql === undefined ? 0 : 1,
    betweenEngines: { ...between, differences: named(between.differences) },
    withGolden: { ...golden, differences: named(golden.differences) },
    longestStatement: Buffer.byteLength(sql ?? ''),
  };
}

/** Proves the statements of an audit. */
export async function proveAudit(world: ProofWorld): Promise<ShapeOutcome> {
  const title = 'audits';
  const outcomes: ShapeOutcome[] = [];
  for (const question of auditQuestions) {
    const sql = auditStatement(question, world.objects);
    const [answer, ...others] = await answersOf(sql, world.engines);
    outcomes.push({
      title,
      statements: 1,
      betweenEngines: others.map((other) => compareAnswers(answer, other)).reduce(together, nothingCompared),
      withGolden: compareAudit(answer, question, world.facts),
      longestStatement: Buffer.byteLength(sql),
    });
  }
  return added(title, outcomes);
}

async function answersOf(
  sql: string,
  [first, ...others]: ProofWorld['engines'],
): Promise<readonly [readonly AnswerRow[], ...(readonly AnswerRow[])[]]> {
  if (Buffer.byteLength(sql) > maximumStatementBytes) throw new Error('a statement is longer than Athena takes');
  const ask = async ({ name, ask: answer }: Engine): Promise<readonly AnswerRow[]> =>
    answer(sql).catch((error: unknown) => {
      throw new Error(`${name} does not run this:\n${sql}`, { cause: error });
    });
  const rest: (readonly AnswerRow[])[] = [];
  const answer = await ask(first);
  for (const engine of others) rest.push(await ask(engine));
  return [answer, ...rest];
}

function describe({
  from,
  to,
  timezone,
  by,
  groups,
  conditions = [],
  metrics,
  costs = [],
  currency,
  limit,
}: Question): string {
  const said = [
    `${groups.join(',') || 'total'} by ${by}, ${from} to ${to} ${timezone}`,
    ...conditions.map(({ field, test, values }) => `${field} ${test} ${JSON.stringify(values)}`),
    ...(metrics === undefined || metrics.length > 5 ? [] : [metrics.join(',')]),
    ...(costs.length === 0 ? [] : [`costs ${costs.map(({ id }) => id).join(' ')}`]),
    ...(currency === undefined ? [] : [`in ${currency}`]),
    ...(limit === undefined ? [] : [`first ${limit}`]),
  ];
  return said.join('; ');
}

function added(title: string, outcomes: readonly ShapeOutcome[]): ShapeOutcome {
  return {
    title,
    statements: outcomes.reduce((sum, { statements }) => sum + statements, 0),
    betweenEngines: outcomes.map((one) => one.betweenEngines).reduce(together, nothingCompared),
    withGolden: outcomes.map((one) => one.withGolden).reduce(together, nothingCompared),
    longestStatement: Math.max(0, ...outcomes.map((one) => one.longestStatement)),
  };
}
