import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as metric from '../../lambdas/counters';
import { closedEnvironment, withoutStartFiles } from '../../prove/closed-environment';
import { root, synthesized } from '../e2e/assembly';
import { startLocalStack, type LocalStack } from '../e2e/local-stack';

jest.setTimeout(120_000);

const blocks = [...readFileSync(join(root, 'docs', 'runbook.md'), 'utf8').matchAll(/```sh\n(.+?)```/gs)].map(
  ([, block = '']) => block,
);
/** What is pasted once, and every command of every section. What is indented goes on with the line before. */
const [preparation = '', ...sections] = blocks;
const commands = [...new Set(sections.flatMap((block) => block.split(/\n(?! )/)).filter((line) => line !== ''))];

let stack: LocalStack;
let folder: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  const assembly = await synthesized('prod');
  const template = readdirSync(assembly).find((name) => name.endsWith('.template.json')) ?? '';
  stack = await startLocalStack({ assembly, concurrency: 1 });
  folder = mkdtempSync(join(tmpdir(), 'tracker-runbook-'));
  const settings = { REPOSITORY: root, TEMPLATE: join(assembly, template), ASKED: join(folder, 'asked') };
  environment = closedEnvironment(settings, [join(__dirname, 'stand-ins')]);
});
afterAll(async () => {
  await stack.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** As somebody would: what is pasted once, for a stack on this machine, and then the command. */
function type(command: string) {
  const script = `${preparation}\nexport TRACKER=--local=${stack.url}\n${command}`;
  return spawnSync('bash', [...withoutStartFiles, '-c', script], { cwd: root, env: environment, encoding: 'utf8' });
}

test('there is a command to try', () => {
  expect(commands.length).toBeGreaterThan(30);
});

test.each(commands)('%s', (command) => {
  const { status, stdout, stderr } = type(command);

  // 1 is a finding: the stack has one when a command of the runbook is typed.
  expect([0, 1]).toContain(status);
  expect(stderr).not.toMatch(/error|usage|unknown|not found/i);
  expect(stdout).not.toMatch(/NO-RESOURCE|NO-QUERY/);
});

test('whatever was asked of AWS names what the template has', () => {
  const asked = readFileSync(join(folder, 'asked'), 'utf8');

  expect(asked.split('\n').filter((line) => /NO-RESOURCE|NO-QUERY|\bNone\b/.test(line))).toEqual([]);
  const counted = [...asked.matchAll(/--namespace PostbackTracker --metric-name (\S+)/g)].map(([, name]) => name);
  expect(Object.values(metric)).toEqual(expect.arrayContaining(counted));
});

test('a name is found beyond the first hundred resources, of which there are more', () => {
  const { Resources: resources } = JSON.parse(readFileSync(environment['TEMPLATE'] ?? '', 'utf8'));
  expect(Object.keys(resources).length).toBeGreaterThan(100);

  for (const name of ['table PostbackLog', 'queue RetryQueue', 'logs Postback', 'code Admin']) {
    const { stdout } = type(name);
    expect(Object.keys(resources)).toContain(stdout.trim());
  }
});

test('what is pasted once is a script that a shell takes', () => {
  expect(
    execFileSync('bash', [...withoutStartFiles, '-n', '-c', blocks.join('\n')], { env: environment, encoding: 'utf8' }),
  ).toBe('');
});
