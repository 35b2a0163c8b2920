import type { Description } from '../description';
import { reportQuery } from '../reports/parameters';
import { reportAnswer, reportRowAnswer, reportTotalAnswer, runningReportAnswer } from '../reports/view';

export const reportDescription: Description = {
  id: 'getReport',
  tag: 'Reports',
  summary: 'Clicks, conversions, revenue and cost of a period by any groups',
  details:
    'Bots and tests are in no number but `botClicks`. Money stays in its own currency unless `currency` converts it; a ratio without ' +
    'a denominator is null. The same `version` gives the same numbers. With `format=csv` the headers `x-counted-through`, ' +
    '`x-report-version` and `x-report-notes` say the rest.',
  query: reportQuery,
  answers: [
    { status: 200, when: 'The report', shapes: { Report: reportAnswer }, mediaType: 'text/csv; charset=utf-8' },
    { status: 202, when: 'It is not ready yet', shapes: { RunningReport: runningReportAnswer }, unfinished: true },
  ],
  parts: { ReportRow: reportRowAnswer, ReportTotal: reportTotalAnswer },
  errors: ['REPORT_TOO_LARGE'],
};
