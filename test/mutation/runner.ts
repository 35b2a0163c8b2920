import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type CompleteDryRunResult,
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { configureGlobal } from 'fast-check';
import { newModules } from './modules';
import { defineTests, type RanTest, runTests } from './suite';

declare global {
  /** The instrumented code asks here which mutant is active, and counts here. */
  var __stryker__: InstrumenterContext;
}

/**
 * Runs the tests of rules in the process that Stryker starts for it. A mutant gets new modules, and no new process, compiler or framework; its
 * test files run one by one until one fails, the likeliest first.
 */
class RulesRunner implements TestRunner {
  readonly #files: readonly string[];
  readonly #milliseconds = new Map<string, number>();
  /** How many mutants of a source file a test file has killed. */
  readonly #kills = new Map<string, number>();

  constructor() {
    this.#files = globSync((process.env['MUTATION_TESTS'] ?? '').split(' '));
    globalThis.__stryker__ ??= {};
    configureGlobal({
      numRuns: Number(process.env['PROPERTY_RUNS']),
      seed: Number(process.env['PROPERTY_SEED']),
      // The first failing case kills a mutant; a smaller one would only cost time.
      endOnFailure: true,
    });
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis }: DryRunOptions): Promise<DryRunResult> {
    const context = globalThis.__stryker__;
    const mutantCoverage = { static: {}, perTest: {} };
    context.mutantCoverage = mutantCoverage;
    const load = newModules();
    const ran: RanTest[] = [];
    for (const file of this.#files) {
      context.currentTestId = undefined;
      defineTests(join(process.cwd(), file), load);
      const tests = await runTests({ ids: undefined, stopAtFailure: false }, (id) => {
        context.currentTestId = id;
      });
      this.#noteTime(file, tests);
      ran.push(...tests);
    }
    context.currentTestId = undefined;
    return { ...completeResult(ran), ...(coverageAnalysis !== 'off' && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, testFilter, hitLimit, mutantActivation, disableBail } = options;
    const context = globalThis.__stryker__;
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    const ids = testFilter && new Set(testFilter);
    const load = newModules();
    const ran: RanTest[] = [];
    try {
      for (const file of this.#likeliestFirst(activeMutant.fileName, testFilter)) {
        context.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
        defineTests(join(process.cwd(), file), load);
        context.activeMutant = activeMutant.id;
        const tests = await runTests({ ids, stopAtFailure: !disableBail }, () => undefined);
        ran.push(...tests);
        const timeout = determineHitLimitReached(context.hitCount, hitLimit);
        if (timeout !== undefined) return toMutantRunResult(timeout);
        if (tests.some(({ failure }) => failure !== undefined)) {
          this.#noteKill(activeMutant.fileName, file);
          if (!disableBail) break;
        } else this.#noteTime(file, tests);
      }
      return toMutantRunResult(completeResult(ran), disableBail);
    } catch (error) {
      return { status: MutantRunStatus.Error, errorMessage: String(error) };
    } finally {
      context.activeMutant = undefined;
    }
  }

  #likeliestFirst(source: string, ids: readonly string[] | undefined): readonly string[] {
    const covering = ids && new Set(ids.map(fileOfTest));
    const killsOf = (file: string): number => this.#kills.get(`${source} ${file}`) ?? 0;
    const timeOf = (file: string): number => this.#milliseconds.get(file) ?? 0;
    return this.#files
      .filter((file) => covering?.has(file) ?? true)
      .toSorted((left, right) => killsOf(right) - killsOf(left) || timeOf(left) - timeOf(right));
  }

  #noteTime(file: string, tests: readonly RanTest[]): void {
    this.#milliseconds.set(
      file,
      tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    );
  }

  #noteKill(source: string, file: string): void {
    const pair = `${source} ${file}`;
    this.#kills.set(pair, (this.#kills.get(pair) ?? 0) + 1);
  }
}

/** A test's ID begins with the name of its file. */
const fileOfTest = (id: string): string | undefined => id.split(' › ', 1)[0];

function completeResult(tests: readonly RanTest[]): CompleteDryRunResult {
  return {
    status: DryRunStatus.Complete,
    tests: tests.map(({ id, milliseconds, failure }) => {
      const base = { id, name: id, fileName: join(process.cwd(), fileOfTest(id) ?? ''), timeSpentMs: milliseconds };
      return failure === undefined
        ? { ...base, status: TestStatus.Success }
        : { ...base, status: TestStatus.Failed, failureMessage: failure };
    }),
  };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', RulesRunner)];
