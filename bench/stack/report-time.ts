import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { factColumns, factSets, quarterOf, type FactSet } from '../../lambdas/domain/facts/columns';
import type { FactObject } from '../../lambdas/domain/facts/manifest';
import { metrics as allMetrics, type Metric } from '../../lambdas/domain/reports/metrics';
import { resolveQuery } from '../../lambdas/domain/reports/report-query';
import { reportSql } from '../../lambdas/domain/reports/report-sql';
import { conversionsPerClick, madeRows, month, monthDays } from './report-rows';

/** A month by country and device, asked of the engine that stands for Athena on this machine. */
export interface ReportTime {
  readonly what: string;
  /** Clicks; two of a hundred have a conversion. */
  readonly rows: number;
  /** Of three times the shortest. */
  readonly milliseconds: number;
  /** The files, and those of their columns that the report reads: Athena bills the columns. */
  readonly fileMegabytes: number;
  readonly scannedMegabytes: number;
  /** What Athena bills for it: by the megabyte, and ten at least. */
  readonly dollars: number;
}

const day = 86_400_000;
const times = 3;
/** https://aws.amazon.com/athena/pricing/ */
const dollarsPerTerabyte = 5;
const leastMegabytes = 10;

const reports: readonly { readonly what: string; readonly metrics: readonly Metric[] }[] = [
  { what: 'clicks', metrics: ['clicks'] },
  { what: 'clicks, conversions, revenue, cost', metrics: ['clicks', 'conversions', 'revenue', 'cost'] },
  { what: 'every metric', metrics: allMetrics },
];

/** Each report of so many clicks. */
export async function reportTimes(rows: number): Promise<readonly ReportTime[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-bench-report-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    const objects: FactObject[] = [];
    for (const set of factSets) objects.push(await write(connection, set, rows, folder));
    const found: ReportTime[] = [];
    for (const { what, metrics } of reports) {
      const sql = sqlOf(metrics, objects, `${folder}/`);
      const scanned = (await bytesOf(connection, folder, objects, sql)) / 1e6;
      found.push({
        what,
        rows,
        milliseconds: await shortest(connection, sql),
        fileMegabytes: Math.round(objects.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6),
        scannedMegabytes: Math.round(scanned * 10) / 10,
        dollars: Number(((Math.max(leastMegabytes, scanned) / 1e6) * dollarsPerTerabyte).toPrecision(2)),
      });
    }
    return found;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

async function write(connection: DuckDBConnection, set: FactSet, rows: number, folder: string): Promise<FactObject> {
  const key = `${set}.parquet`;
  const file = join(folder, key);
  const count = set === 'clicks' ? rows : Math.floor(rows * conversionsPerClick);
  await connection.run(
    `copy (select ${madeRows(set, rows)} from range(${count}) numbers(i)) to '${file}' (format parquet)`,
  );
  await connection.run(`create view ${set} as select * from read_parquet('${file}', filename='$path')`);
  const range = { first: quarterOf(month), last: quarterOf(month + monthDays * day) };
  return { key, set, rows: count, bytes: statSync(file).size, click: range, conversion: range, booked: range };
}

function sqlOf(metrics: readonly Metric[], objects: readonly FactObject[], base: string): string {
  const resolved = resolveQuery(
    {
      from: { day: month / day },
      to: { day: month / day + monthDays - 1 },
      group: ['country', 'device'],
      metrics,
    },
    month + monthDays * day,
  );
  if (!resolved.ok) throw new Error(JSON.stringify(resolved));
  const sql = reportSql(resolved.query, objects, { base });
  if (sql === undefined) throw new Error('the report asks nothing');
  return sql;
}

async function shortest(connection: DuckDBConnection, sql: string): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < times; time++) {
    const began = performance.now();
    await connection.runAndReadAll(sql);
    least = Math.min(least, performance.now() - began);
  }
  return Math.round(least);
}

/** The columns of each file that the statement names, as they lie in the file. */
async function bytesOf(
  connection: DuckDBConnection,
  folder: string,
  objects: readonly FactObject[],
  sql: string,
): Promise<number> {
  let bytes = 0;
  for (const { key, set } of objects) {
    const columns = factColumns[set].map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(sql));
    const list = columns.map((name) => `'${name}'`).join(', ');
    const result = await connection.runAndReadAll(
      `select sum(total_compressed_size) from parquet_metadata('${join(folder, key)}') where path_in_schema in (${list})`,
    );
    bytes += Number(result.getRows()[0]?.[0] ?? 0);
  }
  return bytes;
}
