import { pageOf } from '../http/answer-schema';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getPostback, getPostbacks, postbacksQuery } from './postbacks';
import { postbackAnswer } from './view';

const tag = 'Postbacks';

export const logRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'postbacks',
    run: getPostbacks,
    description: {
      id: 'listPostbacks',
      tag,
      summary: 'The log: every judged request, newest first',
      details:
        'The log is kept by the hour and has no index for the filters: a call looks at 100,000 rows or through 512 hours at most, then ' +
        'gives a cursor. A page may hold fewer rows than `limit`, or none, and still have a cursor.',
      query: postbacksQuery,
      answers: [{ status: 200, when: 'A page of rows', shapes: { PostbackList: pageOf(postbackAnswer) } }],
      errors: [],
    },
  },
  {
    method: 'GET',
    path: 'postbacks/{requestId}',
    run: getPostback,
    description: {
      id: 'getPostback',
      tag,
      summary: 'One row of the log, by the requestId that its sender was answered with',
      query: noParameters,
      answers: [{ status: 200, when: 'The row', shapes: { Postback: postbackAnswer } }],
      errors: ['NOT_FOUND'],
    },
  },
];
