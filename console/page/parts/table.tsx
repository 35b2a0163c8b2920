import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => ComponentChildren;
  readonly number?: boolean;
  /** Left out where the screen is narrow. */
  readonly minor?: boolean;
}

/** A real table whose rows hold real links. A table that is too wide scrolls sideways. */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  chosen,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly chosen?: string | undefined;
}) {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, number, minor }) => (
              <th key={name} scope="col" class={classOf(number, minor)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = keyOf(row);
            return (
              <tr key={key} aria-current={key === chosen ? 'true' : undefined}>
                {columns.map(({ name, cell, number, minor }) => (
                  <td key={name} class={classOf(number, minor)}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const classOf = (number = false, minor = false): string | undefined =>
  [number && 'right', minor && 'minor'].filter(Boolean).join(' ') || undefined;

/** Names and values, one below the other. */
export function Facts({ of: facts }: { readonly of: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
