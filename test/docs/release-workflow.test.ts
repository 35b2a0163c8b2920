import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { trackerIn } from '../cli/support/run-tracker';
import { root } from '../e2e/assembly';

const permissions = v.record(v.string(), v.picklist(['read', 'write', 'none']));
const step = v.looseObject({ run: v.optional(v.string()), uses: v.optional(v.string()) });
const job = v.looseObject({
  needs: v.optional(v.union([v.string(), v.array(v.string())]), []),
  environment: v.optional(v.string()),
  permissions: v.optional(permissions),
  'timeout-minutes': v.number(),
  steps: v.array(step),
});
const workflow = v.parse(
  v.looseObject({ permissions, jobs: v.record(v.string(), job) }),
  parse(readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8')),
);
const jobs = Object.entries(workflow.jobs);
const commands = jobs.flatMap(([, { steps }]) => steps.flatMap(({ run }) => run ?? []));
const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Deploys, or reads an account: what needs an identity there. */
const touchesAws = (run: string): boolean => /npx (cdk|tracker) /.test(run);
const runsIn = (name: string): readonly string[] => workflow.jobs[name]?.steps.flatMap(({ run }) => run ?? []) ?? [];

test('every script that it calls is there', () => {
  const called = commands.flatMap((run) =>
    [...run.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name),
  );
  const files = commands.flatMap((run) => [...run.matchAll(/bash (\S+)/g)].map(([, file = '']) => file));

  expect(called.length).toBeGreaterThan(0);
  expect(called.filter((name) => scripts[name ?? ''] === undefined)).toEqual([]);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('every command of the tracker that it calls is one', async () => {
  const called = commands.flatMap((run) => [...run.matchAll(/npx tracker (\w+)/g)].map(([, name = '']) => name));

  expect(new Set(called)).toEqual(new Set(['doctor']));
  expect(await trackerIn({})('doctor', '--help')).toMatchObject({ code: 0 });
});

test('nothing may write but what deploys, to AWS by its identity, and what publishes, to the repository', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const granted = Object.fromEntries(jobs.map(([name, one]) => [name, one.permissions]));

  expect(granted).toEqual({
    check: undefined,
    staging: { contents: 'read', 'id-token': 'write' },
    'production-plan': { contents: 'read', 'id-token': 'write' },
    production: { contents: 'read', 'id-token': 'write' },
    publish: { contents: 'write' },
  });
});

test.each(jobs)('%s has an identity in AWS exactly where it needs one, and an environment with it', (_name, one) => {
  const needsIt = one.steps.some(({ run }) => run !== undefined && touchesAws(run));

  expect(one.steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))).toBe(needsIt);
  expect(one.permissions?.['id-token'] === 'write').toBe(needsIt);
  expect(one.environment !== undefined).toBe(needsIt);
});

test('every action is pinned by a commit', () => {
  const uses = jobs.flatMap(([, { steps }]) => steps.flatMap((one) => one.uses ?? []));

  expect(uses.filter((one) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(one))).toEqual([]);
});

test('nothing reaches production but by way of all tests, staging, and a look at what changes', () => {
  expect(
    [workflow.jobs['staging'], workflow.jobs['production-plan'], workflow.jobs['production']].map((one) => one?.needs),
  ).toEqual(['check', 'staging', 'production-plan']);
  expect(runsIn('check')).toContain('bash .ci/run');
  expect(runsIn('staging').map((run) => run.split(' ').slice(1, 3).join(' '))).toEqual(
    expect.arrayContaining(['cdk diff', 'cdk deploy', 'tracker doctor']),
  );
  expect(runsIn('production-plan').filter(touchesAws)).toEqual(['npx cdk diff -c stage=prod --method template']);
});

test('no text that somebody else can choose is put into a shell', () => {
  expect(commands.filter((run) => run.includes('${{'))).toEqual([]);
});
