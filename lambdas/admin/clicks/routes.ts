import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { clickAnswer, getClick } from './click-view';
import { clickErasureAnswer, clickErasureQuery, eraseClick } from './erasure';
import { makeTestClick, testClickAnswer, testClickSchema } from './test-clicks';

export const clickRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'clicks/{clickId}',
    run: getClick,
    description: {
      id: 'getClick',
      tag: 'Conversions',
      summary: 'A click as it is stored',
      query: noParameters,
      answers: [{ status: 200, when: 'The click', shapes: { Click: clickAnswer } }],
      errors: ['ID_INVALID', 'NOT_FOUND'],
    },
  },
  {
    method: 'DELETE',
    path: 'clicks/{clickId}',
    run: eraseClick,
    description: {
      id: 'eraseClick',
      tag: 'Privacy',
      summary: 'Erases what is known of the visitor behind a click',
      details: 'Where `done` is false, send it again with the cursor. The whole may be sent again at any time.',
      query: clickErasureQuery,
      answers: [{ status: 200, when: 'What this call erased', shapes: { ClickErasure: clickErasureAnswer } }],
      errors: ['ID_INVALID', 'CLICK_ID_FORGED'],
    },
  },
  {
    method: 'POST',
    path: 'test-clicks',
    run: makeTestClick,
    description: {
      id: 'makeTestClick',
      tag: 'Senders',
      summary: 'Makes a click flagged as a test, and the postback that goes with it',
      query: noParameters,
      body: { name: 'TestClickOrder', schema: testClickSchema },
      answers: [{ status: 201, when: 'The click is stored', shapes: { TestClick: testClickAnswer } }],
      errors: ['BODY_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
    },
  },
];
