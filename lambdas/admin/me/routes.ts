import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { getMe, meAnswer } from './me';

export const meRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'me',
    run: getMe,
    description: {
      id: 'getMe',
      tag: 'This API',
      summary: 'Who the caller is taken for, and which stage answers',
      query: noParameters,
      answers: [{ status: 200, when: 'Caller and stage', shapes: { Me: meAnswer } }],
      errors: [],
    },
  },
];
