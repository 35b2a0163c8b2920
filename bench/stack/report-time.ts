import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { factColumns, quarterOf, type Column } from '../../lambdas/domain/facts/columns';
import { resolveQuery } from '../../lambdas/domain/reports/report-query';
import { reportSql } from '../../lambdas/domain/reports/report-sql';

/** A month of clicks by country and device, asked of the engine that stands for Athena on this machine. */
export interface ReportTime {
  readonly rows: number;
  readonly milliseconds: number;
  /** The file, and those of its columns that the report reads: Athena bills the columns. */
  readonly fileMegabytes: number;
  readonly scannedMegabytes: number;
  /** What Athena bills for it: by the megabyte, and ten at least. */
  readonly dollars: number;
}

const day = 86_400_000;
const month = Date.UTC(2026, 10, 1);
const days = 30;
/** https://aws.amazon.com/athena/pricing/ */
const dollarsPerTerabyte = 5;
const leastMegabytes = 10;
const engineTypes = { text: 'varchar', number: 'bigint', flag: 'boolean' } as const satisfies Record<
  Column['type'],
  string
>;

/** How a click of the month is made from its number `i`; other columns are null. */
const made = (rows: number): Readonly<Record<string, string>> => {
  const time = `cast(${month} + i * ${Math.floor((days * day) / rows)} as bigint)`;
  return {
    click_id: `md5('click' || i)`,
    clicked_at: time,
    click_quarter: `cast(${quarterOf(month)} + (${time} - ${month}) // 900000 as bigint)`,
    campaign: `'campaign' || (i % 5)`,
    offer: `'main'`,
    source: `'source' || (i % 20)`,
    sub1: `'keyword' || (i * 7919 % 100000)`,
    country: `'C' || (i * 31 % 120)`,
    device: `['mobile', 'desktop', 'tablet'][i % 3 + 1]`,
    visitor: `md5('visitor' || (i % 300000))`,
    cost: 'cast(i % 1000 as bigint)',
    cost_currency: `'USD'`,
    bot: '(i % 50 = 0)',
    test: 'false',
    cost_unreadable: 'false',
  };
};

export async function reportTime(rows: number): Promise<ReportTime> {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-bench-report-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  try {
    const file = join(folder, 'clicks.parquet');
    await writeClicks(connection, rows, file);
    const { size } = statSync(file);
    const sql = sqlOf(`${folder}/`, rows, size);
    const began = performance.now();
    await connection.runAndReadAll(sql);
    const milliseconds = Math.round(performance.now() - began);
    const scanned = (await bytesOf(connection, file, columnsIn(sql))) / 1e6;
    return {
      rows,
      milliseconds,
      fileMegabytes: Math.round(size / 1e6),
      scannedMegabytes: Math.round(scanned * 10) / 10,
      dollars: Number(((Math.max(leastMegabytes, scanned) / 1e6) * dollarsPerTerabyte).toPrecision(2)),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

async function writeClicks(connection: DuckDBConnection, rows: number, file: string): Promise<void> {
  const columns: readonly Column[] = factColumns.clicks;
  const values = made(rows);
  const selected = columns.map(
    ({ name, type }) => `${values[name] ?? `cast(null as ${engineTypes[type]})`} as "${name}"`,
  );
  await connection.run(
    `copy (select ${selected.join(', ')} from range(${rows}) numbers(i)) to '${file}' (format parquet)`,
  );
  await connection.run(`create view clicks as select * from read_parquet('${file}', filename='$path')`);
}

function sqlOf(base: string, rows: number, bytes: number): string {
  const resolved = resolveQuery(
    {
      from: { day: month / day },
      to: { day: month / day + days - 1 },
      group: ['country', 'device'],
      metrics: ['clicks'],
    },
    month + days * day,
  );
  if (!resolved.ok) throw new Error(JSON.stringify(resolved));
  const click = { first: quarterOf(month), last: quarterOf(month + days * day) };
  const sql = reportSql(resolved.query, [{ key: 'clicks.parquet', set: 'clicks', rows, bytes, click }], { base });
  if (sql === undefined) throw new Error('the report asks nothing');
  return sql;
}

const columnsIn = (sql: string): readonly string[] =>
  factColumns.clicks.map(({ name }) => name).filter((name) => new RegExp(`\\b${name}\\b`).test(sql));

async function bytesOf(connection: DuckDBConnection, file: string, columns: readonly string[]): Promise<number> {
  const list = columns.map((name) => `'${name}'`).join(', ');
  const result = await connection.runAndReadAll(
    `select sum(total_compressed_size) from parquet_metadata('${file}') where path_in_schema in (${list})`,
  );
  return Number(result.getRows()[0]?.[0] ?? 0);
}
