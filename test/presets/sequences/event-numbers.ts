import type { Sent, Sequence } from '../sequence-runner';
import { approved, get, post, reversed } from './steps';

/** A webhook of one order, with the number of the notification. */
const webhook = (eventId: number | string, name: string, word: string, reason?: string): Sent =>
  post(JSON.stringify({ event_id: eventId, [name]: word, clickid: 'CLICKID', order_id: 'A1', amount: 10 }), reason);

/** Short numbers in `event_id`: networks number their goals, webhooks their notifications. */
export const sequences: readonly Sequence[] = [
  ...['event_type', 'event_name', 'topic'].flatMap((name): readonly Sequence[] => [
    {
      name: `${name} beside a numbered notification: a sale, its refund, and the refund again`,
      sent: [
        webhook(4711, name, 'order.paid', 'OK'),
        webhook(4712, name, 'order.refunded', 'OK_UPDATED'),
        webhook(4713, name, 'order.refunded'),
      ],
      ends: [reversed()],
    },
    {
      name: `${name} beside a numbered notification: two of one order are one sale`,
      sent: [webhook('4711', name, 'deposit', 'OK'), webhook('4712', name, 'deposit', 'OK_DUPLICATE')],
      ends: [approved('10')],
    },
  ]),
  {
    name: 'goals of a network by their numbers are conversions of their own',
    sent: [
      get('clickid=CLICKID&txid=1&event_id=7&amount=5', 'OK'),
      get('clickid=CLICKID&txid=1&event_id=8&amount=3', 'OK'),
      get('clickid=CLICKID&txid=1&event_id=7&amount=5&status=rejected', 'OK_UPDATED'),
    ],
    ends: [{ status: 'rejected', payable: '0', currency: 'USD' }, approved('3')],
  },
  {
    name: 'the name of a goal beside its number changes no key',
    sent: [
      get('clickid=CLICKID&txid=1&event_id=7&amount=5', 'OK'),
      get('clickid=CLICKID&txid=1&event_id=7&event_name=Deposit&amount=5', 'OK_DUPLICATE'),
    ],
    ends: [approved('5')],
  },
  {
    name: 'a refund of a goal that names its number and its event',
    sent: [
      get('clickid=CLICKID&txid=1&event_id=7&amount=5', 'OK'),
      get('clickid=CLICKID&txid=1&event_id=7&event_type=refund&amount=5', 'OK_UPDATED'),
    ],
    ends: [reversed()],
  },
  {
    name: 'a number that the integration maps is that of a goal, whatever is beside it',
    integration: { events: { '7': 'deposit', '8': 'trade' } },
    sent: [webhook(7, 'event_type', 'payment.succeeded', 'OK'), webhook(8, 'event_type', 'payment.succeeded', 'OK')],
    ends: [approved('10'), approved('10')],
  },
];
