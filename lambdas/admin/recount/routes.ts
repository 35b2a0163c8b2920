import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import {
  continueRecount,
  dropRecount,
  getRecount,
  namedRecountSchema,
  startedRecountSchema,
  startRecount,
  takeInRecount,
} from './recount';
import { recountAnswer } from './view';

export const recountRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'reports/recount',
    run: startRecount,
    description: {
      id: 'startRecount',
      tag: 'Reports',
      summary: 'Begins to count the tables again, beside what reports count',
      details:
        'A `repair` is of a period of at most 31 days, a `rebuild` of everything. Where the same is under way, it goes on. ' +
        'Reports change only when it is taken; rows that were written less than 25 hours ago wait for a later one.',
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
    run: takeInRecount,
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
  {
    method: 'POST',
    path: 'reports/recount/discard',
    run: dropRecount,
    description: {
      id: 'discardRecount',
      tag: 'Reports',
      summary: 'Ends a recount that was not taken: nothing of it ever counts',
      query: noParameters,
      body: { name: 'NamedRecount', schema: namedRecountSchema },
      answers: [{ status: 204, when: 'It is gone' }],
      errors: ['BODY_INVALID', 'NOT_FOUND', 'RECOUNT_CONFLICT'],
    },
  },
];
