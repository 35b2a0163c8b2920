import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { makeMapPortable } from '../../lib/portable-source-map';
import { synthesized } from '../e2e/assembly';

jest.setTimeout(120_000);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracker-maps-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The map of a bundle that lies `out` from its repository, with packages in `packages`, as esbuild writes it; rewritten. */
function rewritten(repository: string, out: string, packages: string): string {
  const bundle = join(folder, out);
  mkdirSync(bundle, { recursive: true });
  const map = join(bundle, 'index.mjs.map');
  const sources = [join(folder, packages, 'valibot/index.mjs'), join(folder, repository, 'lambdas/click/handler.ts')];
  writeFileSync(map, JSON.stringify({ version: 3, sources: sources.map((one) => relative(dirname(map), one)) }));
  makeMapPortable(bundle, join(folder, repository));
  return readFileSync(map, 'utf8');
}

test('the map of a bundle is the same wherever it is written, and wherever its packages lie', () => {
  const maps = [
    rewritten('repo', 'repo/cdk.out/one', 'repo/node_modules'),
    rewritten('repo', 'somewhere/quite/else', 'repo/node_modules'),
    rewritten('deep/er/repo', 'deep/er/repo/out', 'shared/node_modules'),
  ];

  expect(new Set(maps)).toEqual(
    new Set([JSON.stringify({ version: 3, sources: ['node_modules/valibot/index.mjs', 'lambdas/click/handler.ts'] })]),
  );
});

test('no map that is deployed says where it was made', async () => {
  const assembly = await synthesized('dev');
  const maps = globSync('asset.*/index.mjs.map', { cwd: assembly });
  const sources = maps.flatMap((map): string[] => JSON.parse(readFileSync(join(assembly, map), 'utf8')).sources);

  expect(maps.length).toBeGreaterThan(3);
  expect(sources.filter((source) => !/^(?:node_modules|lambdas|lib\/left-out)\//.test(source))).toEqual([]);
});
