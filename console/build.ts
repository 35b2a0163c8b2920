import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { indexDocument } from './index-document';

/** The page as it is served: one document, and files whose names change with their content. */
export interface BuiltPage {
  /** `index.html`. */
  readonly document: string;
  /** By address below `/console/`: `assets/main-ABCD1234.js`. */
  readonly assets: ReadonlyMap<string, Uint8Array>;
  /** The files that a browser loads before it shows anything: the entry, its static imports, its styles. */
  readonly firstLoad: readonly string[];
}

const root = dirname(__dirname);
const entryPoint = 'console/page/main.tsx';
/** Checkouts that share one folder of packages have a cache each. */
const cache = join(
  root,
  'node_modules',
  '.cache',
  'tracker',
  `${createHash('sha256').update(root).digest('hex').slice(0, 12)}-console`,
);

interface Built {
  readonly state: State;
  readonly page: BuiltPage;
}

let latest: Built | undefined;
let building: Promise<Built> | undefined;
/** Milliseconds since 1970, the time of the last comparison of sources: a browser requests many files together. */
let comparedAt = 0;
const comparisonMilliseconds = 500;

/**
 * The page of the sources as they are now: built in a third of a second where one of them has changed, else read from the cache.
 * Rejects with what is wrong in the sources.
 */
export async function buildPage(): Promise<BuiltPage> {
  if (latest !== undefined && isCurrent(latest.state)) return latest.page;
  building ??= Promise.resolve(readKept() ?? build()).finally(() => {
    building = undefined;
  });
  latest = await building;
  return latest.page;
}

function isCurrent(state: State): boolean {
  const now = Date.now();
  if (now - comparedAt < comparisonMilliseconds) return true;
  comparedAt = now;
  return isFresh(state);
}

const stateSchema = v.object({
  /** The digest of each source that the build was made of, by path. */
  inputs: v.record(v.string(), v.string()),
  assets: v.array(v.string()),
  entry: v.string(),
  imported: v.array(v.string()),
  styles: v.array(v.string()),
});

type State = v.InferOutput<typeof stateSchema>;

const stateName = 'state.json';

/** Packages change with the lock file alone. */
const sourcesBeside = ['console/build.ts', 'console/index-document.ts', 'package-lock.json'];

function isFresh({ inputs }: State): boolean {
  return Object.entries(inputs).every(([file, digest]) => digestOf(file) === digest);
}

function digestOf(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : 'absent';
}

function readKept(): Built | undefined {
  try {
    const state = v.parse(stateSchema, JSON.parse(readFileSync(join(cache, stateName), 'utf8')));
    if (!isFresh(state)) return undefined;
    return { state, page: pageOf(state, new Map(state.assets.map((name) => [name, readFileSync(join(cache, name))]))) };
  } catch {
    return undefined;
  }
}

async function build(): Promise<Built> {
  // A console that only serves a cached page does not load it.
  const esbuild = await import('esbuild');
  const { metafile, outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { main: entryPoint },
    outdir: 'console',
    entryNames: 'assets/[name]-[hash]',
    chunkNames: 'assets/[name]-[hash]',
    assetNames: 'assets/[name]-[hash]',
    tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', jsxImportSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({ name: below(path), ...output }));
  const entry = outputs.find((output) => output.entryPoint === entryPoint);
  if (entry === undefined) throw new Error(`${entryPoint} gave no output.`);
  const own = Object.keys(metafile.inputs).filter((file) => !/(?:^|\/)node_modules\//.test(file));
  const state: State = {
    inputs: Object.fromEntries([...own, ...sourcesBeside].map((file) => [file, digestOf(file)])),
    assets: outputs.map(({ name }) => name),
    entry: entry.name,
    imported: staticImports(entry.name, outputs),
    styles: entry.cssBundle === undefined ? [] : [below(entry.cssBundle)],
  };
  const assets = new Map(outputFiles.map(({ path, contents }) => [below(path.slice(root.length + 1)), contents]));
  keep(state, assets);
  return { state, page: pageOf(state, assets) };
}

interface Output {
  readonly name: string;
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
}

/** Chunks that the entry cannot start without, those of its chunks included. */
function staticImports(entry: string, outputs: readonly Output[]): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    const imports = outputs.find((output) => output.name === name)?.imports ?? [];
    for (const { path, kind } of imports) {
      if (kind !== 'import-statement' || found.has(below(path))) continue;
      found.add(below(path));
      visit(below(path));
    }
  };
  visit(entry);
  return [...found];
}

function below(path: string): string {
  return path
    .split('\\')
    .join('/')
    .replace(/^console\//, '');
}

function pageOf(state: State, assets: ReadonlyMap<string, Uint8Array>): BuiltPage {
  const { entry, imported, styles } = state;
  return { document: indexDocument({ entry, imported, styles }), assets, firstLoad: [entry, ...imported, ...styles] };
}

/** Caches the page; in a read-only folder of packages each process builds it again. */
function keep(state: State, assets: ReadonlyMap<string, Uint8Array>): void {
  try {
    for (const [name, content] of assets) replace(join(cache, name), content);
    replace(join(cache, stateName), JSON.stringify(state));
  } catch {
    return;
  }
}

/** Another process may read the file at this moment: it sees the old one or the new one. */
function replace(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}
