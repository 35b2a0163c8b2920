import { reportOf } from '../../domain/reports/report';
import { maximumReportRows } from '../../domain/reports/parameters';
import type { ReportQuery } from '../../domain/reports/report-query';
import type { Tallies } from '../../domain/reports/tally';
import { document, adminJson, type Answer } from '../http/answer';
import { reportCsv } from './csv';
import { reportView, type CountedState } from './view';

/** Lambda hands over at most 6 MB, of which the quotes within the body are two letters each. */
export const maximumAnswerBytes = 5_500_000;

/**
 * Returns the answer with a report. A report that is too large is cut: the rows beyond are added up in the one of all others, so that the
 * total remains right, and a note says so.
 */
export function renderReport(
  query: ReportQuery,
  tallies: Tallies,
  state: CountedState,
  format: 'json' | 'csv',
  most: number = maximumAnswerBytes,
): Answer {
  const all = tallies.rows.length;
  let limit = query.limit ?? maximumReportRows;
  for (;;) {
    const isCut = limit < Math.min(all, query.limit ?? all);
    const report = reportOf({ ...query, limit }, tallies);
    const note =
      `Only the first ${limit} of ${all} rows are shown; the others are added up in one. ` +
      'Add a filter or take fewer groups to see them.';
    const whole = { ...report, notes: [...report.notes, ...(isCut ? [note] : [])] };
    const answer =
      format === 'csv'
        ? document('text/csv; charset=utf-8', reportCsv(query, whole), {
            'content-disposition': 'attachment; filename="report.csv"',
            ...reportHeaders(whole.notes, state),
          })
        : adminJson(200, reportView(query, whole, state));
    const bytes = Buffer.byteLength(JSON.stringify(answer.body));
    if (bytes <= most || limit <= 1) return answer;
    const shown = Math.min(limit, all);
    limit = Math.max(1, Math.min(shown - 1, Math.floor((shown * most * 0.95) / bytes)));
  }
}

/** Returns the headers of a report beside its CSV. */
export function reportHeaders(
  notes: readonly string[],
  { version, countedThrough }: CountedState,
): Record<string, string> {
  return {
    'x-report-version': version,
    ...(countedThrough !== undefined && { 'x-counted-through': new Date(countedThrough).toISOString() }),
    ...(notes.length > 0 && { 'x-report-notes': notes.join(' ') }),
  };
}
