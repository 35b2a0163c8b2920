import * as v from 'valibot';
import { isCalendarDay } from '../../domain/values/calendar-day';
import { fieldsError, rejectionOfParameter } from './answer';
import type { AdminRequest } from './request';

/** The parameters that a route takes, by name; its description is made of the same. */
export type QuerySchema = Readonly<Record<string, v.GenericSchema<string | undefined, unknown>>>;

export type Parameters<Of extends QuerySchema> = { readonly [Name in keyof Of]: v.InferOutput<Of[Name]> };

export const defaultLimit = 50;
export const maximumLimit = 200;

const limitText = `must be a whole number from 1 to ${maximumLimit}`;

/** Parameters that several routes share. An empty one counts as absent. */
export const parameter = {
  limit: parameterOf(
    v.pipe(
      v.string(),
      v.check((text) => /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= maximumLimit, limitText),
      v.metadata({ type: 'integer', minimum: 1, maximum: maximumLimit, default: defaultLimit }),
      v.transform(Number),
    ),
    'Items of a page, at most',
  ),
  cursor: textParameter('Goes on where a page ended; send it with the parameters of that page'),
} as const;

/** An optional parameter. Its description is outermost: a description inside, after a transformation, would be lost. */
export function parameterOf<Schema extends v.GenericSchema<string, unknown>>(schema: Schema, description: string) {
  return v.pipe(v.optional(schema), v.description(description));
}

/** Any text, with its description. */
export function textParameter(description: string) {
  return parameterOf(v.string(), description);
}

/** One word of several. */
export function wordParameter<Word extends string>(words: readonly Word[], description: string) {
  return parameterOf(v.picklist(words, `must be one of ${[...words].sort().join(', ')}`), description);
}

/** `1` for yes; `0` is as good as nothing. */
export function flagParameter(description: string) {
  const flag = v.pipe(
    v.picklist(['0', '1'], 'must be 0 or 1'),
    v.transform((text) => text === '1'),
  );
  return parameterOf(flag, description);
}

export const noParameters = {} as const satisfies QuerySchema;

/**
 * Reads the query string. An unknown name is rejected: a filter with a spelling mistake would otherwise
 * silently show rows that it was meant to exclude. An empty value is no value.
 */
export function readQueryParameters<Of extends QuerySchema>(request: AdminRequest, query: Of): Parameters<Of> {
  const names = Object.keys(query);
  const strangers = [...new Set(request.query.keys())].flatMap((path) => {
    if (!names.includes(path)) {
      const known = names.length === 0 ? 'this route takes none' : `this route takes ${names.join(', ')}`;
      return [{ path, problem: `is no parameter here; ${known}` }];
    }
    return request.query.getAll(path).length > 1 ? [{ path, problem: 'must be given once' }] : [];
  });
  if (strangers.length > 0) throw fieldsError('PARAMETER_INVALID', 'The query string is wrong', strangers);

  const sent = names.map((name) => [name, request.query.get(name)?.trim() || undefined]);
  const reading = v.safeParse(v.object(query), Object.fromEntries(sent));
  if (reading.success) return reading.output;
  throw fieldsError(
    'PARAMETER_INVALID',
    'The query string is wrong',
    reading.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', problem: issue.message })),
  );
}

const momentPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;
const momentText = 'must be an ISO 8601 time such as 2026-11-23T14:00:00Z (write a "+" as %2B)';

/** An ISO 8601 day or time, UTC where it names no offset; read as milliseconds since 1970. */
export const moment = v.pipe(
  v.string('must be a text'),
  v.check(isMoment, momentText),
  v.metadata({
    pattern: momentPattern.source,
    anyOf: [
      { format: 'date' },
      { format: 'date-time', pattern: String.raw`^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$` },
    ],
    examples: ['2026-11-23T14:00:00Z'],
  }),
  v.transform(millisecondsOf),
);

function isMoment(text: string): boolean {
  return momentPattern.test(text) && isCalendarDay(text.slice(0, 10)) && !Number.isNaN(millisecondsOf(text));
}

function millisecondsOf(text: string): number {
  return Date.parse(/T(?!.*(?:Z|[+-]\d\d:\d\d)$)/.test(text) ? `${text}Z` : text);
}

/** The two ends of a period, both included. */
export const periodParameters = {
  since: parameterOf(moment, 'The beginning of the period, itself included; the last 24 hours where nothing is said'),
  until: parameterOf(moment, 'The end of the period, itself included; now where nothing is said'),
} as const;

export interface Period {
  readonly since: number;
  readonly until: number;
}

const dayMilliseconds = 86_400_000;
/** The clocks of two functions differ by a little: without an end, what came in this very moment is shown too. */
const clockDifferenceMilliseconds = 60_000;
/** No stage may keep rows for longer, and none comes from the future: the walk skips later and older periods. */
const longestRetentionMilliseconds = 3650 * dayMilliseconds;

/** The period that a list covers: the last 24 hours where nothing else is said. */
export function readPeriod({ since, until }: { since?: number; until?: number }, now: number): Period {
  const end = until ?? now + clockDifferenceMilliseconds;
  const start = since ?? Math.min(now, end) - dayMilliseconds;
  if (start > end) {
    throw rejectionOfParameter('since', until === undefined ? 'must not be in the future' : 'must not be after until');
  }
  return {
    since: Math.max(start, now - longestRetentionMilliseconds),
    until: Math.min(end, now + clockDifferenceMilliseconds),
  };
}
