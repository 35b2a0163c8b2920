import type { Route } from '../http/route';
import { getTestPage, testPageQuery } from './page';

export const testPageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'test-page',
    run: getTestPage,
    description: {
      id: 'getTestPage',
      tag: 'Senders',
      summary: 'A page for the browser that simulates a conversion',
      query: testPageQuery,
      answers: [{ status: 200, when: 'The page', mediaType: 'text/html; charset=utf-8' }],
      errors: [],
    },
  },
];
