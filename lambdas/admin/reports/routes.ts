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
import { getReport } from './get-report';
import { reportQuery } from './parameters';
import {
  continueRecount,
  discardRecount,
  getRecount,
  namedRecountSchema,
  recountQuery,
  startedRecountSchema,
  startRecount,
  takeRecount,
} from './recount/recount';
import { recountAnswer } from './recount/view';
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
  {
    method: 'GET',
    path: 'reports/recount',
    run: getRecount,
    description: {
      id: 'getRecount',
      tag: 'Reports',
      summary: 'The recount that is under way, or was last',
      query: noParameters,
      answers: [{ status: 200, when: 'How far it is', shapes: { Recount: recountAnswer } }],
      errors: ['NOT_FOUND'],
    },
  },
  {
    method: 'POST',
    path: 'reports/recount',
    run: startRecount,
    description: {
      id: 'startRecount',
      tag: 'Reports',
      summary: 'Begins to count the tables anew, beside what reports count',
      details:
        'A `repair` is of a period of at most 31 days, a `rebuild` of everything. Where the same is under way, it goes on. ' +
        'Reports change only when it is taken; rows that were written less than two days ago are left alone.',
      query: noParameters,
      body: { name: 'StartedRecount', schema: startedRecountSchema },
      answers: [
        { status: 201, when: 'It was begun', shapes: { Recount: recountAnswer } },
        { status: 200, when: 'It is under way', shapes: { Recount: recountAnswer } },
      ],
      errors: ['BODY_INVALID', 'RECOUNT_CONFLICT'],
    },
  },
  {
    method: 'DELETE',
    path: 'reports/recount',
    run: discardRecount,
    description: {
      id: 'discardRecount',
      tag: 'Reports',
      summary: 'Ends a recount that was not taken: nothing of it ever counts',
      query: recountQuery,
      answers: [{ status: 204, when: 'It is gone' }],
      errors: ['NOT_FOUND', 'RECOUNT_CONFLICT'],
    },
  },
  {
    method: 'POST',
    path: 'reports/recount/step',
    run: continueRecount,
    description: {
      id: 'continueRecount',
      tag: 'Reports',
      summary: 'Goes on with a recount for some seconds; repeat it until the phase is `ready`',
      query: noParameters,
      body: { name: 'NamedRecount', schema: namedRecountSchema },
      answers: [{ status: 200, when: 'How far it is, and what this call found', shapes: { Recount: recountAnswer } }],
      errors: ['BODY_INVALID', 'NOT_FOUND', 'RECOUNT_CONFLICT'],
    },
  },
  {
    method: 'POST',
    path: 'reports/recount/take',
    run: takeRecount,
    description: {
      id: 'takeRecount',
      tag: 'Reports',
      summary: 'Takes what a recount came to into the reports, all at one moment',
      query: noParameters,
      body: { name: 'NamedRecount', schema: namedRecountSchema },
      answers: [{ status: 200, when: 'It is part of the reports', shapes: { Recount: recountAnswer } }],
      errors: ['BODY_INVALID', 'NOT_FOUND', 'RECOUNT_CONFLICT'],
    },
  },
];
