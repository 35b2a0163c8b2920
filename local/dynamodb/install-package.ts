import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** An npm failure, with npm's message. */
export class NotInstalled extends Error {}

/**
 * Installs one package of an exact version into a separate `node_modules` in `folder`, without running its scripts. The folder is
 * complete or absent, also when several processes install in parallel. Throws `NotInstalled`.
 */
export async function installPackage(
  name: string,
  version: string,
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  try {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    const given = Object.entries(settings).map(([option, value]) => `--${option}=${value}`);
    await npm(['install', '--prefix', unfinished, ...options, ...given, `${name}@${version}`], unfinished);
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } catch (error) {
    // Another process has installed it meanwhile.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function npm(given: readonly string[], folder: string): Promise<void> {
  // npm sets its path for its scripts; elsewhere it is on the PATH.
  const script = process.env['npm_execpath'];
  const isWindows = process.platform === 'win32';
  const [program, ...first] =
    script?.endsWith('.js') === true ? [process.execPath, script] : [isWindows ? 'npm.cmd' : 'npm'];
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? 'npm', [...first, ...given], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      shell: isWindows && first.length === 0,
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4000)));
    child.once('error', (error) => reject(new NotInstalled(`npm: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) return resolve();
      const lines = said.split('\n').map((line) => line.replace(/^npm (ERR!|error) ?/, '').trim());
      const cause = lines.find((line) => line !== '' && !line.startsWith('A complete log')) ?? `exit code ${code}`;
      reject(new NotInstalled(cause));
    });
  });
}
