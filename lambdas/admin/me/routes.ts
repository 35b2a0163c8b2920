import * as v from 'valibot';
import { requireEnvironment } from '../../adapters/environment';
import { json, type Answer } from '../http/answer';
import type { Shown } from '../http/answer-schema';
import { noParameters, readQueryParameters } from '../http/query-parameters';
import type { RoutedRequest } from '../http/request';
import type { Route } from '../http/route';

const meAnswer = v.strictObject({
  caller: v.pipe(
    v.string(),
    v.description('The ARN that signed the request; `unknown` where no signature is asked for, as on one machine'),
  ),
  stage: v.string(),
  baseUrl: v.pipe(v.string(), v.description('Where links and postbacks go')),
});

/** Tells a caller who it is taken for, and which tracker answers. */
async function getMe(request: RoutedRequest): Promise<Answer> {
  readQueryParameters(request, noParameters);
  const { author, baseUrl } = request;
  return json(200, { caller: author, stage: requireEnvironment('stage'), baseUrl } satisfies Shown<typeof meAnswer>);
}

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
