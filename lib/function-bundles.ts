import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { build, buildSync, type BuildOptions } from 'esbuild';
import bundling from './bundling.json';
import { makeMapPortable } from './portable-source-map';

const repository = path.join(__dirname, '..');
const keptMilliseconds = 7 * 24 * 60 * 60 * 1000;

/** Sources of the bundles; npm's list of installed packages represents those. */
const sources = [
  'lambdas',
  'lib/bundling.json',
  'lib/left-out',
  'lib/function-bundles.ts',
  'lib/portable-source-map.ts',
  'package-lock.json',
  'node_modules/.package-lock.json',
];

/**
 * Returns the folder with the bundle of a function, `index.mjs` and its map, by the name of its folder in `lambdas`. One run builds all
 * bundles, unless they are up to date.
 */
export function bundleOf(name: string): string {
  bundles ??= existsSync(keptBundles()) ? keptBundles() : buildNow();
  return path.join(bundles, name);
}

let bundles: string | undefined;

/** Builds the bundles in parallel with other work of the process; `bundleOf` then finds them. */
export async function prepareBundles(): Promise<void> {
  const kept = keptBundles();
  if (existsSync(kept)) return;
  const draft = draftFolder();
  await build(optionsFor(draft));
  bundles = finish(draft, kept);
}

/** Whether a synth needs the code of any stack: `cdk ls` and the cost of a stage need none. */
export const isCodeWanted = (environment: NodeJS.ProcessEnv): boolean =>
  !/"aws:cdk:bundling-stacks":\s*\[\]/.test(environment['CDK_CONTEXT_JSON'] ?? '');

function buildNow(): string {
  const kept = keptBundles();
  const draft = draftFolder();
  buildSync(optionsFor(draft));
  return finish(draft, kept);
}

/**
 * ES modules with the SDK inside: the deployed code is the tested code, and it loads a third faster than CommonJS or the runtime's SDK.
 * Maps lie beside the bundle for stack traces; the runtime does not load them.
 */
const optionsFor = (folder: string): BuildOptions => ({
  absWorkingDir: repository,
  entryPoints: readdirSync(path.join(repository, 'lambdas'))
    .map((name) => ({ in: `lambdas/${name}/handler.ts`, out: `${name}/index` }))
    .filter((entry) => existsSync(path.join(repository, entry.in))),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: bundling.target,
  minify: true,
  // Letters of other alphabets take a third of the size of their escapes.
  charset: 'utf8',
  mainFields: bundling.mainFields,
  loader: Object.fromEntries(bundling.emptied.map((extension) => [extension, 'empty' as const])),
  // Parts of the SDK that no function uses, such as its credential providers: a third of each bundle (ADR 4).
  alias: Object.fromEntries(
    Object.entries(bundling.leftOut).map(([name, file]) => [name, path.join(repository, file)]),
  ),
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});

/** Checkouts that share one folder of packages have separate bundles. */
const cache = path.join(repository, 'node_modules', '.cache', 'tracker', digest(repository).slice(0, 12), 'functions');

const keptBundles = (): string =>
  path.join(cache, (keyOfSources ??= digest(...sources.flatMap(contentsOf))).slice(0, 32));

let keyOfSources: string | undefined;

/** Names and contents of all files below a path of the repository. */
function contentsOf(source: string): readonly (string | Buffer)[] {
  const place = path.join(repository, source);
  const stat = statSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return [source];
  if (!stat.isDirectory()) return [source, readFileSync(place)];
  return readdirSync(place)
    .sort()
    .flatMap((entry) => contentsOf(`${source}/${entry}`));
}

function digest(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest('hex');
}

/** Beside the cached bundles or, where that folder is read-only, in a temporary folder of this process. */
function draftFolder(): string {
  try {
    mkdirSync(cache, { recursive: true });
    return mkdtempSync(path.join(cache, 'draft-'));
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'tracker-bundles-'));
  }
}

/** Writes all or nothing, since several syntheses may run in parallel. */
function finish(draft: string, kept: string): string {
  for (const name of readdirSync(draft)) makeMapPortable(path.join(draft, name), repository);
  try {
    renameSync(draft, kept);
  } catch {
    if (!existsSync(kept)) return draft;
    rmSync(draft, { recursive: true });
  }
  removeOld();
  return kept;
}

function removeOld(): void {
  const oldest = Date.now() - keptMilliseconds;
  for (const name of readdirSync(cache)) {
    const folder = path.join(cache, name);
    const modified = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (modified < oldest) rmSync(folder, { recursive: true, force: true });
  }
}
