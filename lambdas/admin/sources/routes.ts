import { pageOf } from '../http/answer-schema';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getSourceDays, sourceDayAnswer, sourceDaysQuery } from './days';
import { getSourceHealth, sourceHealthAnswer } from './health';
import { deleteSecret, putSecret, secretSchema } from './secrets';
import { sourceTestAnswer, sourceTestSchema, testSource } from './test-source';

export const sourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'sources/{id}/days',
    run: getSourceDays,
    description: {
      id: 'listSourceDays',
      tag: 'Deliveries',
      summary: 'What was reported to a source on each day, and why the rest was not',
      details:
        'One item for each day and postback, the newest day first, counted from the deliveries made on it. A page has whole days.',
      query: sourceDaysQuery,
      answers: [{ status: 200, when: 'A page of days', shapes: { SourceDayList: pageOf(sourceDayAnswer) } }],
      parts: { SourceDay: sourceDayAnswer },
      errors: ['ID_INVALID', 'REPORT_TOO_LARGE'],
    },
  },
  {
    method: 'GET',
    path: 'sources/{id}/health',
    run: getSourceHealth,
    description: {
      id: 'getSourceHealth',
      tag: 'Deliveries',
      summary: 'Whether deliveries to a source are made as usual, and if not, until when they wait',
      details:
        '`unreachable` after five attempts in a row without an answer; `suspended` after three days without an acceptance, until a trial is accepted or the document changes.',
      query: noParameters,
      answers: [{ status: 200, when: 'The health of the source', shapes: { SourceHealth: sourceHealthAnswer } }],
      errors: ['ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'POST',
    path: 'sources/{id}/test',
    run: testSource,
    description: {
      id: 'testSource',
      tag: 'Deliveries',
      summary: 'Sends a made-up conversion to a source at once, and shows request and answer',
      details: 'The source gets a real request. Nothing of it is stored.',
      query: noParameters,
      body: { name: 'SourceTest', schema: sourceTestSchema, optional: true },
      answers: [{ status: 200, when: 'What was asked and answered', shapes: { SourceTestResult: sourceTestAnswer } }],
      errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'PUT',
    path: 'sources/{id}/secrets/{secretName}',
    run: putSecret,
    description: {
      id: 'putSourceSecret',
      tag: 'Deliveries',
      summary: 'Sets the value of {secret:NAME} in the postbacks of a source',
      details: 'It is stored sealed, and no route shows it.',
      query: noParameters,
      body: { name: 'SourceSecret', schema: secretSchema },
      answers: [{ status: 204, when: 'The secret is set' }],
      errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
  {
    method: 'DELETE',
    path: 'sources/{id}/secrets/{secretName}',
    run: deleteSecret,
    description: {
      id: 'deleteSourceSecret',
      tag: 'Deliveries',
      summary: 'Removes a secret of a source',
      query: noParameters,
      answers: [{ status: 204, when: 'The secret is gone' }],
      errors: ['ID_INVALID', 'NOT_FOUND'],
    },
  },
];
