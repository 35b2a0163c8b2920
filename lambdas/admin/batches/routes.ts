import type { Route } from '../http/route';
import { conversionSummary } from '../log/view';
import { batchAnswer, batchQuery, getBatch } from './batches';

export const batchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'batches/{batchId}',
    run: getBatch,
    description: {
      id: 'getBatch',
      tag: 'Postbacks',
      summary: 'What became of the rows of a batch',
      query: batchQuery,
      answers: [
        { status: 200, when: 'Counts of the whole batch, and a page of its rows', shapes: { Batch: batchAnswer } },
      ],
      parts: { ConversionSummary: conversionSummary },
      errors: ['NOT_FOUND'],
    },
  },
];
