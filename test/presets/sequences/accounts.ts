import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, pending, rejected, reversed } from './steps';

const minor = { amountFormat: 'minor' };
const inYen = get('clickid=CLICKID&txid=1&amount=5000&currency=JPY', 'OK');

/** Sequences of the generic preset that an accountant would check: one sale is never paid or taken back with another one's money. */
const ofCurrencies: readonly Sequence[] = [
  {
    name: 'a reversal of the whole that came first takes back the sale of its amount, where each counts separately',
    integration: { reversals: 'whole', duplicates: { default: 'separate' } },
    sent: [
      get('clickid=CLICKID&txid=1&amount=20&status=reversed', 'OK', 'REVERSAL_WITHOUT_SALE'),
      get('clickid=CLICKID&txid=1&amount=10&status=approved'),
      get('clickid=CLICKID&txid=1&amount=20&status=approved'),
    ],
    ends: [approved('10'), reversed()],
  },
  {
    name: 'a refund without a currency, before a sale that names another one than the integration has',
    sent: [
      get('clickid=CLICKID&txid=1&status=refund&amount=30', 'OK', 'REVERSAL_WITHOUT_SALE'),
      get('clickid=CLICKID&txid=1&amount=100&currency=EUR', 'OK_UPDATED'),
    ],
    ends: [approved('70', 'EUR')],
  },
  {
    name: 'a refund without a currency, of a sale whose currency was corrected',
    integration: { duplicates: { default: 'update' } },
    sent: [
      get('clickid=CLICKID&txid=1&amount=10', 'OK'),
      get('clickid=CLICKID&txid=1&amount=12&currency=EUR', 'OK_UPDATED'),
      get('clickid=CLICKID&txid=1&status=refund&amount=5', 'OK_UPDATED', 'PARTIAL_REVERSAL'),
    ],
    ends: [approved('7', 'EUR')],
  },
  {
    name: 'smallest units without a currency are those of the sale',
    integration: minor,
    sent: [inYen, get('clickid=CLICKID&txid=1&amount=3000&status=refund', 'OK_UPDATED', 'PARTIAL_REVERSAL')],
    ends: [approved('2000', 'JPY')],
  },
  {
    name: 'smallest units of a currency with three digits',
    integration: minor,
    sent: [
      get('clickid=CLICKID&txid=1&amount=5000&currency=KWD', 'OK'),
      get('clickid=CLICKID&txid=1&amount=3000&status=refund', 'OK_UPDATED', 'PARTIAL_REVERSAL'),
    ],
    ends: [approved('2', 'KWD')],
  },
  {
    name: 'smallest units that are added to a sum in another currency',
    integration: { ...minor, duplicates: { default: 'increment' } },
    sent: [inYen, get('clickid=CLICKID&txid=1&amount=3000', 'OK_UPDATED', 'CURRENCY_ASSUMED')],
    ends: [approved('8000', 'JPY')],
  },
  {
    name: 'a refund in smallest units that comes before its sale names the currency',
    integration: minor,
    sent: [get('clickid=CLICKID&txid=1&amount=3000&status=refund', 'OK'), inYen].map(({ query = '' }) => ({ query })),
    ends: [approved('2000', 'JPY')],
  },
  {
    name: 'a refund in smallest units finds the sale of its amount',
    integration: minor,
    sent: [
      get('clickid=CLICKID&event=a&amount=5000&currency=JPY', 'OK'),
      get('clickid=CLICKID&event=refund&amount=5000', 'OK_UPDATED'),
    ],
    ends: [reversed('JPY')],
  },
];

const separate = { duplicates: { default: 'separate' } };
const says = (status: string, amount: string, reason?: string): ReturnType<typeof get> =>
  get(`clickid=CLICKID&status=${status}&amount=${amount}`, reason);

/** Conversions that count separately, of which nothing but the amount shows which one is meant. */
const ofRows: readonly Sequence[] = [
  {
    name: 'two holds, of which the second is approved first',
    sent: [says('pending', '10'), says('pending', '20'), says('approved', '20', 'OK_UPDATED'), says('approved', '10')],
    ends: [approved('10'), approved('20')],
  },
  {
    name: 'the second of two sales is rejected',
    sent: [says('approved', '10'), says('approved', '20'), says('rejected', '20', 'OK_UPDATED')],
    ends: [approved('10'), rejected()],
  },
  {
    name: 'a hold after a sale, and its rejection',
    sent: [says('approved', '10'), says('pending', '20', 'OK'), says('rejected', '20', 'OK_UPDATED')],
    ends: [approved('10'), rejected()],
  },
  {
    name: 'a hold after a sale, and its rejection without an amount',
    sent: [says('approved', '10'), says('pending', '20', 'OK'), get('clickid=CLICKID&status=rejected', 'OK_UPDATED')],
    ends: [approved('10'), rejected()],
  },
  {
    name: 'a hold after a sale that was rejected',
    sent: [says('rejected', '10'), says('pending', '20', 'OK')],
    ends: [rejected(), pending()],
  },
  {
    name: 'a late hold of the same amount is no other sale',
    sent: [says('approved', '10'), says('pending', '10', 'TRANSITION_REFUSED')],
    ends: [approved('10')],
  },
  {
    name: 'two holds without amounts, which come with the approvals',
    sent: [
      get('clickid=CLICKID&status=pending&lead=1', 'OK'),
      get('clickid=CLICKID&status=pending&lead=2', 'OK'),
      says('approved', '10', 'OK_UPDATED'),
      says('approved', '20', 'OK_UPDATED'),
    ],
    ends: [approved('10'), approved('20')],
  },
  {
    name: 'a rejection that overtakes its sale',
    sent: [
      get('clickid=CLICKID&status=approved&amount=10&timestamp=2026-11-23T11:30:00Z', 'OK'),
      get('clickid=CLICKID&status=rejected&amount=20&timestamp=2026-11-23T11:50:00Z'),
      get('clickid=CLICKID&status=approved&amount=20&timestamp=2026-11-23T11:40:00Z', 'OK'),
    ],
    ends: [approved('10'), rejected()],
  },
  {
    name: 'a retry of the rejection of the second',
    sent: [
      says('approved', '10'),
      says('approved', '20'),
      says('rejected', '20', 'OK_UPDATED'),
      { ...says('rejected', '20', 'OK_DUPLICATE'), afterMinutes: 180 },
    ],
    ends: [approved('10'), rejected()],
  },
].map((sequence) => ({ ...sequence, integration: separate }));

