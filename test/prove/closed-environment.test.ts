import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { closedEnvironment, withoutStartFiles } from '../../prove/closed-environment';

let home: string;
let called: string;
const before = { ...process.env };

/** A machine whose owner has the real AWS CLI first on the path, in every way that a shell takes one, and an account. */
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'tracker-home-'));
  called = join(home, 'called');
  const programs = join(home, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'aws'), `#!/bin/sh\necho "$@" >> "${called}"\n`, { mode: 0o755 });
  for (const file of ['.bashrc', '.profile', '.bash_profile', 'environment.sh']) {
    writeFileSync(join(home, file), `export PATH="${programs}:$PATH" AWS_PROFILE=real\n`);
  }
  Object.assign(process.env, {
    HOME: home,
    PATH: [programs, before['PATH']].join(delimiter),
    BASH_ENV: join(home, 'environment.sh'),
    ENV: join(home, 'environment.sh'),
    AWS_PROFILE: 'real',
    AWS_SESSION_TOKEN: 'real',
  });
  delete process.env['SHLVL'];
});
afterEach(() => {
  for (const name of Object.keys(process.env)) if (before[name] === undefined) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(home, { recursive: true, force: true });
});

const shell = (command: string, first: readonly string[] = []) =>
  spawnSync('bash', [...withoutStartFiles, '-c', command], { env: closedEnvironment({}, first), encoding: 'utf8' });

test('a real aws that is first on the path is never called, whatever the start files say', () => {
  expect(shell('aws sts get-caller-identity')).toMatchObject({
    status: 97,
    stderr: 'The AWS command line was called where nothing may leave this machine.\n',
  });
  expect(existsSync(called)).toBe(false);
});

test('a stand-in takes its place', () => {
  const folder = join(home, 'stand-ins');
  mkdirSync(folder);
  writeFileSync(join(folder, 'aws'), '#!/bin/sh\necho stood in\n', { mode: 0o755 });

  expect(shell('aws sts get-caller-identity', [folder]).stdout).toBe('stood in\n');
  expect(existsSync(called)).toBe(false);
});

test('nothing of the account is passed on, and the SDK finds no other', async () => {
  const { stdout } = await promisify(execFile)('env', [], { env: closedEnvironment() });
  const names = stdout.split('\n').map((line) => line.split('=')[0]);

  expect(names).not.toEqual(expect.arrayContaining(['AWS_PROFILE']));
  expect(stdout).not.toMatch(/real|BASH_ENV/);
  expect(stdout).toContain('AWS_ENDPOINT_URL=http://127.0.0.1:9\n');
});

/** Where a program is started otherwise, and why. */
const otherwise: Readonly<Record<string, string>> = {
  'test/prove/closed-environment.test.ts': 'makes the machine that is to be kept out',
  'prove/deploy/second-opinion.ts': 'a validator of templates, which was installed from PyPI',
  'prove/deploy/emulator/emulator.ts': 'the emulator itself, with a Python of this machine',
  'prove/deploy/emulator/tools.ts': 'pip, which may need the proxy of this machine',
  'prove/deploy/emulator/child-process.ts': 'is handed an environment by each of its callers',
  'test/storage/local-dynamodb.ts': 'dynoxide, without any variable',
  'test/e2e/bundles.test.ts': 'a bundle, with the variables of its function and no others',
};

test('every other program that a test or a proof starts gets the closed environment', () => {
  const root = join(__dirname, '..', '..');
  const files = ['test', 'prove'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  const careless = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const starts =
      /\bfrom 'node:child_process'/.test(text) ||
      (file.startsWith('prove') && text.includes('environment: process.env'));
    return starts && (!text.includes('closedEnvironment(') || /env(ironment)?: (\{ \.\.\.)?process\.env/.test(text));
  });

  expect(careless.filter((file) => !(file in otherwise))).toEqual([]);
});
