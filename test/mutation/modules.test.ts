import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newModules } from './modules';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modules-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('what a module keeps is not there for the next mutant', () => {
  writeFileSync(join(folder, 'kept.ts'), 'export const kept: string[] = [];');
  writeFileSync(
    join(folder, 'first.ts'),
    "import { kept } from './kept';\nkept.push('once');\nexport const count: number = kept.length;",
  );
  const load = newModules();

  expect([load(join(folder, 'first.ts')), load(join(folder, 'first.ts'))]).toEqual([{ count: 1 }, { count: 1 }]);
  expect(newModules()(join(folder, 'first.ts'))).toEqual({ count: 1 });
  expect(newModules()(join(folder, 'kept.ts'))).toEqual({ kept: [] });
});

test('modules that import each other, and packages, are those that a compiler would load', () => {
  writeFileSync(
    join(folder, 'left.ts'),
    "import { right } from './right';\nimport { basename } from 'node:path';\nexport const left = () => 'left';\nexport const both = () => left() + right();\nexport const name = basename(__filename);",
  );
  writeFileSync(join(folder, 'right.ts'), "import { left } from './left';\nexport const right = () => left().length;");

  const { both, name } = newModules()(join(folder, 'left.ts')) as { both: () => string; name: string };
  expect([both(), name]).toEqual(['left4', 'left.ts']);
});
