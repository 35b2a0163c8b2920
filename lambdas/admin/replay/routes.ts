import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { replaySchema } from './body';
import { replayAnswer, replayPostbacks } from './replay';

export const replayRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'postbacks/replay',
    run: replayPostbacks,
    description: {
      id: 'replayPostbacks',
      tag: 'Postbacks',
      summary: "Judges logged requests again, by today's configuration, as of the moment when each came",
      details:
        'Replayed is what was `rejected`, `error` or `queued`, nothing that was rejected for its sender, and what was recorded without an ' +
        'amount: that is filled in under the key that it was recorded under. Send it again with its cursor until `done`. The same replay ' +
        'twice changes nothing.',
      query: noParameters,
      body: { name: 'ReplayOrder', schema: replaySchema, optional: true },
      answers: [{ status: 200, when: 'What this call did, or would do', shapes: { Replay: replayAnswer } }],
      errors: ['BODY_INVALID'],
    },
  },
];
