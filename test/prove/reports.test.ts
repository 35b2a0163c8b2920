import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareAnswers, compareOrder } from '../../prove/reports/compare';
import { openDuckDb } from '../../prove/reports/duckdb';
import type { Engine } from '../../prove/reports/engine';
import { awkwardMonth, writeMonth } from '../../prove/reports/month';
import { readReportProofOptions } from '../../prove/reports/options';
import { proveAudit, proveShape, type ProofWorld } from '../../prove/reports/prove-shapes';
import { releaseIn } from '../../prove/reports/trino/java';
import type { Facts } from '../lambdas/domain/reports/support/facts';

const folder = mkdtempSync(join(tmpdir(), 'prove-reports-test-'));
const facts = awkwardMonth(3, 60);
let engine: Engine;
let world: ProofWorld;
beforeAll(async () => {
  const objects = writeMonth(facts, folder);
  engine = await openDuckDb(folder);
  world = { facts, objects, engines: [engine] };
});
afterAll(async () => {
  await engine.stop();
  rmSync(folder, { recursive: true });
});

const shape = {
  title: 'one',
  questions: [{ from: '2026-09-30', to: '2026-11-30', timezone: 'UTC', by: 'click', groups: ['campaign'] }],
} as const;

describe('the proof of reports', () => {
  test('finds nothing where the naive program and the product have the same facts', async () => {
    const [reports, audits] = [await proveShape(shape, world), await proveAudit(world)];
    expect([reports.withGolden.differences, audits.withGolden.differences]).toStrictEqual([[], []]);
    expect([reports.withGolden.cells > 50, audits.withGolden.cells > 50]).toStrictEqual([true, true]);
  });

  test.each<[string, (clicks: Facts['clicks'], conversions: Facts['conversions']) => Facts]>([
    ['a click that is missing', (clicks, conversions) => ({ clicks: clicks.slice(0, -1), conversions })],
    [
      'a millionth of an amount',
      (clicks, conversions) => ({
        clicks,
        conversions: conversions.map((row) => ({ ...row, amount: BigInt(String(row['amount'] ?? 0)) + 1n })),
      }),
    ],
  ])('finds %s', async (_, changed) => {
    const other = { ...world, facts: changed(facts.clicks, facts.conversions) };
    const [reports, audits] = [await proveShape(shape, other), await proveAudit(other)];
    expect(reports.withGolden.differences.length).toBeGreaterThan(0);
    expect(audits.withGolden.differences.length).toBeGreaterThan(0);
  });

  test('finds an engine that answers otherwise', async () => {
    const lying: Engine = { ...engine, ask: async (sql) => (await engine.ask(sql)).slice(1) };
    const { betweenEngines } = await proveShape(shape, { ...world, engines: [engine, lying] });
    expect(betweenEngines.differences).toHaveLength(1);
  });
});

test('answers are compared whatever their order, and exports by the order of their groups', () => {
  const row = (part: string, group: string): (string | null)[] => [part, '0', group, null, null, null, null];
  const rows = [row('clicks', 'a'), row('cost', 'a'), row('clicks', 'b')];
  const mixed = [rows[2] ?? [], rows[0] ?? [], rows[1] ?? []];
  expect(compareAnswers(rows, mixed)).toStrictEqual({ cells: 21, differences: [] });
  expect(compareAnswers(rows, [...rows, row('clicks', 'b')]).differences).toHaveLength(1);
  expect(compareOrder(rows, mixed).differences).toHaveLength(1);
  expect(compareOrder(rows, [rows[1] ?? [], rows[0] ?? [], rows[2] ?? []]).differences).toStrictEqual([]);
});

test('a Java says its release, and options are numbers', () => {
  expect(releaseIn('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="25.0.1"\n')).toBe(25);
  expect(releaseIn('JAVA_VERSION=17\n')).toBe(17);
  expect(releaseIn('nothing')).toBeUndefined();
  expect(readReportProofOptions(['--seed', '7', '--no-trino'])).toMatchObject({ seed: 7, trino: 'no' });
  expect(() => readReportProofOptions(['--seed', 'x'])).toThrow('--seed must be a whole number');
});
