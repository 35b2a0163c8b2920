import { join } from 'node:path';
import type { ObjectFacts, ObjectStore } from '../s3/object-store';
import type { GlueTableModel } from '../template/model';

/** A table of a query, with the objects that the query reads. */
export interface Relation {
  readonly table: GlueTableModel;
  readonly objects: readonly ObjectFacts[];
}

/**
 * Returns the tables that a query names with the objects to read: the paths that the query lists, as in `"$path" IN ('s3://…')`, or all
 * objects of a table without listed paths.
 */
export function relationsOf(
  query: string,
  names: readonly string[],
  tables: readonly GlueTableModel[],
  store: ObjectStore,
): readonly Relation[] {
  const paths = pathsIn(query);
  return tables
    .filter(({ name }) => names.includes(name))
    .map((table) => {
      const base = `s3://${table.bucket}/`;
      const own = paths.filter((path) => path.startsWith(base + table.prefix));
      if (own.length === 0) return { table, objects: store.list(table.bucket, table.prefix).filter(isShown) };
      return { table, objects: own.flatMap((path) => store.find(table.bucket, path.slice(base.length)) ?? []) };
    });
}

/** Returns the distinct object paths that a query has as literals. */
function pathsIn(query: string): readonly string[] {
  const literals = query.match(/'s3:\/\/(?:[^']|'')*'/g) ?? [];
  return [...new Set(literals.map((text) => text.slice(1, -1).replaceAll("''", "'")))];
}

/**
 * Athena ignores objects whose names begin with a dot or an underscore:
 * https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html
 */
function isShown({ key }: ObjectFacts): boolean {
  return !/^[._]/.test(key.split('/').pop() ?? '');
}

/**
 * Builds a view with a table's columns in their types, also where an object lacks one, and with `$path`. (Unlike in Athena, `SELECT *`
 * includes `$path`.)
 */
export function viewSql({ table, objects }: Relation, store: ObjectStore): string {
  const columns = table.columns.map(({ name }) => quoted(name));
  const empty = [...table.columns, { name: '$path', engineType: 'VARCHAR' }].map(
    ({ name, engineType }) => `CAST(NULL AS ${engineType}) AS ${quoted(name)}`,
  );
  const parts = [`SELECT ${empty.join(', ')} WHERE false`];
  if (objects.length > 0) {
    const files = objects.map(({ key }) => store.fileOf(table.bucket, key));
    parts.push(
      `SELECT * REPLACE (${pathSql(table, objects, store)} AS "$path") ` +
        `FROM read_parquet([${files.map(sqlLiteral).join(', ')}], union_by_name = true, filename = '$path')`,
    );
  }
  return (
    `CREATE VIEW ${quoted(table.database)}.${quoted(table.name)} AS ` +
    `SELECT ${[...columns, '"$path"'].join(', ')} FROM (${parts.join(' UNION ALL BY NAME ')})`
  );
}

/** Maps the name of a file back to the path of its object. Few keys have files of other names. */
function pathSql({ bucket }: GlueTableModel, objects: readonly ObjectFacts[], store: ObjectStore): string {
  const root = join(store.folder, bucket, '/');
  const renamed = objects.filter(({ key }) => store.fileOf(bucket, key) !== root + key);
  const cases = renamed.map(
    ({ key }) => `WHEN ${sqlLiteral(store.fileOf(bucket, key))} THEN ${sqlLiteral(`s3://${bucket}/${key}`)}`,
  );
  const plain = `${sqlLiteral(`s3://${bucket}/`)} || substr("$path", length(${sqlLiteral(root)}) + 1)`;
  return cases.length === 0 ? plain : `CASE "$path" ${cases.join(' ')} ELSE ${plain} END`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function sqlLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
