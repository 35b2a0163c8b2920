import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rebuildOnChange } from '../../local/dev/rebuild';
import type { FunctionModel } from '../../local/template/model';
import { eventually } from '../e2e/eventually';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tracker-dev-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function functionOf(name: string): FunctionModel {
  const label = `Functions${name}`;
  const assetDirectory = join(folder, 'code', label);
  mkdirSync(assetDirectory, { recursive: true });
  return {
    logicalId: `${label}1A2B`,
    label,
    name,
    arn: '',
    assetDirectory,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeoutSeconds: 6,
    memoryMegabytes: 256,
    environment: {},
    reservedConcurrency: undefined,
    roleName: '',
    statements: [],
  };
}

test('a function is built anew when a source of it changes, and no other is; what does not build is reported', async () => {
  write('lambdas/click/handler.ts', "export { word as handler } from '../shared';\n");
  write('lambdas/shared.ts', "export const word: string = 'first';\n");
  write('lambdas/admin/handler.ts', "export const handler = 'apart';\n");
  const [click, admin] = [functionOf('Click'), functionOf('Admin')];
  const renewed: string[] = [];
  const problems: string[] = [];
  const watching = await rebuildOnChange(
    [click, admin, functionOf('Elsewhere')],
    (logicalId) => renewed.push(logicalId),
    { line: () => undefined, problem: (text) => problems.push(text) },
    folder,
  );
  const code = (): string => readFileSync(join(click.assetDirectory, 'index.mjs'), 'utf8');
  try {
    expect(watching.detail).toMatch(/^2 functions/);
    expect(code()).toContain('"first"');

    write('lambdas/shared.ts', "export const word: string = 'second word';\n");
    await eventually('it is built anew', async () => renewed.length > 0);
    expect(code()).toContain('"second word"');

    write('lambdas/shared.ts', 'export const word: = 3;\n');
    await eventually('the problem is reported', async () => problems.length > 0);
    expect(problems[0]).toMatch(/^FunctionsClick does not build: .*lambdas\/shared\.ts:1/);
    expect(code()).toContain('"second word"');

    write('lambdas/shared.ts', "export const word: string = 'third';\n");
    await eventually('it is built anew', async () => renewed.length > 1);
    expect(renewed).toEqual([click.logicalId, click.logicalId]);
  } finally {
    await watching.stop();
  }
});
