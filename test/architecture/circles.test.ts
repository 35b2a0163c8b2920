import { existsSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { importsOf, repository, sourcesIn, within } from './support/sources';

interface Edge {
  readonly from: string;
  readonly to: string;
}

const isFile = (file: string): boolean =>
  existsSync(path.join(repository, file)) && statSync(path.join(repository, file)).isFile();

const fileOf = (target: string): string =>
  [`${target}.ts`, `${target}.tsx`, `${target}/index.ts`, target.replace(/\.js$/, '.ts')].find(isFile) ?? target;

/** Imports between files of a folder. */
const fileEdges = (root: string): readonly Edge[] =>
  importsOf(root)
    .filter(({ to, isPackage }) => !isPackage && within(root, to))
    .map(({ from, to }) => ({ from, to: fileOf(to) }));

/** The edges that lie on a circle: from their end a way leads back to their beginning. */
function onCircles(edges: readonly Edge[]): readonly Edge[] {
  const next = Map.groupBy(edges, ({ from }) => from);
  const reached = new Map<string, ReadonlySet<string>>();
  const reachedFrom = (start: string): ReadonlySet<string> => {
    const known = reached.get(start);
    if (known !== undefined) return known;
    const found = new Set<string>();
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const { to } of next.get(node) ?? []) {
        if (found.has(to)) continue;
        found.add(to);
        open.push(to);
      }
    }
    reached.set(start, found);
    return found;
  };
  return edges.filter(({ from, to }) => from !== to && reachedFrom(to).has(from));
}

/** Imports between folders that lie on a circle of folders, as `file → file`. */
function folderCircles(root: string): readonly string[] {
  const imports = fileEdges(root).map((edge) => ({
    edge,
    folders: { from: path.posix.dirname(edge.from), to: path.posix.dirname(edge.to) },
  }));
  const between = imports.filter(({ folders }) => folders.from !== folders.to);
  const circular = new Set(onCircles(between.map(({ folders }) => folders)));
  return between.filter(({ folders }) => circular.has(folders)).map(({ edge }) => `${edge.from} → ${edge.to}`);
}

test.each(['lambdas', 'operator', 'console'])('no folder of %s imports another that imports it', (root) => {
  expect(sourcesIn(root)).not.toEqual([]);
  expect(folderCircles(root)).toEqual([]);
});

/** The folders of the domain, each importing only those before it. */
const layers = [
  'text',
  'values',
  'presets',
  'presets/guides',
  'click',
  'configuration',
  'routing',
  'trust',
  'visit',
  'request',
  'conversion',
  'verdict',
  'log',
  'queue',
  'facts',
  'reports',
  'outbound/sources',
  'outbound',
  'watch',
].map((layer) => `lambdas/domain/${layer}`);

test('every folder of the domain is a layer, and imports only the layers before it', () => {
  const edges = fileEdges('lambdas/domain');
  const folders = new Set(sourcesIn('lambdas/domain').map((file) => path.posix.dirname(file)));
  const upwards = edges.filter(
    ({ from, to }) => layers.indexOf(path.posix.dirname(from)) < layers.indexOf(path.posix.dirname(to)),
  );

  expect([...folders].sort()).toEqual([...layers].sort());
  expect(upwards).toEqual([]);
});

test.each(['bin', 'lib', 'lambdas', 'operator', 'local', 'cli', 'console/server', 'prove', 'bench', 'docs', 'cost'])(
  'no file of %s imports another that imports it, not even a type',
  (root) => {
    expect(onCircles(fileEdges(root))).toEqual([]);
  },
);
