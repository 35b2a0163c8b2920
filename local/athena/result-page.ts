import type { ObjectStore } from '../s3/object-store';
import { type JsonObject, stringOrUndefined } from '../json';
import type { QueryExecution } from './execution';
import { readResultFile } from './results';
import { athenaTypeOf } from './values';

const pageLimit = 1000;

/** Returns a page of GetQueryResults, or the error of the request. The very first row holds the names of the columns. */
export function readResultPage(
  { outputLocation, columns = [] }: QueryExecution,
  input: JsonObject,
  store: ObjectStore,
): JsonObject | string {
  const size = input['MaxResults'] ?? pageLimit;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > pageLimit) {
    return `MaxResults is more than maximum allowed length ${pageLimit}`;
  }
  const start = Number(stringOrUndefined(input['NextToken']) ?? 0);
  if (!Number.isInteger(start) || start < 0) return 'NextToken is not valid';
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/.exec(outputLocation) ?? [];
  if (store.find(bucket, key) === undefined) return `Could not find results at ${outputLocation}`;
  const rows = readResultFile(store.read(bucket, key));
  const page = rows.slice(start, start + size);
  return {
    UpdateCount: 0,
    ResultSet: {
      Rows: page.map((row) => ({ Data: row.map((text) => (text === null ? {} : { VarCharValue: text })) })),
      ResultSetMetadata: {
        ColumnInfo: columns.map(({ name, engineType }) => ({
          CatalogName: 'hive',
          Name: name,
          Label: name,
          Type: athenaTypeOf(engineType),
          Nullable: 'UNKNOWN',
        })),
      },
    },
    ...(start + size < rows.length ? { NextToken: String(start + size) } : {}),
  };
}
