/** Maps types of DuckDB to types of GetQueryResults. */
const athenaTypes: Readonly<Record<string, string>> = {
  BIGINT: 'bigint',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DECIMAL: 'decimal',
  DOUBLE: 'double',
  FLOAT: 'float',
  // DuckDB widens sums; Athena keeps the type of the summed column.
  HUGEINT: 'bigint',
  INTEGER: 'integer',
  SMALLINT: 'smallint',
  TIMESTAMP: 'timestamp',
  TINYINT: 'tinyint',
  VARCHAR: 'varchar',
};

export function athenaTypeOf(engineType: string): string {
  return athenaTypes[/^\w+/.exec(engineType)?.[0] ?? ''] ?? 'varchar';
}

/** Formats a value as Athena writes it into a result; `undefined` for NULL. */
export function textOfValue(value: unknown, engineType: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return engineType === 'TIMESTAMP' ? toMilliseconds(value) : value;
  if (typeof value === 'number') return /^(DOUBLE|FLOAT)/.test(engineType) ? textOfDouble(value) : String(value);
  if (Array.isArray(value)) return `[${value.map((item) => textOfValue(item, engineType) ?? 'null').join(', ')}]`;
  return JSON.stringify(value);
}

function toMilliseconds(time: string): string {
  const [seconds = '', fraction = ''] = time.split('.');
  return `${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}`;
}

/** Formats numbers like Java, the language of Athena: `5.0`, `1.0E7`, `1.5E-4`. */
function textOfDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}
