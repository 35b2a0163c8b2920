import { refusalOfFields, refusalOfParameter } from './answer';
import type { AdminRequest } from './request';

export type Parameters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

export const defaultLimit = 50;
export const maximumLimit = 200;

/**
 * Reads the query string. A name that the route does not know is refused: a filter with a spelling mistake would otherwise
 * quietly show rows that it was meant to leave out. An empty value is no value.
 */
export function readParameters<Name extends string>(request: AdminRequest, names: readonly Name[]): Parameters<Name> {
  const problems = [...new Set(request.query.keys())].flatMap((path) => {
    if (!names.some((name) => name === path)) {
      const known = names.length === 0 ? 'this route takes none' : `this route takes ${names.join(', ')}`;
      return [{ path, problem: `is no parameter here; ${known}` }];
    }
    return request.query.getAll(path).length > 1 ? [{ path, problem: 'must be given once' }] : [];
  });
  if (problems.length > 0) throw refusalOfFields('PARAMETER_INVALID', 'The query string is wrong', problems);
  const parameters: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = request.query.get(name)?.trim();
    if (value !== undefined && value !== '') parameters[name] = value;
  }
  return parameters;
}

export function readLimit(text: string | undefined): number {
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > maximumLimit) {
    throw refusalOfParameter('limit', `must be a whole number from 1 to ${maximumLimit}`);
  }
  return limit;
}

export function readFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0') return false;
  if (text === '1') return true;
  throw refusalOfParameter(name, 'must be 0 or 1');
}

const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Reads an ISO 8601 day or time, UTC where it names no offset. Milliseconds since 1970. */
export function readMoment(name: string, text: string): number {
  const match = moment.exec(text);
  const withZone = text.includes('T') && match?.[1] === undefined ? `${text}Z` : text;
  const milliseconds = match === null ? Number.NaN : Date.parse(withZone);
  if (Number.isNaN(milliseconds)) {
    throw refusalOfParameter(name, 'must be an ISO 8601 time such as 2026-11-23T14:00:00Z (write a "+" as %2B)');
  }
  return milliseconds;
}

export interface Period {
  readonly since: number;
  readonly until: number;
}

const dayMilliseconds = 86_400_000;
/** The clocks of two functions differ by a little: without an end, what came in this very moment is shown too. */
const clockDifferenceMilliseconds = 60_000;

/** The period that a list covers: the last 24 hours where nothing else is said. */
export function readPeriod(parameters: Parameters<'since' | 'until'>, now: number): Period {
  const until =
    parameters.until === undefined ? now + clockDifferenceMilliseconds : readMoment('until', parameters.until);
  const since =
    parameters.since === undefined ? Math.min(now, until) - dayMilliseconds : readMoment('since', parameters.since);
  if (since > until) {
    throw refusalOfParameter(
      'since',
      parameters.until === undefined ? 'must not be in the future' : 'must not be after until',
    );
  }
  return { since, until };
}
