import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { closedEnvironment } from '../../prove/closed-environment';

export const root = join(__dirname, '..', '..');
export const node = join(root, 'node_modules', '.bin', 'node');

const sources = ['bin', 'lib', 'lambdas', 'cdk.json', 'package-lock.json'];
const prefix = 'tracker-e2e-assembly-';

/**
 * The synthesized template with its bundles, as `cdk deploy` would take it: made once for all test files of a run, and anew only
 * where a source has changed. TRACKER_ASSEMBLY names another one to test.
 */
export async function synthesized(stage: 'dev' | 'prod'): Promise<string> {
  const given = process.env['TRACKER_ASSEMBLY'];
  if (given !== undefined) return given;
  const directory = join(tmpdir(), `${prefix}${stage}-${hashOfSources()}`);
  if (existsSync(directory)) return directory;
  const unfinished = mkdtempSync(join(tmpdir(), prefix));
  await promisify(execFile)(node, [join('bin', 'tracker.mjs')], {
    cwd: root,
    env: closedEnvironment({
      CDK_OUTDIR: unfinished,
      CDK_CONTEXT_JSON: JSON.stringify({ ...contextOfApp(), stage }),
      // The tests of lib/ validate; here it would be half of the time.
      CDK_VALIDATION: 'false',
    }),
  });
  removeOld();
  try {
    renameSync(unfinished, directory);
  } catch (error) {
    // Another test file was sooner.
    if (!existsSync(directory)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  return directory;
}

function contextOfApp(): object {
  const settings: { readonly context?: object } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  return settings.context ?? {};
}

/** Changes with any source that a template is made of. */
export function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const name of sources) {
    const path = join(root, name);
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const file of files.map((one) => join(path, one)).filter((one) => statSync(one).isFile())) {
      hash.update(`${file}\n`).update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function removeOld(): void {
  const dayAgo = Date.now() - 24 * 60 * 60 * 1000;
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix))) {
    const path = join(tmpdir(), name);
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (modified < dayAgo) rmSync(path, { recursive: true, force: true });
  }
}
