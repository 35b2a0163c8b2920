import { pageOf } from '../http/answer-schema';
import { noParameters } from '../http/query-parameters';
import type { Route } from '../http/route';
import { deliveriesQuery, getDeliveries } from './list';
import { getDelivery, resendDelivery } from './one';
import { deliveryAnswer } from './view';

export const deliveryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'deliveries',
    run: getDeliveries,
    description: {
      id: 'listDeliveries',
      tag: 'Deliveries',
      summary: 'What traffic sources were told of conversions, by source or by click',
      details: 'Either source or clickId must be there. Deliveries are kept for 90 days.',
      query: deliveriesQuery,
      answers: [{ status: 200, when: 'A page of deliveries', shapes: { DeliveryList: pageOf(deliveryAnswer) } }],
      parts: { Delivery: deliveryAnswer },
      errors: [],
    },
  },
  {
    method: 'GET',
    path: 'deliveries/{deliveryId}',
    run: getDelivery,
    description: {
      id: 'getDelivery',
      tag: 'Deliveries',
      summary: 'One delivery, with its last request and answer',
      query: noParameters,
      answers: [{ status: 200, when: 'The delivery', shapes: { Delivery: deliveryAnswer } }],
      errors: ['ID_INVALID', 'NOT_FOUND'],
    },
  },
  {
    method: 'POST',
    path: 'deliveries/{deliveryId}/resend',
    run: resendDelivery,
    description: {
      id: 'resendDelivery',
      tag: 'Deliveries',
      summary: 'Sends a delivery once more',
      details: 'Its schedule begins anew. A source that is suspended or does not answer is called by it all the same.',
      query: noParameters,
      answers: [{ status: 202, when: 'It is due now', shapes: { Delivery: deliveryAnswer } }],
      errors: ['BODY_INVALID', 'ID_INVALID', 'NOT_FOUND', 'DELIVERY_CONFLICT'],
    },
  },
];
