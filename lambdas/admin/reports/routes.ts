import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import {
  countedCellsAnswer,
  countedCellsSchema,
  getCountedCells,
  getStoredCells,
  storedCellsAnswer,
  storedCellsQuery,
} from './audit';
import { exportReport } from './export-report';
import { getReport } from './get-report';
import { exportQuery, reportQuery } from './parameters';
import { reportAnswer, reportRowAnswer, reportTotalAnswer, runningReportAnswer } from './view';

export const reportRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'reports',
    run: getReport,
    description: {
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
    },
  },
  {
    method: 'GET',
    path: 'reports/export',
    run: (request, services) => exportReport(request, services),
    description: {
      id: 'exportReport',
      tag: 'Reports',
      summary: 'Every row of a report as CSV, however many there are',
      details:
        'A page at a time, in the order of the groups: as long as `x-next-cursor` is among the headers, ask again with it as `cursor` and the ' +
        'same parameters, and put the pages together. The first has the names of the columns, the last has the total, and all are of one ' +
        '`x-report-version`.',
      query: exportQuery,
      answers: [
        { status: 200, when: 'A page', mediaType: 'text/csv; charset=utf-8' },
        { status: 202, when: 'It is not ready yet', shapes: { RunningReport: runningReportAnswer }, unfinished: true },
      ],
      errors: ['REPORT_TOO_LARGE'],
    },
  },
  {
    method: 'GET',
    path: 'reports/audit/stored',
    run: getStoredCells,
    description: {
      id: 'getStoredCells',
      tag: 'Reports',
      summary: 'What the tables of clicks and conversions hold, for an audit of the reports',
      details:
        'Scans both tables, a stretch of them with each call: as long as there is a cursor, send it again and add the cells up. ' +
        'It reads every row of the tables, whatever the period is.',
      query: storedCellsQuery,
      answers: [{ status: 200, when: 'The cells of a stretch', shapes: { StoredCells: storedCellsAnswer } }],
      errors: ['REPORT_TOO_LARGE'],
    },
  },
  {
    method: 'POST',
    path: 'reports/audit/counted',
    run: getCountedCells,
    description: {
      id: 'getCountedCells',
      tag: 'Reports',
      summary: 'What the reports have counted, in the cells of an audit',
      query: noParameters,
      body: { name: 'AuditedPeriod', schema: countedCellsSchema },
      answers: [{ status: 200, when: 'The cells of the period', shapes: { CountedCells: countedCellsAnswer } }],
      errors: ['BODY_INVALID', 'REPORT_TOO_LARGE'],
    },
  },
];
