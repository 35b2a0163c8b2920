import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedEnvironment } from '../../prove/closed-environment';
import { node, root } from '../e2e/assembly';
import { takesColours } from '../../cli/terminal/style';
import { startAwsDouble, type AwsDouble } from './support/aws-double';
import { program, trackerIn } from './support/run-tracker';

jest.setTimeout(30_000);

const source = (id: string) => ({ id, version: 1, updatedAt: '2026-11-23T12:00:00Z', updatedBy: 'ada', name: id });

let api: AwsDouble;

beforeAll(async () => {
  api = await startAwsDouble();
  const items = Array.from({ length: 20_000 }, (_, number) => source(`source-${number}`));
  api.answers = [{ status: 200, body: JSON.stringify({ items, caller: 'unknown', stage: 'dev' }) }];
});
afterAll(() => api.close());

test('docs/cli.md is what npm run docs makes of the commands: each is described, with an example', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-docs-'));
  const page = join(folder, 'cli.md');
  execFileSync(node, ['--import', 'tsx', join(root, 'docs', 'cli', 'write.ts'), page]);
  const fresh = readFileSync(page, 'utf8');
  rmSync(folder, { recursive: true });

  expect(readFileSync(join(root, 'docs', 'cli.md'), 'utf8')).toBe(fresh);
  for (const section of fresh.split(/^### /m).slice(1)) {
    const [name = '', description] = section.split(/\n+/);
    expect(description).toMatch(/^[A-Z].{10,}\.$/);
    expect(section).toMatch(new RegExp(`^.*\\btracker ${name}\\b`, 'm'));
  }
});

test('colours are for terminals, or where they are asked for', async () => {
  const environment = { TRACKER_URL: api.url };
  const [plain, forced] = await Promise.all([
    trackerIn(environment)('source', 'list'),
    trackerIn({ ...environment, FORCE_COLOR: '1' })('source', 'list'),
  ]);

  expect(plain.stdout).toMatch(/^ID +NAME/);
  expect(forced.stdout).toContain('\u001B[1mID\u001B[22m');
});

test.each([
  [{}, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  [{ NO_COLOR: '', FORCE_COLOR: '1' }, true],
])('into a pipe colours go by the environment alone: %j', (environment, coloured) => {
  expect(takesColours({}, environment)).toBe(coloured);
});

test('a terminal takes colours, unless somebody wants none', () => {
  const terminal = { isTTY: true };
  const answers = [{}, { NO_COLOR: '1' }, { TERM: 'dumb' }, { FORCE_COLOR: '0' }].map((environment) =>
    takesColours(terminal, environment),
  );
  expect(answers).toEqual([true, false, false, false]);
});

test('it says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  expect(await trackerIn({})('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [2, ['source', 'list', '--colour', '--json'], "unknown option '--colour'"],
  [2, ['postbacks', 'search', '--since', 'yesterday', '--json'], 'takes so long ago'],
  [5, ['source', 'list', '--json', '--local', '9'], 'Nothing answers at http://127.0.0.1:9'],
])('under --json an error is JSON, and standard output empty: %d %j', async (code, given, sentence) => {
  const run = await trackerIn({})(...given);
  const answer = JSON.parse(run.stderr) as { readonly error: { readonly exitCode: number; readonly message: string } };

  expect(run).toMatchObject({ code, stdout: '' });
  expect(answer.error.exitCode).toBe(code);
  expect(answer.error.message).toContain(sentence);
});

test('a reader that has read enough, as head does, is no error', async () => {
  const child = spawn(node, [program, 'source', 'list'], { env: closedEnvironment({ TRACKER_URL: api.url }) });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());

  await once(child, 'close');

  expect({ code: child.exitCode, stderr }).toEqual({ code: 0, stderr: '' });
});

test('Ctrl-C ends it with 130 and without a word', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const child = spawn(node, [program, 'source', 'list', '--local', String(port)], {
    env: closedEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(silent, 'request');

  child.kill('SIGINT');
  await once(child, 'close');
  silent.closeAllConnections();
  silent.close();

  expect({ code: child.exitCode, output }).toEqual({ code: 130, output: '' });
});

test('an error has a stack trace only with TRACKER_DEBUG', async () => {
  const nowhere = { TRACKER_URL: 'http://127.0.0.1:9' };
  const [plain, debugged] = await Promise.all([
    trackerIn(nowhere)('source', 'list'),
    trackerIn({ ...nowhere, TRACKER_DEBUG: '1' })('source', 'list'),
  ]);

  expect(plain.stderr).not.toMatch(/^ +at /m);
  expect(debugged.stderr).toMatch(/^ +at /m);
});

test('the console is served until Ctrl-C, on a port of this machine that is open to the page of its address alone', async () => {
  const given = [program, 'console', '--no-open', '--json'];
  const child = spawn(node, given, {
    env: closedEnvironment({ TRACKER_URL: api.url }),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  const { url } = JSON.parse(String(said)) as { url: string };

  const { origin } = new URL(url);
  const answered = [await fetch(url), await fetch(url, { headers: { origin: 'https://evil.example' } })];
  const call = await fetch(`${origin}/console/api/session`);
  expect([...answered, call].map(({ status }) => status)).toEqual([200, 403, 401]);

  child.kill('SIGINT');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});
