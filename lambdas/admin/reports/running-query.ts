import * as v from 'valibot';
import { deadlineAt, type Deadline } from '../../adapters/deadline';
import type { FactObject } from '../../domain/facts/manifest';
import type { Costs } from '../../domain/reports/costs';
import { resolveQuery, type ReportParameters, type ReportQuery } from '../../domain/reports/report-query';
import { maximumStatementBytes, reportSql, type FactLocation } from '../../domain/reports/report-sql';
import { adminJson, fieldsError, rejectionOfParameter, type AdminError, type Answer } from '../http/answer';
import { writeCursor } from '../http/cursor';
import { pathPrefix, type RoutedRequest } from '../http/request';
import { tooLarge } from './too-large';
import type { CountedState } from './view';

/** Maximum wait of a caller; then the answer names the address to ask again. */
const waitMilliseconds = 20_000;
const retryAfterSeconds = '2';

/** A query that was asked: of what, and the moment that its period was counted back from. */
export const queryPosition = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(128)),
  askedAt: v.number(),
  version: v.pipe(v.string(), v.maxLength(128)),
  countedThrough: v.optional(v.number()),
  /** The costs and rates that it was asked with. */
  money: v.pipe(v.string(), v.maxLength(128)),
});
type QueryPosition = v.InferOutput<typeof queryPosition>;

export function patienceOf({ now }: RoutedRequest): Deadline {
  return deadlineAt(now + waitMilliseconds);
}

/** Puts the parameters of a request together. Throws where they contradict each other. */
export function readReportQuery(parameters: ReportParameters, askedAt: number): ReportQuery {
  const reading = resolveQuery(parameters, askedAt);
  if (reading.ok) return reading.query;
  const problems = Object.entries(reading.problems).map(([path, problem]) => ({ path, problem: String(problem) }));
  throw fieldsError('PARAMETER_INVALID', 'The query string is wrong', problems);
}

/** The statement of a report; `undefined` where nothing can be in it. Throws where it is longer than the engine takes. */
export function statementOf(
  query: ReportQuery,
  objects: readonly FactObject[],
  location: FactLocation,
  costs: Costs,
): string | undefined {
  const sql = reportSql(query, objects, location, costs);
  if (sql === undefined || Buffer.byteLength(sql) <= maximumStatementBytes) return sql;
  throw tooLarge(
    'The period has more files and documents of costs than one query can name; files are compacted from time to time.',
  );
}

/** Costs and rates are part of what was counted. */
export function stateWith({ version, countedThrough }: CountedState, moneyMark: string): CountedState {
  return { version: moneyMark === '' ? version : `${version}-${moneyMark}`, countedThrough };
}

/** Returns the reason why a query has no answer. */
export function rejectionOfQuery(state: 'unknown' | 'too-large'): AdminError {
  if (state === 'too-large') return tooLarge('The report reads or has more than this stage allows.');
  return rejectionOfParameter('cursor', 'belongs to a report that is gone; ask again without it');
}

/** Says where to ask again. */
export function runningAnswer({ query, baseUrl, segments }: RoutedRequest, mark: string, at: QueryPosition): Answer {
  const cursor = writeCursor(mark, at);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  const path = `${pathPrefix}/${segments.join('/')}?${parameters.toString()}`;
  const message = 'The report is being computed. Ask again with this cursor in a moment.';
  return adminJson(
    202,
    { status: 'running', message, cursor, link: `${baseUrl}${path}` },
    { location: path, 'retry-after': retryAfterSeconds },
  );
}
