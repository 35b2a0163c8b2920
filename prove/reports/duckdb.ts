import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { factSets } from '../../lambdas/domain/facts/columns';
import { factsBase, type Engine } from './engine';

/** Opens DuckDB on the files of a folder, with `$path` as Trino shows it. */
export async function openDuckDb(folder: string): Promise<Engine> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  const facts = join(folder, 'facts', '/');
  for (const set of factSets) {
    const path = `'${factsBase}' || substr("$path", ${facts.length + 1})`;
    const files = `read_parquet('${facts}${set}/**/*.parquet', filename='$path')`;
    await connection.run(`create view ${set} as select * replace (${path} as "$path") from ${files}`);
  }
  return {
    name: 'DuckDB',
    async ask(sql) {
      const result = await connection.runAndReadAll(sql);
      return result.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    },
    async stop() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