/** Refunds of sales that are over already: another sale of the click does not pay for them. */
const ofSalesThatAreOver: readonly Sequence[] = [
  {
    name: 'the refund of a sale that was rejected takes nothing back of another one',
    sent: [
      get('clickid=CLICKID&txid=A&status=rejected&amount=50', 'OK'),
      get('clickid=CLICKID&txid=B&amount=70', 'OK'),
      get('clickid=CLICKID&status=refund&amount=50'),
    ],
    ends: [rejected(), approved('70')],
  },
  {
    name: 'the chargeback of a sale that was refunded takes nothing back of another one',
    sent: [
      get('clickid=CLICKID&txid=A&amount=50', 'OK'),
      get('clickid=CLICKID&txid=B&amount=70', 'OK'),
      get('clickid=CLICKID&txid=A&status=refund&amount=50', 'OK_UPDATED'),
      get('clickid=CLICKID&status=chargeback&amount=50', 'OK_DUPLICATE'),
    ],
    ends: [reversed(), approved('70')],
  },
  {
    name: 'one that is approved comes before one that is over and has the same amount',
    sent: [
      get('clickid=CLICKID&txid=A&status=rejected&amount=50', 'OK'),
      get('clickid=CLICKID&txid=B&amount=50', 'OK'),
      get('clickid=CLICKID&status=refund&amount=50', 'OK_UPDATED'),
    ],
    ends: [rejected(), reversed()],
  },
];

const increment = { duplicates: { default: 'increment' } };
const ofOrder = (status: string, amount: string, reason?: string): ReturnType<typeof get> =>
  get(`clickid=CLICKID&txid=1&status=${status}&amount=${amount}`, reason);

/** Parts of a sum, or of a sale on hold, that are rejected. */
const ofParts: readonly Sequence[] = [
  {
    name: 'one of two amounts is rejected',
    integration: increment,
    sent: [ofOrder('approved', '100'), ofOrder('approved', '50'), ofOrder('rejected', '50', 'OK_UPDATED')],
    ends: [approved('100')],
  },
  {
    name: 'one of two amounts on hold is rejected, and the other approved',
    integration: increment,
    sent: [ofOrder('pending', '100'), ofOrder('pending', '50'), ofOrder('rejected', '50'), ofOrder('approved', '100')],
    ends: [approved('100')],
  },
  {
    name: 'what was not approved of a sum is rejected',
    integration: increment,
    sent: [ofOrder('pending', '150'), ofOrder('approved', '100'), ofOrder('rejected', '50', 'OK_UPDATED')],
    ends: [approved('100')],
  },
  {
    name: 'all of a sum is rejected',
    integration: increment,
    sent: [ofOrder('approved', '100'), ofOrder('approved', '50'), ofOrder('rejected', '150', 'OK_UPDATED')],
    ends: [rejected()],
  },
  {
    name: 'a rejection below zero takes back a part of what is on hold',
    sent: [
      ofOrder('pending', '100', 'OK'),
      ofOrder('rejected', '-40', 'OK_UPDATED'),
      get('clickid=CLICKID&txid=1&status=approved', 'OK_UPDATED'),
    ],
    ends: [approved('60')],
  },
  {
    name: 'an amount that would make a sum too large for reports is rejected, and the sum stays',
    integration: increment,
    sent: [
      ...[1, 2, 3, 4].map((part) => get(`clickid=CLICKID&txid=1&amount=999999999999&part=${part}`)),
      get('clickid=CLICKID&txid=1&amount=999999999999&part=5', 'AMOUNT_INVALID'),
      get('clickid=CLICKID&txid=1&amount=3', 'OK_UPDATED'),
    ],
    ends: [approved('3999999999999')],
  },
];

const month = get('clickid=CLICKID&event=rebill&amount=9', 'OK');
const ofRenewals: readonly Sequence[] = [
  {
    name: 'a renewal of the same amount is on hold, and rejected: the month before stays paid',
    sent: [
      month,
      daysLater(30, get('clickid=CLICKID&event=rebill&status=pending&amount=9', 'OK')),
      daysLater(2, get('clickid=CLICKID&event=rebill&status=rejected&amount=9', 'OK_UPDATED')),
    ],
    ends: [approved('9'), rejected()],
  },
  {
    name: 'two renewals on hold are approved one after the other',
    sent: [
      get('clickid=CLICKID&event=rebill&status=pending&amount=9', 'OK'),
      daysLater(30, get('clickid=CLICKID&event=rebill&status=pending&amount=9&month=2', 'OK')),
      daysLater(3, get('clickid=CLICKID&event=rebill&status=approved&amount=9', 'OK_UPDATED')),
      daysLater(1, get('clickid=CLICKID&event=rebill&status=approved&amount=9&month=2', 'OK_UPDATED')),
    ],
    ends: [approved('9'), approved('9')],
  },
];

export const sequences: readonly Sequence[] = [
  ...ofRenewals,
  ...ofCurrencies,
  ...ofRows,
  ...ofSalesThatAreOver,
  ...ofParts,
];
