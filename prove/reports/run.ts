import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomOf } from '../../test/lambdas/domain/reports/support/facts';
import { NotHere } from '../external-tools';
import { figure, plainTable } from '../report/table';
import { openDuckDb } from './duckdb';
import type { Engine } from './engine';
import { awkwardMonth, writeMonth } from './month';
import { readReportProofOptions, reportProofHelp, type ReportProofOptions } from './options';
import { proveAudit, proveShape, type ProofWorld, type ShapeOutcome } from './prove-shapes';
import { shapesOf } from './questions';
import { startTrino } from './trino/trino';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const differencesShown = 10;

async function main(): Promise<void> {
  const options = readReportProofOptions(process.argv.slice(2));
  if (options === 'help') return say(reportProofHelp);
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'prove-reports-'));
  process.once('exit', () => {
    if (!options.keep) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    else say(`Files and logs are in ${folder}`);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

  say(`Seed ${options.seed}: --seed ${options.seed} repeats its rows and its questions.`);
  const facts = awkwardMonth(options.seed, options.clicks);
  const objects = writeMonth(facts, folder);
  const rows = `${figure(facts.clicks.length)} clicks and ${figure(facts.conversions.length)} changes of conversions`;
  say(`${rows} in ${objects.length} files, and 4 files that nothing names.`);
  const engines: [Engine, ...Engine[]] = [await openDuckDb(folder)];
  try {
    const trino = await trinoOf(options, folder);
    if (trino !== undefined) engines.push(trino);
    const outcomes = await outcomesOf({ facts, objects, engines }, options);
    process.exitCode = judge(outcomes, engines, options.seed, (Date.now() - startedAt) / 60_000) ? 0 : 1;
  } finally {
    for (const engine of engines) await engine.stop();
  }
}

async function trinoOf({ trino }: ReportProofOptions, folder: string): Promise<Engine | undefined> {
  if (trino === 'no') return undefined;
  try {
    return await startTrino(folder, say);
  } catch (error) {
    if (!(error instanceof NotHere) || trino === 'required') throw error;
    say(`Trino is skipped: ${error.message}`);
    return undefined;
  }
}

async function outcomesOf(world: ProofWorld, { seed, chances }: ReportProofOptions): Promise<readonly ShapeOutcome[]> {
  const outcomes: ShapeOutcome[] = [];
  for (const shape of shapesOf(randomOf(seed), chances)) outcomes.push(shown(await proveShape(shape, world)));
  outcomes.push(shown(await proveAudit(world)));
  return outcomes;
}

function shown(outcome: ShapeOutcome): ShapeOutcome {
  const { title, statements, betweenEngines, withGolden } = outcome;
  const differences = [...betweenEngines.differences, ...withGolden.differences];
  say(`${differences.length === 0 ? 'ok    ' : 'FAILED'}  ${title}: ${statements} statements`);
  for (const difference of differences.slice(0, differencesShown)) say(`    ${difference}`);
  if (differences.length > differencesShown) say(`    and ${differences.length - differencesShown} more`);
  return outcome;
}

function judge(outcomes: readonly ShapeOutcome[], engines: readonly Engine[], seed: number, minutes: number): boolean {
  const sumOf = (count: (outcome: ShapeOutcome) => number): string =>
    figure(outcomes.reduce((sum, outcome) => sum + count(outcome), 0));
  const names = engines.map(({ name }) => name).join(' and ');
  const columns = ['statements', ...(engines.length > 1 ? [`values, ${names}`] : []), 'cells, naive program'];
  const line = (title: string, of: readonly ShapeOutcome[]): readonly string[] => {
    const sum = (count: (outcome: ShapeOutcome) => number): string =>
      figure(of.reduce((all, outcome) => all + count(outcome), 0));
    return [
      title,
      sum(({ statements }) => statements),
      ...(engines.length > 1 ? [sum(({ betweenEngines }) => betweenEngines.cells)] : []),
      sum(({ withGolden }) => withGolden.cells),
    ];
  };
  say(
    `\n${plainTable([['shape', ...columns], ...outcomes.map((one) => line(one.title, [one])), line('all', outcomes)])}\n`,
  );
  const differences = outcomes.flatMap(({ betweenEngines, withGolden }) => [
    ...betweenEngines.differences,
    ...withGolden.differences,
  ]);
  const longest = figure(Math.max(...outcomes.map(({ longestStatement }) => longestStatement)));
  const statements = sumOf(({ statements: count }) => count);
  say(
    `${differences.length === 0 ? 'Proven' : 'NOT proven'}: ${statements} statements on ${names}, ${differences.length} differences, ` +
      `the longest of ${longest} bytes, in ${minutes.toFixed(1)} minutes, seed ${seed}.`,
  );
  return differences.length === 0;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  if (error instanceof Error && error.cause instanceof Error) process.stderr.write(`${error.cause.message}\n`);
  process.exit(1);
});
