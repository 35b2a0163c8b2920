import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { factColumns, type Column, type ColumnType, type FactSet } from '../domain/facts/columns';
import type { FactRow, FactValue } from '../domain/facts/rows';

const parquetType = { text: 'STRING', number: 'INT64', flag: 'BOOLEAN' } as const satisfies Record<ColumnType, string>;

/** Writes rows as one Parquet file with exactly the columns of their set. Throws if a value does not fit its column. */
export function writeParquet(set: FactSet, rows: readonly FactRow[]): Uint8Array {
  const columnData = factColumns[set].map((column) => ({
    name: column.name,
    type: parquetType[column.type],
    nullable: column.nullable,
    data: rows.map((row) => checked(row[column.name], column)),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** Reads the rows of a Parquet file; a column that is newer than the file is null. */
export async function readParquet(set: FactSet, bytes: Uint8Array): Promise<readonly FactRow[]> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  if (!(file instanceof ArrayBuffer)) throw new Error('a Parquet file must be in an ArrayBuffer');
  const found: readonly Record<string, unknown>[] = await parquetReadObjects({ file });
  return found.map((row) =>
    Object.fromEntries(factColumns[set].map((column) => [column.name, checked(row[column.name], column)])),
  );
}

function checked(value: unknown, { name, type, nullable }: Column): FactValue {
  if (value === undefined || value === null) {
    if (nullable) return null;
  } else if (type === 'text' && typeof value === 'string') return value;
  else if (type === 'number' && typeof value === 'bigint') return value;
  else if (type === 'flag' && typeof value === 'boolean') return value;
  throw new TypeError(`the column ${name} takes a ${type}, and not ${value === null ? 'null' : typeof value}`);
}
