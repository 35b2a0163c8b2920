import type { Integration } from '../../lambdas/domain/configuration/integration';
import { fieldNamesOf } from '../../lambdas/domain/request/field-names';
import { postbackFields, type PostbackField } from '../../lambdas/domain/presets';
import { usageFailure } from '../failure';

/** The cells or members of one row of a file, by column. */
export type RowFields = Readonly<Record<string, unknown>>;

/** The use of each column of a file. */
export interface ColumnPlan {
  /** New names of columns, by their old ones. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The column of each field. */
  readonly read: readonly { readonly column: string; readonly field: PostbackField }[];
  /** Columns that are sent but not read. */
  readonly unread: readonly string[];
}

/**
 * Determines the field of each column before anything is sent.
 * @param pairs `Order ID=transactionId`: a column, and a field or the parameter that it is sent as
 */
export function planColumns(
  columns: readonly string[],
  pairs: readonly (readonly [column: string, target: string])[],
  integration: Integration,
): ColumnPlan {
  const { names } = fieldNamesOf(integration);
  const renamed = new Map(pairs.map(([column, target]) => [column, parameterOf(target, names)]));
  const missing = [...renamed.keys()].filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw usageFailure(`The file has no column ${quoted(missing)}.`, `Its columns are ${quoted(columns)}.`);
  }
  const sent = columns.map((column) => ({ column, name: (renamed.get(column) ?? column).toLowerCase() }));
  const twice = sent.find(({ name }, at) => sent.findIndex((other) => other.name === name) < at);
  if (twice !== undefined) {
    const both = sent.filter(({ name }) => name === twice.name).map(({ column }) => column);
    throw usageFailure(
      `The columns ${quoted(both)} would both be sent as "${twice.name}".`,
      'Map one of them to another name.',
    );
  }
  const read = sent.flatMap(({ column, name }) => {
    const field = postbackFields.find((one) => names[one].includes(name));
    return field === undefined ? [] : [{ column, field }];
  });
  // A JSON column may hold objects, whose members are named by both: `data.clickid`.
  const mayBeNested = names.clickId.some((name) =>
    columns.some((column) => name.startsWith(`${column.toLowerCase()}.`)),
  );
  if (!read.some(({ field }) => field === 'clickId') && !mayBeNested) {
    throw usageFailure(
      `No column holds the click ID; the file has ${quoted(columns)}.`,
      `Name it with --map "COLUMN=clickId". The integration reads ${names.clickId.join(', ')} without a mapping.`,
    );
  }
  const known = new Set(read.map(({ column }) => column));
  return { renamed, read, unread: columns.filter((column) => !known.has(column)) };
}

function parameterOf(target: string, names: Readonly<Record<PostbackField, readonly string[]>>): string {
  const field = postbackFields.find((one) => one.toLowerCase() === target.toLowerCase());
  return (field && names[field][0]) ?? target;
}

/** Returns the fields of a row under their parameter names. */
export function renamedFields(fields: RowFields, { renamed }: Pick<ColumnPlan, 'renamed'>): RowFields {
  return Object.fromEntries(Object.entries(fields).map(([column, value]) => [renamed.get(column) ?? column, value]));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
