import { pageOf } from '../http/answer-schema';
import { batchAnswer, batchQuery } from '../batches/batches';
import type { Description } from '../http/description';
import { conversionSummary, postbackAnswer } from './view';
import { postbacksQuery } from './postbacks';
import { noParameters } from '../http/query-parameters';
import { replayAnswer } from '../replay/replay';
import { replaySchema } from '../replay/body';

const tag = 'Postbacks';

export const postbacksDescription: Description = {
  id: 'listPostbacks',
  tag,
  summary: 'The log: every judged request, newest first',
  details:
    'The log is kept by the hour and has no index for the filters: a call looks at 100,000 rows or through 512 hours at most, then ' +
    'gives a cursor. A page may hold fewer rows than `limit`, or none, and still have a cursor.',
  query: postbacksQuery,
  answers: [{ status: 200, when: 'A page of rows', shapes: { PostbackList: pageOf(postbackAnswer) } }],
  errors: [],
};

export const postbackDescription: Description = {
  id: 'getPostback',
  tag,
  summary: 'One row of the log, by the requestId that its sender was answered with',
  query: noParameters,
  answers: [{ status: 200, when: 'The row', shapes: { Postback: postbackAnswer } }],
  errors: ['NOT_FOUND'],
};

export const replayDescription: Description = {
  id: 'replayPostbacks',
  tag,
  summary: "Judges logged requests again, by today's configuration, as of the moment when each came",
  details:
    'Replayed is what was `rejected`, `error` or `queued`, nothing that was rejected for its sender, and what was recorded without an ' +
    'amount: that is filled in under the key that it was recorded under. Send it again with its cursor until `done`. The same replay ' +
    'twice changes nothing.',
  query: noParameters,
  body: { name: 'ReplayOrder', schema: replaySchema, optional: true },
  answers: [{ status: 200, when: 'What this call did, or would do', shapes: { Replay: replayAnswer } }],
  errors: ['BODY_INVALID'],
};

export const batchDescription: Description = {
  id: 'getBatch',
  tag,
  summary: 'What became of the rows of a batch',
  query: batchQuery,
  answers: [{ status: 200, when: 'Counts of the whole batch, and a page of its rows', shapes: { Batch: batchAnswer } }],
  parts: { ConversionSummary: conversionSummary },
  errors: ['NOT_FOUND'],
};
