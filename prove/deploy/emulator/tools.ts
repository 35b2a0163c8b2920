import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, lastLine, NotHere } from '../../external-tools';
import { run } from './child-process';

const requirements = join(__dirname, '..', '..', '..', 'test', 'deploy', 'requirements.txt');
const limitSeconds = 150;

/**
 * The Python with MiniStack and cfn-lint in it: installed once, by the hashes of test/deploy/requirements.txt, into a virtual
 * environment in the user's cache, and taken from there until that file changes.
 */
export async function installTools(folder: string): Promise<string> {
  const options = { environment: process.env, folder, log: join(folder, 'tools.log'), limitSeconds };
  if (process.platform === 'win32') throw new NotHere('MiniStack is started here on Linux and macOS only.');
  const openssl = await run('openssl', ['version'], options);
  if (openssl.code !== 0) throw new NotHere('There is no openssl, by which MiniStack makes its certificate.');
  const known = 'import sys, venv, ensurepip; sys.exit(0 if (3, 10) <= sys.version_info else 1)';
  const python = await run('python3', ['-c', known], options);
  if (python.code !== 0) throw new NotHere('There is no Python 3.10 or later with venv (python3 on PATH).');

  const environment = join(cacheFolder(), `prove-deploy-${hashOf(requirements)}`);
  const executable = join(environment, 'bin', 'python');
  const finished = join(environment, 'installed');
  if (existsSync(finished)) return executable;
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  const made = await run('python3', ['-m', 'venv', environment], options);
  if (made.code !== 0) throw new NotHere(`Python could not make a virtual environment: ${lastLine(made.output)}`);
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '20'];
  const pinned = ['--require-hashes', '--only-binary', ':all:', '-r', requirements];
  const installed = await run(executable, ['-m', 'pip', 'install', ...quiet, ...pinned], options);
  if (installed.code !== 0) {
    // A package that is not what was pinned, or was not pinned, is no reason to skip.
    if (/hashes/i.test(installed.output)) throw new Error(installed.output.trim());
    throw new NotHere(`PyPI could not be reached, or has not what is pinned: ${lastLine(installed.output)}`);
  }
  writeFileSync(finished, '');
  return executable;
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
