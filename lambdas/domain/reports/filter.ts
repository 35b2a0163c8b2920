import { conversionStatuses } from '../values/status';
import { fields, type Field } from './groups';

type FilterTest = 'is' | 'is not' | 'contains';

/** One condition on a column; of several values one is enough, or for `is not` none may be. An empty text is a value that is not known. */
export interface Filter {
  readonly field: Field;
  readonly test: FilterTest;
  readonly values: readonly string[];
}

export type FilterReading =
  { readonly ok: true; readonly filters: readonly Filter[] } | { readonly ok: false; readonly problem: string };

const operators = { ':': 'is', '!:': 'is not', '~': 'contains' } as const satisfies Record<string, FilterTest>;

const form = 'must be conditions such as country:US, device!:mobile or sub1~abc, separated by commas';
const maximumConditions = 20;
const maximumValues = 200;

/**
 * Reads `country:US|CA,device!:mobile,sub1~abc,offer:`. A comma, a `|` or a `%` within a value is percent-encoded once more than the
 * query string itself.
 */
export function readFilters(text: string): FilterReading {
  const parts = text.split(',');
  if (parts.length > maximumConditions) return failure(`must have at most ${maximumConditions} conditions`);
  const filters: Filter[] = [];
  for (const part of parts) {
    const reading = readFilter(part);
    if (typeof reading === 'string') return failure(reading);
    filters.push(reading);
  }
  return { ok: true, filters };
}

function readFilter(text: string): Filter | string {
  const [, name, operator, rest = ''] = /^\s*(\w+)(!:|:|~)([^]*)$/.exec(text) ?? [];
  if (name === undefined || !isOperator(operator)) return `${form}; "${text}" is none`;
  const field = fields.find((one) => one === name);
  if (field === undefined) return `"${name}" is no field to filter on; the fields are ${fields.join(', ')}`;
  const values = rest.split('|').map(decoded);
  if (values.length > maximumValues) return `must have at most ${maximumValues} values of ${name}`;
  const test = operators[operator];
  const read = values.filter((value) => value !== undefined);
  if (read.length < values.length) return `the value of ${name} has a "%" that encodes nothing; write it as %25`;
  if (read.some((value) => value.includes('\0'))) return `the value of ${name} must not hold a NUL`;
  if (test === 'contains' && read.includes('')) return `${name}~ must be followed by a text`;
  const unknown = field === 'status' && test !== 'contains' ? read.find((value) => !isStatus(value)) : undefined;
  if (unknown !== undefined) return `"${unknown}" is no status; the statuses are ${conversionStatuses.join(', ')}`;
  return { field, test, values: read };
}

/** Clicks and their costs have none. */
const isStatus = (value: string): boolean => value === '' || conversionStatuses.some((status) => status === value);

function isOperator(text: string | undefined): text is keyof typeof operators {
  return text !== undefined && Object.hasOwn(operators, text);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Whether a row of facts meets every condition, as reports ask for it in SQL: a value that is not known is an empty text. */
export function meetsFilters(
  filters: readonly Filter[],
  row: Readonly<Partial<Record<Field, string | null>>>,
): boolean {
  return filters.every(({ field, test, values }) => {
    const value = row[field] ?? '';
    switch (test) {
      case 'is':
        return values.includes(value);
      case 'is not':
        return !values.includes(value);
      case 'contains':
        return values.some((text) => value.includes(text));
    }
  });
}

function failure(problem: string): FilterReading {
  return { ok: false, problem };
}
