import { pageOf } from '../http/answer-schema';
import { clickAnswer } from '../clicks/click-view';
import { clickErasureAnswer, clickErasureQuery } from '../clicks/erasure';
import { conversionAnswer } from '../conversions/view';
import { conversionsQuery } from '../conversions/conversions';
import { deadLetterAnswer, deadLettersAnswer, deadLettersQuery, redriveAnswer, redriveSchema } from './dead-letters';
import type { Description } from '../http/description';
import { noParameters } from '../http/query-parameters';

export const conversionsDescription: Description = {
  id: 'listConversions',
  tag: 'Conversions',
  summary: 'Conversions of a click, or of a campaign, an integration or a transaction ID by their newest change',
  details:
    'Either clickId, or one or more of campaign, integration and transactionId, must be there. A click has no period; the others are ' +
    'read through the log, as far back as it is kept.',
  query: conversionsQuery,
  answers: [{ status: 200, when: 'A page of conversions', shapes: { ConversionList: pageOf(conversionAnswer) } }],
  parts: { Conversion: conversionAnswer },
  errors: [],
};

export const clickDescription: Description = {
  id: 'getClick',
  tag: 'Conversions',
  summary: 'A click as it is stored',
  query: noParameters,
  answers: [{ status: 200, when: 'The click', shapes: { Click: clickAnswer } }],
  errors: ['ID_INVALID', 'NOT_FOUND'],
};

export const clickErasureDescription: Description = {
  id: 'eraseClick',
  tag: 'Privacy',
  summary: 'Erases what is known of the visitor behind a click',
  details: 'Where `done` is false, send it again with the cursor. The whole may be sent again at any time.',
  query: clickErasureQuery,
  answers: [{ status: 200, when: 'What this call erased', shapes: { ClickErasure: clickErasureAnswer } }],
  errors: ['ID_INVALID', 'CLICK_ID_FORGED'],
};

export const deadLettersDescription: Description = {
  id: 'listDeadLetters',
  tag: 'Dead letters',
  summary: 'What was given up on, oldest first',
  query: deadLettersQuery,
  answers: [{ status: 200, when: 'Some of them', shapes: { DeadLetterList: deadLettersAnswer } }],
  errors: [],
};

export const deadLetterDescription: Description = {
  id: 'getDeadLetter',
  tag: 'Dead letters',
  summary: 'One dead letter, with all that it shows of itself',
  query: noParameters,
  answers: [{ status: 200, when: 'The letter, which stays where it is', shapes: { DeadLetter: deadLetterAnswer } }],
  errors: ['NOT_FOUND'],
};

export const deadLetterDeletionDescription: Description = {
  id: 'deleteDeadLetter',
  tag: 'Dead letters',
  summary: 'Deletes a dead letter for good',
  details: 'What it held was acknowledged to its sender, and is lost. Who deleted it is in the log of the function.',
  query: noParameters,
  answers: [{ status: 200, when: 'What was deleted', shapes: { DeadLetter: deadLetterAnswer } }],
  errors: ['NOT_FOUND'],
};

export const redriveDescription: Description = {
  id: 'redriveDeadLetters',
  tag: 'Dead letters',
  summary: 'Moves dead letters back to the retry queue, all where nothing is said',
  query: noParameters,
  body: { name: 'RedriveOrder', schema: redriveSchema, optional: true },
  answers: [{ status: 200, when: 'What was moved', shapes: { Redrive: redriveAnswer } }],
  errors: ['BODY_INVALID'],
};
