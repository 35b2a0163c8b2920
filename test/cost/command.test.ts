import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { trackerIn } from '../cli/support/run-tracker';
import { templateOf, templateWith } from './support/templates';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'tracker-cost-'));
const tracker = trackerIn({});
const template = join(folder, 'prod.template.json');

beforeAll(async () => writeFileSync(template, JSON.stringify(await templateOf('prod'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answer = v.object({ totals: v.record(v.string(), v.number()), unpriced: v.array(v.string()) });

test('tells programs what a month costs, part by part and in all', async () => {
  const { code, json } = await tracker('cost', '--template', template, '--clicks', '10M', '--postbacks', '0', '--json');
  const { totals, unpriced } = v.parse(answer, json());
  const { month, ...parts } = totals;

  expect([code, unpriced, parts['postbacks']]).toEqual([0, [], 0]);
  expect(parts['clicks']).toBeGreaterThan(18);
  expect(month).toBeCloseTo(
    Object.values(parts).reduce((sum, one) => sum + one, 0),
    9,
  );
});

test('tells people the same with what lowers it, and where the prices are from', async () => {
  const { code, stdout } = await tracker('cost', '--template', template, '--postbacks', '300k');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^ {2}Alarms +\d+\.\d\d {2}\d+ alarms, by the \d+ metrics that they read$/m);
  expect(stdout).toContain('List prices of us-east-1');
});

test('synthesizes the stage that is named', async () => {
  const { code, stdout } = await tracker('cost', '--stage', 'dev', '--json');

  expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ unpriced: [] })]);
});

test('says of a stage that there is none, and which there are', async () => {
  const { code, stderr } = await tracker('cost', '--stage', 'moon');

  expect([code, stderr]).toEqual([2, expect.stringContaining('Stage "moon" is not known; known are dev, prod.')]);
});

test('names what it cannot price, and ends with 1', async () => {
  const file = join(folder, 'other.json');
  const { Resources } = v.parse(v.object({ Resources: v.record(v.string(), v.any()) }), await templateOf('prod'));
  writeFileSync(file, JSON.stringify(templateWith({ ...Resources, Cluster: { Type: 'AWS::ECS::Cluster' } })));
  const { code, stdout } = await tracker('cost', '--template', file);

  expect([code, stdout]).toEqual([1, expect.stringContaining('unpriced: AWS::ECS::Cluster; the total is too low.')]);
});

test('rejects a number that is none', async () => {
  const { code, stderr } = await tracker('cost', '--clicks', 'many');

  expect([code, stderr]).toEqual([2, expect.stringContaining('--clicks takes a number such as 10M')]);
});
