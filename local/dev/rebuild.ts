import { cpSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import bundling from '../../lib/bundling.json';
import { messageOf } from '../failure';
import type { FunctionModel, StackModel } from '../template/model';
import { counted, type Terminal } from '../terminal';

const ownRepository = join(__dirname, '..', '..');

/** Copies of the functions' code, which may change while the assembly stays as synthesized. */
export function withOwnCode(stack: StackModel, dataFolder: string): StackModel {
  const folder = join(dataFolder, 'dev');
  rmSync(folder, { recursive: true, force: true });
  const functions = stack.functions.map((model): FunctionModel => {
    const assetDirectory = join(folder, model.label);
    cpSync(model.assetDirectory, assetDirectory, { recursive: true });
    return { ...model, assetDirectory };
  });
  const ofId = new Map(functions.map((model) => [model.logicalId, model]));
  const own = (model: FunctionModel): FunctionModel => ofId.get(model.logicalId) ?? model;
  return {
    ...stack,
    functions,
    eventSources: stack.eventSources.map((source) => ({ ...source, function: own(source.function) })),
    streamSources: stack.streamSources.map((source) => ({ ...source, function: own(source.function) })),
  };
}

/** `FunctionsClick` is built from `lambdas/click/handler.ts`; `undefined` for what no folder of ours has. */
function entryOf(repository: string, label: string): string | undefined {
  const entry = join(repository, 'lambdas', label.replace(/^Functions/, '').toLowerCase(), 'handler.ts');
  return existsSync(entry) ? entry : undefined;
}

/** Interval of polling: a file watcher of the system loses a file that an editor replaces. */
const pollMilliseconds = 300;

/**
 * Rebuilds each function when one of its sources changes, with the settings of the template's bundles, and then calls `renew` with its
 * logical ID. A source that does not build is reported, and the previous code keeps running.
 */
export async function rebuildOnChange(
  functions: readonly FunctionModel[],
  renew: (logicalId: string) => void,
  terminal: Pick<Terminal, 'line' | 'problem'>,
  repository = ownRepository,
): Promise<{ readonly detail: string; stop(): Promise<void> }> {
  const builds = await Promise.all(
    functions.flatMap((model) => {
      const entry = entryOf(repository, model.label);
      return entry === undefined ? [] : [startBuild(model, entry, repository)];
    }),
  );
  const changedSince = watchTimes(repository, () => builds.flatMap(({ sources }) => sources()));
  let underway: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (underway !== undefined) return;
    const files = changedSince();
    if (files.size === 0) return;
    const touched = builds.filter(({ sources }) => sources().some((file) => files.has(file)));
    underway = buildAgain(touched).finally(() => (underway = undefined));
  }, pollMilliseconds);
  async function buildAgain(touched: readonly Build[]): Promise<void> {
    for (const { model, run } of touched) {
      const problem = await run();
      if (problem === undefined) {
        renew(model.logicalId);
        terminal.line(`  ${model.label} is built again`);
      } else terminal.problem(`${model.label} does not build: ${problem}`);
    }
  }
  return {
    detail: `${counted(builds.length, 'function')}, built again when a source changes`,
    stop: async () => {
      clearInterval(timer);
      await underway;
      await Promise.all(builds.map(({ dispose }) => dispose()));
    },
  };
}

interface Build {
  readonly model: FunctionModel;
  /** The sources of the last build, packages excluded; paths from the root of the repository. */
  sources(): readonly string[];
  /** Builds the function's code; returns the first problem if it fails. */
  run(): Promise<string | undefined>;
  dispose(): Promise<void>;
}

async function startBuild(model: FunctionModel, entry: string, repository: string): Promise<Build> {
  const { context } = await import('esbuild');
  const build = await context({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile: join(model.assetDirectory, 'index.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: bundling.target,
    mainFields: bundling.mainFields,
    loader: Object.fromEntries(bundling.emptied.map((extension) => [extension, 'empty' as const])),
    alias: Object.fromEntries(
      Object.entries(bundling.leftOut).map(([name, file]) => [name, join(ownRepository, file)]),
    ),
    metafile: true,
    // esbuild deletes its earlier output when a later build fails.
    write: false,
    logLevel: 'silent',
  });
  let sources: readonly string[] = [];
  const run = async (): Promise<string | undefined> => {
    try {
      const { metafile, outputFiles } = await build.rebuild();
      for (const { path, contents } of outputFiles) writeFileSync(path, contents);
      sources = Object.keys(metafile.inputs).filter((file) => !file.includes('node_modules/'));
      return undefined;
    } catch (error) {
      return messageOf(error).split('\n').slice(0, 2).join(' ');
    }
  };
  // The sources are known only after the first build.
  await run();
  return {
    model,
    run,
    sources: () => sources,
    dispose: () => build.dispose(),
  };
}

/** Returns the files that changed since the last call; the first call returns none. */
function watchTimes(repository: string, files: () => readonly string[]): () => ReadonlySet<string> {
  const times = new Map<string, number>();
  const look = (): ReadonlySet<string> => {
    const changed = new Set<string>();
    for (const file of new Set(files())) {
      const time = statSync(join(repository, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (times.has(file) && times.get(file) !== time) changed.add(file);
      times.set(file, time);
    }
    return changed;
  };
  look();
  return look;
}
