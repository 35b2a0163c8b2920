import type { Sequence } from '../sequence-runner';
import { approved, daysLater, get, pending, post, rejected, retried, reversed } from './steps';

const sale = get('clickid=CLICKID&txid=T1&amount=100&status=approved', 'OK');

const step = (event: string, reason?: string) => get(`clickid=CLICKID&txid=O1&amount=50&event=${event}`, reason);

const month = get('clickid=CLICKID&event=rebill&amount=9', 'OK');

export const sequences: readonly Sequence[] = [
  {
    name: 'the amount comes with the approval',
    sent: [
      get('clickid=CLICKID&txid=1&status=pending', 'OK'),
      get('clickid=CLICKID&txid=1&status=approved&amount=50', 'OK_UPDATED'),
    ],
    ends: [approved('50')],
  },
  {
    name: 'an event of refund takes back the sale of its order',
    sent: [
      get('clickid=CLICKID&event=sale&txid=A&amount=100', 'OK'),
      get('clickid=CLICKID&event=refund&txid=A&amount=100'),
    ],
    ends: [reversed()],
  },
  {
    name: 'a refund with a number of its own finds the only sale',
    sent: [sale, get('clickid=CLICKID&txid=R1&status=refunded')],
    ends: [reversed()],
  },
  {
    name: 'a refund that names no transaction finds the only sale',
    sent: [sale, get('clickid=CLICKID&status=refunded')],
    ends: [reversed()],
  },
  {
    name: 'a refund of a part',
    sent: [sale, get('clickid=CLICKID&txid=T1&amount=30&status=refund', 'OK_UPDATED', 'PARTIAL_REVERSAL')],
    ends: [approved('70')],
  },
  {
    name: 'a refund of a part from an integration that takes back the whole',
    integration: { reversals: 'whole' },
    sent: [sale, get('clickid=CLICKID&txid=T1&amount=30&status=refund', 'OK_UPDATED')],
    ends: [reversed()],
  },
  {
    name: 'a rejection with the amount below zero',
    sent: [sale, get('clickid=CLICKID&txid=T1&amount=-100&status=rejected')],
    ends: [rejected()],
  },
  {
    name: 'a chargeback that names the time of its sale',
    sent: [
      get('clickid=CLICKID&txid=T1&amount=100&status=approved&timestamp=2026-11-23T11:30:00Z', 'OK'),
      get('clickid=CLICKID&txid=T1&status=chargeback&timestamp=2026-11-23T11:30:00Z', 'OK_UPDATED'),
    ],
    ends: [reversed()],
  },
  {
    name: 'a chargeback after the window of the campaign',
    sent: [sale, daysLater(120, get('clickid=CLICKID&txid=T1&status=chargeback', 'OK_UPDATED'))],
    ends: [reversed()],
  },
  {
    name: 'a chargeback that comes before its sale',
    sent: [
      get('clickid=CLICKID&txid=T1&status=chargeback', 'OK', 'REVERSAL_WITHOUT_SALE'),
      get('clickid=CLICKID&txid=T1&amount=100&status=approved'),
    ],
    ends: [reversed()],
  },
  {
    name: 'a late retry of the sale approves nothing anew',
    sent: [
      sale,
      get('clickid=CLICKID&txid=T1&status=refunded', 'OK_UPDATED'),
      { ...retried(sale), expect: { reason: 'OK_STALE' } },
    ],
    ends: [reversed()],
  },
  {
    name: 'a retry after hours, where each repeat counts',
    integration: { duplicates: { default: 'separate' } },
    sent: [sale, retried(sale)],
    ends: [approved('100')],
  },
  {
    name: 'a retry after hours, where amounts are added',
    integration: { duplicates: { default: 'increment' } },
    sent: [sale, retried(sale)],
    ends: [approved('100')],
  },
  {
    name: 'a renewal of a subscription that names no transaction',
    sent: [
      get('clickid=CLICKID&event=rebill&amount=9', 'OK'),
      daysLater(30, get('clickid=CLICKID&event=rebill&amount=9', 'OK')),
    ],
    ends: [approved('9'), approved('9')],
  },
  {
    name: 'a renewal whose payment fails takes no earlier month back',
    sent: [month, daysLater(30, get('clickid=CLICKID&event=rebill&status=rejected', 'OK'))],
    ends: [approved('9'), rejected()],
  },
  {
    name: 'a renewal that is paid after one that failed counts',
    sent: [
      month,
      daysLater(30, get('clickid=CLICKID&event=rebill&status=declined&amount=9', 'OK')),
      daysLater(30, get('clickid=CLICKID&event=rebill&status=approved&amount=12', 'OK')),
    ],
    ends: [approved('9'), rejected(), approved('12')],
  },
  {
    name: 'a renewal that is rejected within the retry window is that one, and none before it',
    sent: [
      month,
      daysLater(30, get('clickid=CLICKID&event=rebill&amount=12', 'OK')),
      daysLater(1, get('clickid=CLICKID&event=rebill&status=rejected', 'OK_UPDATED')),
    ],
    ends: [approved('9'), rejected()],
  },
  {
    name: 'two renewals in a row fail with the same words',
    sent: [
      month,
      daysLater(30, get('clickid=CLICKID&event=rebill&status=rejected', 'OK')),
      daysLater(30, get('clickid=CLICKID&event=rebill&status=rejected', 'OK')),
      { ...daysLater(0, get('clickid=CLICKID&event=rebill&status=rejected', 'OK_DUPLICATE')), afterMinutes: 30 },
    ],
    ends: [approved('9'), rejected(), rejected()],
  },
  {
    name: 'the first renewal is rejected a day later',
    sent: [month, daysLater(1, get('clickid=CLICKID&event=rebill&status=rejected', 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'the renewal after a refund counts with its own amount',
    sent: [
      month,
      daysLater(29, get('clickid=CLICKID&event=rebill&status=refunded', 'OK_UPDATED')),
      daysLater(1, get('clickid=CLICKID&event=rebill&status=approved&amount=12', 'OK')),
      daysLater(30, get('clickid=CLICKID&event=rebill&status=approved&amount=12&month=3', 'OK')),
    ],
    ends: [reversed(), approved('12'), approved('12')],
  },
  {
    name: 'the renewal after a first one that was rejected counts with its own amount',
    sent: [
      get('clickid=CLICKID&event=rebill&status=rejected&amount=9', 'OK'),
      daysLater(30, get('clickid=CLICKID&event=rebill&status=approved&amount=12', 'OK')),
    ],
    ends: [rejected(), approved('12')],
  },
  {
    name: 'a renewal on hold is approved after the retry window, or rejected',
    sent: [
      get('clickid=CLICKID&event=rebill&status=pending&amount=9', 'OK'),
      daysLater(14, get('clickid=CLICKID&event=rebill&status=approved', 'OK_UPDATED')),
    ],
    ends: [approved('9')],
  },
  {
    name: 'a renewal that names its order is changed by that order, whenever it comes',
    sent: [
      get('clickid=CLICKID&event=rebill&txid=R2&amount=9', 'OK'),
      daysLater(30, get('clickid=CLICKID&event=rebill&txid=R2&status=rejected', 'OK_UPDATED')),
    ],
    ends: [rejected()],
  },
  {
    name: 'a refund takes a renewal back, and never a failed one',
    sent: [
      month,
      daysLater(30, get('clickid=CLICKID&event=rebill&status=rejected', 'OK')),
      daysLater(1, get('clickid=CLICKID&event=refund', 'OK_UPDATED')),
    ],
    ends: [reversed(), rejected()],
  },
  {
    name: 'events that name the steps of one order are one sale',
    sent: [step('order.created', 'OK'), step('order.paid'), step('order.fulfilled')],
    ends: [approved('50')],
  },
  {
    name: 'and so they are in any order, with a refund of a part',
    sent: [
      step('order_paid', 'OK'),
      step('order_created'),
      get('clickid=CLICKID&txid=O1&event=order_refunded&amount=20'),
    ],
    ends: [approved('30')],
  },
  {
    name: 'a checkout is on hold until its payment, under another name, has succeeded',
    sent: [step('checkout.created', 'OK'), step('payment.succeeded', 'OK_UPDATED'), step('checkout.completed')],
    ends: [approved('50')],
  },
  {
    name: 'a payment that was authorized alone stays on hold',
    sent: [step('payment.authorized', 'OK')],
    ends: [pending()],
  },
  {
    name: 'the name of a step ends a hold, and a rejection, that a status began',
    sent: [
      get('clickid=CLICKID&txid=O1&event=order.created&amount=50&status=pending', 'OK'),
      get('clickid=CLICKID&txid=O1&event=order.updated&status=failed', 'OK_UPDATED'),
      step('order.paid', 'OK_UPDATED'),
    ],
    ends: [approved('50')],
  },
  {
    name: 'an order that is completed after its refund stays reversed',
    sent: [step('order.created', 'OK'), step('order.refunded', 'OK_UPDATED'), step('order.completed')],
    ends: [reversed()],
  },
  {
    name: 'an adjustment whose action is a refund takes back the transaction',
    sent: [
      step('transaction.completed', 'OK'),
      post(
        JSON.stringify({
          event_type: 'adjustment.created',
          clickid: 'CLICKID',
          txid: 'O1',
          action: 'refund',
          amount: '50',
        }),
        'OK_UPDATED',
        'NAME_GUESSED',
      ),
    ],
    ends: [reversed()],
  },
  {
    name: 'leads and deposits stay conversions beside the steps of an order',
    sent: [step('lead', 'OK'), step('deposit', 'OK'), step('order.created', 'OK'), step('order.paid')],
    ends: [approved('50'), approved('50'), approved('50')],
  },
];
