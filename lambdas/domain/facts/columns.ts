/**
 * The columns of the two sets of facts, once: the Parquet files, the tables of the report database and the SQL of reports are made
 * from these lists. A column is added at the end and is nullable, so that older files stay readable; none is renamed.
 */

/** `number` is a signed 64-bit integer in the files; `flag` is a boolean. */
export type ColumnType = 'text' | 'number' | 'flag';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
}

const text = (name: string): Column => ({ name, type: 'text', nullable: false });
const optionalText = (name: string): Column => ({ name, type: 'text', nullable: true });
const number = (name: string): Column => ({ name, type: 'number', nullable: false });
const optionalNumber = (name: string): Column => ({ name, type: 'number', nullable: true });
const flag = (name: string): Column => ({ name, type: 'flag', nullable: false });

/** Columns of the click in both sets. Empty texts do not occur: an unknown value is null. */
const clickDimensions: readonly Column[] = [
  text('campaign'),
  optionalText('offer'),
  optionalText('source'),
  optionalText('integration'),
  ...Array.from({ length: 10 }, (_, index) => optionalText(`sub${index + 1}`)),
  optionalText('country'),
  optionalText('device'),
  optionalText('os'),
  optionalText('browser'),
  flag('bot'),
  flag('test'),
];

/** One row per click. Times are milliseconds since 1970; a quarter is a count of 15-minute steps since 1970, UTC. */
const clicks: readonly Column[] = [
  text('click_id'),
  number('clicked_at'),
  number('click_quarter'),
  ...clickDimensions,
  /** The mark of the visitor within the UTC day. */
  optionalText('visitor'),
  /** Millionths of `cost_currency`. */
  optionalNumber('cost'),
  optionalText('cost_currency'),
  /** The source named a cost that is no number. */
  flag('cost_unreadable'),
];

/**
 * One row per change of a conversion: a change that moves money or status takes back the former state (`count` -1) and adds the new one
 * (`count` +1). The sum of all rows of a conversion is its present state.
 */
const conversions: readonly Column[] = [
  text('click_id'),
  /** The times of the click, of the sale, and of our record of the change. */
  number('clicked_at'),
  number('click_quarter'),
  number('conversion_quarter'),
  number('booked_quarter'),
  ...clickDimensions,
  text('event'),
  text('status'),
  optionalText('currency'),
  /** +1, -1, or 0 for a change of the amount alone. */
  number('count'),
  /** Millionths of `currency`, signed; null where no amount is known. */
  optionalNumber('amount'),
  /** Seconds from the click to the conversion. */
  number('seconds'),
];

export const factColumns = { clicks, conversions } as const;

export type FactSet = keyof typeof factColumns;
export const factSets = ['clicks', 'conversions'] as const satisfies readonly FactSet[];

/** Fifteen minutes: every time zone in use is a multiple of them away from UTC. */
export const quarterMilliseconds = 15 * 60 * 1000;

export function quarterOf(milliseconds: number): number {
  return Math.floor(milliseconds / quarterMilliseconds);
}
