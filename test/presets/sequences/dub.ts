import type { Sequence } from '../sequence-runner';
import { approved, daysLater, post, retried } from './steps';

const sale = (invoice: string, amount: number): string =>
  JSON.stringify({ clickId: 'CLICKID', eventName: 'Purchase', invoiceId: invoice, amount, currency: 'usd' });

export const sequences: readonly Sequence[] = [
  {
    name: 'a lead, then a sale',
    sent: [
      post('{"clickId":"CLICKID","eventName":"Sign up","customerExternalId":"u1"}', 'OK'),
      post(sale('INV-1', 1250), 'OK'),
    ],
    ends: [approved('0'), approved('12.5')],
  },
  {
    name: 'one lead of a customer and an event, whatever is said of the customer the second time',
    sent: [
      post('{"clickId":"CLICKID","eventName":"Sign up","customerExternalId":"u1"}', 'OK'),
      post(
        '{"clickId":"CLICKID","eventName":"Sign up","customerExternalId":"u1","customerName":"Ann"}',
        'OK_DUPLICATE',
      ),
      daysLater(3, post('{"clickId":"CLICKID","eventName":"Sign up","customerExternalId":"u1"}', 'OK_DUPLICATE')),
      post('{"clickId":"CLICKID","eventName":"Sign up","customerExternalId":"u2"}', 'OK'),
    ],
    ends: [approved('0'), approved('0')],
  },
  {
    name: 'two sales of a customer without an invoice',
    sent: [
      post('{"clickId":"CLICKID","eventName":"Purchase","customerExternalId":"u1","amount":500}', 'OK'),
      post('{"clickId":"CLICKID","eventName":"Purchase","customerExternalId":"u1","amount":700}', 'OK'),
    ],
    ends: [approved('5'), approved('7')],
  },
  {
    name: 'one invoice counts once, whatever it says the second time',
    sent: [post(sale('INV-1', 1250), 'OK'), post(sale('INV-1', 1300), 'OK_DUPLICATE')],
    ends: [approved('12.5')],
  },
  {
    name: 'two invoices',
    sent: [post(sale('INV-1', 1250), 'OK'), post(sale('INV-2', 999), 'OK')],
    ends: [approved('12.5'), approved('9.99')],
  },
  {
    name: 'a retry',
    sent: [post(sale('INV-1', 1250), 'OK'), retried(post(sale('INV-1', 1250)))],
    ends: [approved('12.5')],
  },
];
