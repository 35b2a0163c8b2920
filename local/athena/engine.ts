import type { DuckDBConnection } from '@duckdb/node-api' with { 'resolution-mode': 'import' };
import { messageOf } from '../failure';
import type { ObjectStore } from '../s3/object-store';
import { sqlLiteral, quoted, type Relation, viewSql } from './relations';

export interface ResultColumn {
  readonly name: string;
  /** A type of DuckDB, such as `DECIMAL(38,0)`. */
  readonly engineType: string;
}

/** A query that is open in DuckDB, with a separate database. */
export interface OpenQuery {
  /** Returns the names of the tables that it reads. Rejects a text that is no query. */
  readonly tableNames: readonly string[];
  /** Runs the query; passes the columns on first, then rows as JSON in batches. */
  run(
    relations: readonly Relation[],
    database: string,
    onColumns: (columns: readonly ResultColumn[]) => void,
    onRows: (rows: readonly (readonly unknown[])[]) => void,
  ): Promise<void>;
  interrupt(): void;
  close(): void;
}

/** A query that Athena would end with an error; the message says why. */
export class QueryFailure extends Error {}

/** Opens one query. DuckDB is loaded with the first one: its library has 70 MB and does not exist for every platform. */
export async function openQuery(sql: string, store: ObjectStore): Promise<OpenQuery> {
  const duckDb = await load();
  const settings = { threads: '2', memory_limit: '1GB', autoinstall_known_extensions: 'false' };
  const instance = await duckDb.DuckDBInstance.create(':memory:', settings);
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await checkStatement(sql, connection);
    return {
      tableNames: connection.getTableNames(sql, false),
      async run(relations, database, onColumns, onRows) {
        await prepare(relations, database, store, connection);
        const result = await connection.stream(sql).catch(asFailure);
        const types = result.columnTypes();
        onColumns(result.columnNames().map((name, at) => ({ name, engineType: String(types[at]) })));
        try {
          for await (const rows of result.yieldRowsJson()) onRows(rows);
        } catch (error) {
          asFailure(error);
        }
      },
      interrupt: () => connection.interrupt(),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

async function load() {
  try {
    return await import('@duckdb/node-api');
  } catch {
    throw new QueryFailure(
      `The local stack asks DuckDB in place of Athena, and there is none for ${process.platform} on ${process.arch}: run npm install @duckdb/node-api.`,
    );
  }
}

/** Accepts one statement that reads. Athena runs others too; the functions need none. */
async function checkStatement(sql: string, connection: DuckDBConnection): Promise<void> {
  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    throw new QueryFailure(`line 1:1: ${messageOf(error)}`);
  });
  if (statements.count !== 1 || !/^\s*(?:--[^\n]*\n\s*)*(?:with|select|\()/i.test(sql)) {
    throw new QueryFailure('The local stack runs one SELECT at a time, and no other statement.');
  }
}

/** Limits the database to the tables: no file but objects, no extension, no setting. */
async function prepare(
  relations: readonly Relation[],
  database: string,
  store: ObjectStore,
  connection: DuckDBConnection,
): Promise<void> {
  const databases = new Set([database, ...relations.map(({ table }) => table.database)]);
  for (const name of databases) await connection.run(`CREATE SCHEMA IF NOT EXISTS ${quoted(name)}`);
  for (const relation of relations) await connection.run(viewSql(relation, store)).catch(asFailure);
  await connection.run(`USE ${quoted(database)}`);
  await connection.run(`SET allowed_directories = [${sqlLiteral(`${store.folder}/`)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

function asFailure(error: unknown): never {
  throw new QueryFailure(messageOf(error));
}
