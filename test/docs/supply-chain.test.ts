import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { root } from '../e2e/assembly';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const workflows = readdirSync(join(root, '.github', 'workflows')).map((name) => `.github/workflows/${name}`);

test.each(workflows)('%s uses actions by their commits, each with its version beside it', (path) => {
  const used = [...read(path).matchAll(/\buses:\s*(.+)$/gm)].map(([, action = '']) => action);

  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});

test.each([...workflows, '.ci/run'])('%s installs what the lock file names, and nothing else', (path) => {
  const installs = read(path).match(/\bnpm (?:i|in|install|add|update|up)\b.*|\bnpx (?:-y|--yes)\b.*/g) ?? [];

  expect(installs).toEqual([]);
});

const lockSchema = v.object({
  packages: v.record(
    v.string(),
    v.looseObject({ integrity: v.optional(v.string()), inBundle: v.optional(v.boolean()), version: v.string() }),
  ),
});

test('every package of the lock file is known by its hash, but for what comes inside of another', () => {
  const { packages } = v.parse(lockSchema, JSON.parse(read('package-lock.json')));
  const unknown = Object.entries(packages).filter(
    ([path, { integrity, inBundle }]) => path !== '' && inBundle !== true && integrity?.startsWith('sha512-') !== true,
  );

  expect(Object.keys(packages).length).toBeGreaterThan(400);
  expect(unknown.map(([path]) => path)).toEqual([]);
});
