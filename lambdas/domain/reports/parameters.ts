import * as v from 'valibot';
import { currency } from '../configuration/fields';
import { isCalendarDay } from '../values/calendar-day';
import { isTimeZone } from '../values/time-zone';
import { quarterMilliseconds } from '../facts/columns';
import { readFilters } from './filter';
import { fields, groups, maximumGroups } from './groups';
import { metrics } from './metrics';
import { maximumDays, type Order, type PeriodEnd, reportDates } from './report-query';

const firstYear = 2020;
const dayMilliseconds = 86_400_000;
const dayPattern = /^\d{4}-\d\d-\d\d$/;
const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;
const endText =
  'must be a day such as 2026-11-01, or a time with its offset such as 2026-11-01T00:00:00Z (write a "+" as %2B)';

/** One end of the period. */
const periodEnd = v.pipe(
  v.string('must be a text'),
  v.metadata({
    anyOf: [{ format: 'date' }, { format: 'date-time' }],
    examples: ['2026-11-01', '2026-11-01T00:00:00Z'],
  }),
  v.rawTransform<string, PeriodEnd>(({ dataset, addIssue, NEVER }) => {
    const reading = readPeriodEnd(dataset.value);
    if (typeof reading !== 'string') return reading;
    addIssue({ message: reading });
    return NEVER;
  }),
);

function readPeriodEnd(text: string): PeriodEnd | string {
  const milliseconds = dayPattern.test(text) || instantPattern.test(text) ? Date.parse(text) : NaN;
  const isDay = dayPattern.test(text);
  if (Number.isNaN(milliseconds) || !isCalendarDay(text.slice(0, 10))) return endText;
  const year = new Date(milliseconds).getUTCFullYear();
  if (year < firstYear || year > 2099) return `must be in the years ${firstYear} to 2099`;
  if (isDay) return { day: milliseconds / dayMilliseconds };
  if (milliseconds % quarterMilliseconds !== 0)
    return 'must be a full quarter of an hour, such as 14:00, 14:15 or 14:30';
  return { quarter: milliseconds / quarterMilliseconds };
}

const timeZone = v.pipe(
  v.string(),
  v.check(isTimeZone, 'must be an IANA time zone such as Europe/Berlin or UTC'),
  v.metadata({
    anyOf: [{ const: 'UTC' }, { pattern: '^[A-Z][A-Za-z_]+/[A-Za-z0-9_+/-]+$' }],
    examples: ['Europe/Berlin'],
  }),
);

function wordsOf<Word extends string>(words: readonly Word[], most: number, what: string) {
  return v.pipe(
    v.string(),
    v.metadata({ pattern: `^(${words.join('|')})(,(${words.join('|')})){0,${most - 1}}$` }),
    v.rawTransform<string, readonly Word[]>(({ dataset, addIssue, NEVER }) => {
      const reading = readWords(dataset.value, words, most, what);
      if (typeof reading !== 'string') return reading;
      addIssue({ message: reading });
      return NEVER;
    }),
  );
}

function readWords<Word extends string>(
  text: string,
  words: readonly Word[],
  most: number,
  what: string,
): readonly Word[] | string {
  const parts = text.split(',').map((part) => part.trim());
  const found = parts.flatMap((part) => words.filter((word) => word === part));
  const stranger = parts.find((part) => !words.some((word) => word === part));
  if (stranger !== undefined) return `"${stranger}" is no ${what}; there are ${words.join(', ')}`;
  if (new Set(found).size < found.length) return `must name each ${what} once`;
  return found.length > most ? `must name at most ${most}` : found;
}

// The pattern checks the form of percent-encoding, and not that it decodes.
const filterValue = String.raw`([^,%\u0000]|%[0-9A-Fa-f]{2})`;
const condition = `(${fields.join('|')})(!?:${filterValue}*|~${filterValue}+)`;

const filters = v.pipe(
  v.string(),
  v.metadata({
    pattern: `^${condition}(,${condition}){0,19}$`,
    examples: ['country:US|CA,device!:mobile,sub1~abc,offer:'],
  }),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const reading = readFilters(dataset.value);
    if (reading.ok) return reading.filters;
    addIssue({ message: reading.problem });
    return NEVER;
  }),
);

const sortable = [...metrics, ...groups];

const order = v.pipe(
  v.string(),
  v.metadata({ enum: sortable.flatMap((name) => [name, `-${name}`]) }),
  v.rawTransform<string, Order>(({ dataset, addIssue, NEVER }) => {
    const name = dataset.value.replace(/^-/, '');
    const by = sortable.find((one) => one === name);
    if (by !== undefined) return { by, descending: dataset.value.startsWith('-') };
    addIssue({
      message: `must be a metric or a group, with a "-" before it for the greatest first: ${sortable.join(', ')}`,
    });
    return NEVER;
  }),
);

/** The last so many days. */
const days = v.pipe(
  v.string(),
  v.check(
    (text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= maximumDays,
    `must be a whole number of days from 1 to ${maximumDays}`,
  ),
  v.metadata({ type: 'integer', minimum: 1, maximum: maximumDays }),
  v.transform(Number),
);

export const maximumReportRows = 10_000;

const rows = v.pipe(
  v.string(),
  v.check(
    (text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= maximumReportRows,
    `must be a whole number from 1 to ${maximumReportRows}`,
  ),
  v.metadata({ type: 'integer', minimum: 1, maximum: maximumReportRows }),
  v.transform(Number),
);

/** The reading of each parameter of a report from its text. */
export const reportParameter = {
  periodEnd,
  days,
  timeZone,
  by: v.picklist(reportDates, `must be one of ${reportDates.join(', ')}`),
  groups: wordsOf(groups, maximumGroups, 'group'),
  metrics: wordsOf(metrics, metrics.length, 'metric'),
  filters,
  currency,
  order,
  rows,
} as const;
