import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { factColumns, factSets, type Column, type FactSet } from '../../../../../lambdas/domain/facts/columns';
import type { FactObject, QuarterRange } from '../../../../../lambdas/domain/facts/manifest';
import type { AnswerRow } from '../../../../../lambdas/domain/reports/tally';
import type { Fact, Facts } from './facts';

/** Parquet files with facts, asked by DuckDB as Athena is. */
export interface FactStore {
  readonly base: string;
  readonly objects: readonly FactObject[];
  ask(sql: string): Promise<readonly AnswerRow[]>;
  stop(): void;
}

const types = { text: 'varchar', number: 'bigint', flag: 'boolean' } as const satisfies Record<Column['type'], string>;

/** Writes facts into so many objects of each set. */
export async function storeFacts(facts: Facts, objectsOfSet = 3): Promise<FactStore> {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const objects: FactObject[] = [];
  for (const set of factSets) {
    for (let index = 0; index < objectsOfSet; index++) {
      const rows = facts[set].filter((_, at) => at % objectsOfSet === index);
      if (rows.length === 0) continue;
      const key = `${set}-${index}.parquet`;
      await write(connection, set, rows, join(folder, key));
      objects.push(objectOf(key, set, rows));
    }
    // A file that no manifest names: what it holds must not count.
    await write(connection, set, facts[set].slice(0, 20), join(folder, `${set}-orphan.parquet`));
    await connection.run(
      `create view ${set} as select * from read_parquet('${folder}/${set}-*.parquet', filename='$path')`,
    );
  }
  return {
    base: `${folder}/`,
    objects,
    async ask(sql) {
      const result = await connection.runAndReadAll(sql);
      return result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    },
    stop() {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true });
    },
  };
}

async function write(connection: DuckDBConnection, set: FactSet, rows: readonly Fact[], file: string): Promise<void> {
  const columns: readonly Column[] = factColumns[set];
  await connection.run(
    `create table written (${columns.map(({ name, type }) => `"${name}" ${types[type]}`).join(', ')})`,
  );
  const appender = await connection.createAppender('written');
  for (const row of rows) {
    for (const { name, type } of columns) {
      const value = row[name];
      if (value === undefined) throw new Error(`a row of ${set} has no ${name}`);
      if (value === null) appender.appendNull();
      else if (type === 'number') appender.appendBigInt(BigInt(String(value)));
      else if (type === 'flag') appender.appendBoolean(value === true);
      else appender.appendVarchar(String(value));
    }
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`copy written to '${file}' (format parquet)`);
  await connection.run('drop table written');
}

function objectOf(key: string, set: FactSet, rows: readonly Fact[]): FactObject {
  const rangeOf = (column: string): QuarterRange => {
    const quarters = rows.map((row) => Number(row[column]));
    return { first: Math.min(...quarters), last: Math.max(...quarters) };
  };
  return {
    key,
    set,
    rows: rows.length,
    bytes: rows.length,
    click: rangeOf('click_quarter'),
    ...(set === 'conversions' && { conversion: rangeOf('conversion_quarter'), booked: rangeOf('booked_quarter') }),
  };
}
