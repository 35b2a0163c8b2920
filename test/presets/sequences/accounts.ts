import type { Sequence } from '../sequence-runner';
import { approved, get, reversed } from './steps';

const minor = { amountFormat: 'minor' };
const inYen = get('clickid=CLICKID&txid=1&amount=5000&currency=JPY', 'OK');

/** Sequences of the generic preset that an accountant would check: one sale is never paid or taken back with another one's money. */
const ofCurrencies: readonly Sequence[] = [
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

export const sequences: readonly Sequence[] = [...ofCurrencies];
