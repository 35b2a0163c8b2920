import { pageOf } from '../http/answer-schema';
import { deliveriesQuery } from './list';
import { secretSchema } from '../sources/secrets';
import { sourceTestAnswer, sourceTestSchema } from '../sources/test-source';
import { deliveryAnswer } from './view';
import type { Description } from '../http/description';
import { noParameters } from '../http/query-parameters';

export const deliveriesDescription: Description = {
  id: 'listDeliveries',
  tag: 'Deliveries',
  summary: 'What traffic sources were told of conversions, by source or by click',
  details: 'Either source or clickId must be there. Deliveries are kept for 90 days.',
  query: deliveriesQuery,
  answers: [{ status: 200, when: 'A page of deliveries', shapes: { DeliveryList: pageOf(deliveryAnswer) } }],
  parts: { Delivery: deliveryAnswer },
  errors: [],
};

export const deliveryDescription: Description = {
  id: 'getDelivery',
  tag: 'Deliveries',
  summary: 'One delivery, with its last request and answer',
  query: noParameters,
  answers: [{ status: 200, when: 'The delivery', shapes: { Delivery: deliveryAnswer } }],
  errors: ['ID_INVALID', 'NOT_FOUND'],
};

export const resendDescription: Description = {
  id: 'resendDelivery',
  tag: 'Deliveries',
  summary: 'Sends a delivery once more',
  details: 'Its schedule begins anew. A source that is suspended or does not answer is called by it all the same.',
  query: noParameters,
  answers: [{ status: 202, when: 'It is due now', shapes: { Delivery: deliveryAnswer } }],
  errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DELIVERY_CONFLICT'],
};

export const sourceTestDescription: Description = {
  id: 'testSource',
  tag: 'Deliveries',
  summary: 'Sends a made-up conversion to a source at once, and shows request and answer',
  details: 'The source gets a real request. Nothing of it is stored.',
  query: noParameters,
  body: { name: 'SourceTest', schema: sourceTestSchema, optional: true },
  answers: [{ status: 200, when: 'What was asked and answered', shapes: { SourceTestResult: sourceTestAnswer } }],
  errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const secretDescription: Description = {
  id: 'putSourceSecret',
  tag: 'Deliveries',
  summary: 'Sets what {secret:NAME} stands for in the postbacks of a source',
  details: 'It is stored sealed, and no route shows it.',
  query: noParameters,
  body: { name: 'SourceSecret', schema: secretSchema },
  answers: [{ status: 204, when: 'The secret is set' }],
  errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DOCUMENT_UNREADABLE'],
};

export const secretDeletionDescription: Description = {
  id: 'deleteSourceSecret',
  tag: 'Deliveries',
  summary: 'Removes a secret of a source',
  query: noParameters,
  answers: [{ status: 204, when: 'The secret is gone' }],
  errors: ['ID_INVALID', 'NOT_FOUND'],
};
