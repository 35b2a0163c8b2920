import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedEnvironment } from '../../prove/closed-environment';

const root = join(__dirname, '..', '..');

test('a message that is returned immediately is visible immediately, and after a restart', () => {
  const directory = mkdtempSync(join(tmpdir(), 'letters-'));
  try {
    // Its store is an ES module and its files are SQLite: a process of its own, on the Node that the stack runs on.
    const node = join(root, 'node_modules', '.bin', 'node');
    const script = join('test', 'local', 'fixture', 'give-back.ts');
    const printed = execFileSync(node, ['--import', 'tsx', script, directory], {
      cwd: root,
      env: closedEnvironment(),
      encoding: 'utf8',
    });
    expect(JSON.parse(printed)).toStrictEqual({ status: 200, again: 1, afterRestart: 1 });
  } finally {
    rmSync(directory, { recursive: true });
  }
});
