import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { factColumns, factSets, quarterOf, type FactSet } from '../../lambdas/domain/facts/columns';
import type { FactObject } from '../../lambdas/domain/facts/manifest';
import type { Group } from '../../lambdas/domain/reports/groups';
import { metrics as allMetrics, type Metric } from '../../lambdas/domain/reports/metrics';
import { resolveQuery } from '../../lambdas/domain/reports/report-query';
import { reportSql } from '../../lambdas/domain/reports/report-sql';
import { conversionsPerClick, madeRows, month, monthDays } from './report-rows';

/** A report of a month of clicks, or of its last day, from the engine that replaces Athena on this machine. */
export interface ReportTime {
  readonly what: string;
  /** Clicks of the month; two of a hundred have a conversion. */
  readonly rows: number;
  /** The shortest of three times. */
  readonly milliseconds: number;
  /** The files, and those of their columns that the report reads: Athena bills the columns. */
  readonly fileMegabytes: number;
  readonly scannedMegabytes: number;
  /** Athena's price for it: by the megabyte, and ten at least. */
  readonly dollars: number;
}

const day = 86_400_000;
const times = 3;
/** https://aws.amazon.com/athena/pricing/ */
const dollarsPerTerabyte = 5;
const leastMegabytes = 10;

interface TimedReport {
  readonly what: string;
  readonly metrics: readonly Metric[];
  readonly group: readonly Group[];
  /** Days up to the last one of the month. */
  readonly days: number;
}

const byCountry = { group: ['country', 'device'], days: monthDays } as const;
const few: readonly Metric[] = ['clicks', 'conversions', 'revenue', 'cost'];
const today = { group: [], days: 1 } as const;

const reports: readonly TimedReport[] = [
  { ...byCountry, what: 'a month by country and device: clicks', metrics: ['clicks'] },
  { ...byCountry, what: 'a month by country and device: clicks, conversions, revenue, cost', metrics: few },
  { ...byCountry, what: 'a month by country and device: every metric', metrics: allMetrics },
  { ...today, what: `today's totals: clicks, conversions, revenue, cost`, metrics: few },
  { ...today, what: `today's totals: every metric`, metrics: allMetrics },
];

/** Each report of so many clicks. */
export async function reportTimes(rows: number): Promise<readonly ReportTime[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-bench-report-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    const objects: FactObject[] = [];
    for (const set of factSets) objects.push(...(await write(connection, set, rows, folder)));
    const found: ReportTime[] = [];
    for (const report of reports) {
      const sql = sqlOf(report, objects, `${folder}/`);
      const scanned = (await bytesOf(connection, folder, objects, sql)) / 1e6;
      found.push({
        what: report.what,
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

/** A file for each day, as compaction leaves them. */
async function write(connection: DuckDBConnection, set: FactSet, rows: number, folder: string): Promise<FactObject[]> {
  const all = set === 'clicks' ? rows : Math.floor(rows * conversionsPerClick);
  const objects: FactObject[] = [];
  for (let at = 0; at < monthDays; at++) {
    const [first, end] = [Math.floor((all * at) / monthDays), Math.floor((all * (at + 1)) / monthDays)];
    const key = `${set}-${String(at).padStart(2, '0')}.parquet`;
    const file = join(folder, key);
    await connection.run(
      `copy (select ${madeRows(set, rows)} from range(${first}, ${end}) numbers(i)) to '${file}' (format parquet)`,
    );
    const began = month + at * day;
    const range = { first: quarterOf(began), last: quarterOf(began + day) };
    const spans = { click: range, conversion: range, booked: range };
    objects.push({ key, set, rows: end - first, bytes: statSync(file).size, ...spans });
  }
  await connection.run(
    `create view ${set} as select * from read_parquet('${join(folder, `${set}-*.parquet`)}', filename='$path')`,
  );
  return objects;
}

function sqlOf({ metrics, group, days }: TimedReport, objects: readonly FactObject[], base: string): string {
  const last = month / day + monthDays - 1;
  const resolved = resolveQuery(
    { from: { day: last - days + 1 }, to: { day: last }, group, metrics },
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

/** The columns that the statement names, of each file that it names, as they lie in the file. */
async function bytesOf(
  connection: DuckDBConnection,
  folder: string,
  objects: readonly FactObject[],
  sql: string,
): Promise<number> {
  let bytes = 0;
  for (const { key, set } of objects) {
    if (!sql.includes(key)) continue;
    const columns = factColumns[set].map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(sql));
    const list = columns.map((name) => `'${name}'`).join(', ');
    const result = await connection.runAndReadAll(
      `select sum(total_compressed_size) from parquet_metadata('${join(folder, key)}') where path_in_schema in (${list})`,
    );
    bytes += Number(result.getRows()[0]?.[0] ?? 0);
  }
  return bytes;
}
