import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import {
  deadLetterAnswer,
  deadLettersAnswer,
  deadLettersQuery,
  deleteDeadLetter,
  getDeadLetter,
  getDeadLetters,
  redriveAnswer,
  redriveDeadLetters,
  redriveSchema,
} from './dead-letters';

export const deadLetterRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'dead-letters',
    run: getDeadLetters,
    description: {
      id: 'listDeadLetters',
      tag: 'Dead letters',
      summary: 'What was given up on, oldest first',
      query: deadLettersQuery,
      answers: [{ status: 200, when: 'Some of them', shapes: { DeadLetterList: deadLettersAnswer } }],
      errors: [],
    },
  },
  {
    method: 'GET',
    path: 'dead-letters/{messageId}',
    run: getDeadLetter,
    description: {
      id: 'getDeadLetter',
      tag: 'Dead letters',
      summary: 'One dead letter, with all that it shows of itself',
      query: noParameters,
      answers: [{ status: 200, when: 'The letter, which stays where it is', shapes: { DeadLetter: deadLetterAnswer } }],
      errors: ['NOT_FOUND'],
    },
  },
  {
    method: 'DELETE',
    path: 'dead-letters/{messageId}',
    run: deleteDeadLetter,
    description: {
      id: 'deleteDeadLetter',
      tag: 'Dead letters',
      summary: 'Deletes a dead letter for good',
      details:
        'What it held was acknowledged to its sender, and is lost. Who deleted it is in the log of the function.',
      query: noParameters,
      answers: [{ status: 200, when: 'What was deleted', shapes: { DeadLetter: deadLetterAnswer } }],
      errors: ['NOT_FOUND'],
    },
  },
  {
    method: 'POST',
    path: 'dead-letters/redrive',
    run: redriveDeadLetters,
    description: {
      id: 'redriveDeadLetters',
      tag: 'Dead letters',
      summary: 'Moves dead letters back to the retry queue, all where nothing is said',
      query: noParameters,
      body: { name: 'RedriveOrder', schema: redriveSchema, optional: true },
      answers: [{ status: 200, when: 'What was moved', shapes: { Redrive: redriveAnswer } }],
      errors: ['BODY_INVALID'],
    },
  },
];
