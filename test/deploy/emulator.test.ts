import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closedEnvironment } from '../../prove/closed-environment';
import { corrected } from '../../prove/deploy/account/correct-policies';
import { Checks } from '../../prove/deploy/checks';
import { run, start } from '../../prove/deploy/emulator/child-process';
import { forEmulator } from '../../prove/deploy/emulator/left-out';
import { node, root } from '../e2e/assembly';
import { eventually } from '../e2e/eventually';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what is put right in a policy of the emulator', () => {
  const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
  const secrets = new Map([['master', 'arn:aws:secretsmanager:us-east-1:000000000000:secret:master-x']]);

  test('is the name of a secret where its ARN belongs', () => {
    const before = policy({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'master' });
    expect(corrected(before, secrets)).toContain(secrets.get('master'));
  });

  test('is a batch, for which IAM has no action', () => {
    const before = policy({ Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:DeleteMessage'], Resource: 'arn:queue' });
    expect(JSON.parse(corrected(before, secrets))['Statement']).toEqual([
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage', 'sqs:SendMessageBatch', 'sqs:DeleteMessage', 'sqs:DeleteMessageBatch'],
        Resource: ['arn:queue'],
      },
    ]);
  });

  test('is nothing else: what the template does not grant is not granted', () => {
    const before = policy({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:table' });
    expect(corrected(before, secrets)).toBe(before);
  });
});

test('the template for the emulator lacks what it rejects, and whatever names that', () => {
  const plain = { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } };
  const board = (named: unknown) => ({ Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: [named] } });
  const template = {
    Outputs: { Url: { Value: 'u' } },
    Resources: {
      Plain: plain,
      Math: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [{ Expression: 'a + b' }] } },
      Both: { Type: 'AWS::CloudWatch::CompositeAlarm', Properties: { AlarmRule: 'ALARM(Math)' } },
      Query: { Type: 'AWS::Logs::QueryDefinition', Properties: {} },
      Board: board({ 'Fn::GetAtt': ['Math', 'Arn'] }),
      Other: board({ 'Fn::GetAtt': ['Plain', 'Arn'] }),
    },
  };
  expect(forEmulator(template)).toEqual({
    Outputs: { Url: { Value: 'u' } },
    Resources: { Plain: plain, Board: board('without Math'), Other: board({ 'Fn::GetAtt': ['Plain', 'Arn'] }) },
  });
});

describe('checks', () => {
  test('say what is missing and what is too many', () => {
    const said: string[] = [];
    const checks = new Checks((line) => said.push(line));
    checks.same('every row', ['a', 'c'], ['a', 'b'], '2 rows');
    expect(checks.failed).toEqual([{ claim: 'every row', figure: 'no b, also c', holds: false }]);
    expect(said).toEqual(['  FAILED  every row: no b, also c']);
  });

  test('of lists that are the same give the figure', () => {
    const checks = new Checks(() => undefined);
    checks.same('every row', ['b', 'a'], ['a', 'b'], '2 rows');
    expect(checks.all).toEqual([{ claim: 'every row', figure: '2 rows', holds: true }]);
  });
});

describe('a program that is started', () => {
  const options = () => ({ environment: closedEnvironment(), folder, log: join(folder, 'log') });

  test('ends with all that it has started itself', async () => {
    const started = start('/bin/sh', ['-c', 'sleep 300 & echo "$!"; wait'], options());
    const child = await eventually('it has a child', async () => Number(started.output().trim()) || undefined);
    await started.end();
    expect(await eventually('the child has ended', async () => !isAlive(child))).toBe(true);
  });

  test('is ended when it takes too long, and has failed', async () => {
    const { code } = await run('/bin/sh', ['-c', 'sleep 300'], { ...options(), limitSeconds: 0.2 });
    expect(code).not.toBe(0);
  });

  test('has failed where there is no such program', async () => {
    const { code, output } = await run(join(folder, 'nothing'), [], { ...options(), limitSeconds: 5 });
    expect([code, output]).toEqual([1, expect.stringContaining('ENOENT')]);
  });

  test('leaves what it said in its log', async () => {
    await run('/bin/sh', ['-c', 'echo said'], { ...options(), limitSeconds: 5 });
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('said\n');
  });
});

describe('where there is no Python', () => {
  const prove = (...given: readonly string[]) =>
    new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
      const environment = closedEnvironment({ PATH: folder, TMPDIR: folder });
      const script = ['--import', 'tsx', join('prove', 'deploy', 'run.ts'), ...given];
      const child = execFile(node, script, { cwd: root, env: environment }, (_, stdout) =>
        resolve({ code: child.exitCode, said: stdout }),
      );
    });
  beforeEach(() => writeFileSync(join(folder, 'openssl'), '#!/bin/sh\n', { mode: 0o755 }));

  test('the proof is skipped, and says why', async () => {
    const { code, said } = await prove();
    expect([code, said]).toEqual([0, 'Skipped: There is no Python 3.10 or later with venv (python3 on PATH).\n']);
  });

  test('it fails where it is required', async () => {
    const { code, said } = await prove('--required');
    expect([code, said]).toEqual([1, expect.stringContaining('NOT proven: There is no Python 3.10')]);
  });
});

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
