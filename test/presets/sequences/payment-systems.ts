import type { Sequence } from '../sequence-runner';
import { approved, get, post, reversed } from './steps';

const start = Date.UTC(2026, 10, 23, 11, 30);
type Fields = Readonly<Record<string, unknown>>;

/** An item of Adyen: the metadata of the payment comes back with each. */
const adyen = (eventCode: string, success: string, value = 1000): string =>
  JSON.stringify({
    live: 'true',
    notificationItems: [
      {
        NotificationRequestItem: {
          amount: { currency: 'EUR', value },
          eventCode,
          eventDate: new Date(start).toISOString(),
          merchantReference: 'ORD1',
          pspReference: `PSP-${eventCode}`,
          success,
          additionalData: { 'metadata.clickid': 'CLICKID' },
        },
      },
    ],
  });

/** An event of Razorpay: the payment as it is, and the refund beside it. */
const razorpay = (event: string, payment: Fields, refund?: Fields): string =>
  JSON.stringify({
    entity: 'event',
    event,
    payload: {
      payment: {
        entity: {
          id: 'pay_1',
          amount: 50_000,
          currency: 'INR',
          status: 'captured',
          order_id: 'order_1',
          notes: { clickid: 'CLICKID' },
          ...payment,
        },
      },
      ...(refund && { refund: { entity: { id: 'rfnd_1', currency: 'INR', payment_id: 'pay_1', ...refund } } }),
    },
  });

function money(amount: number): Fields {
  return { amount, currency: 'USD' };
}

const gumroad = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams({
    sale_id: 'FO8TXN-dbxYaBdahG97Y-Q==',
    price: '1500',
    currency: 'usd',
    'url_params[clickid]': 'CLICKID',
    refunded: 'false',
    disputed: 'false',
    dispute_won: 'false',
    ...fields,
  }).toString();

const inRupees = { currency: 'INR', amountFormat: 'minor' };
const ofAdyen = { amountFormat: 'minor', parameters: { amount: ['amount.value'] } };
const ofGumroad = { amountFormat: 'minor', parameters: { amount: ['price'] } };

/** A refund of Square: its note is the only field that may carry the click ID. */
const square = (type: string, object: Fields): string =>
  JSON.stringify({
    type,
    event_id: 'bc316346-6691-4243-88ed-6d651a0d0c47',
    data: { type: type.split('.')[0], object },
  });
const squarePayment = {
  payment: { id: 'PAY1', amount_money: money(1000), status: 'COMPLETED', order_id: 'ORD1', note: 'CLICKID' },
};
const squareRefund = (status: string): Fields => ({
  refund: { id: 'REF1', amount_money: money(300), status, order_id: 'ORD1', payment_id: 'PAY1', reason: 'CLICKID' },
});
const ofSquare = {
  amountFormat: 'minor',
  parameters: { amount: ['payment.amount_money.amount', 'refund.amount_money.amount'] },
};

/** What payment systems without a preset send, read by the generic one. */
export const sequences: readonly Sequence[] = [
  {
    name: 'Adyen: the currency of an amount is the one in its object',
    integration: ofAdyen,
    sent: [post(adyen('AUTHORISATION', 'true'), 'OK'), post(adyen('REFUND', 'true', 400), 'OK_UPDATED')],
    ends: [approved('6', 'EUR')],
  },
  {
    name: 'Adyen: what has not succeeded is no sale and no refund, also where its event is mapped',
    integration: { ...ofAdyen, events: { AUTHORISATION: 'sale' } },
    sent: [
      post(adyen('AUTHORISATION', 'false'), 'STATUS_UNKNOWN'),
      post(adyen('AUTHORISATION', 'true'), 'OK'),
      post(adyen('REFUND', 'false'), 'STATUS_UNKNOWN'),
    ],
    ends: [approved('10', 'EUR')],
  },
  {
    name: 'Razorpay: a payment that failed, was authorized and captured is one',
    integration: inRupees,
    sent: [
      post(razorpay('payment.failed', { status: 'failed' }), 'OK'),
      post(razorpay('payment.authorized', { status: 'authorized' })),
      post(razorpay('payment.captured', {}), 'OK_UPDATED'),
      post(razorpay('order.paid', {}), 'OK_DUPLICATE'),
    ],
    ends: [approved('500', 'INR')],
  },
  {
    name: 'Razorpay: refunds of a part, each created and processed, name what was refunded so far',
    integration: inRupees,
    sent: [
      post(razorpay('payment.captured', {}), 'OK'),
      post(razorpay('refund.created', { amount_refunded: 20_000 }, { amount: 20_000 }), 'OK_UPDATED'),
      post(razorpay('refund.processed', { amount_refunded: 20_000 }, { amount: 20_000, status: 'processed' })),
      post(razorpay('refund.processed', { amount_refunded: 30_000 }, { id: 'rfnd_2', amount: 10_000 }), 'OK_UPDATED'),
    ],
    ends: [approved('200', 'INR')],
  },
  {
    name: 'Razorpay: the same where the integration names the amount of the payment',
    integration: { ...inRupees, parameters: { amount: ['payload.payment.entity.amount'] } },
    sent: [
      post(razorpay('payment.captured', {}), 'OK'),
      post(razorpay('refund.processed', { amount_refunded: 20_000 }, { amount: 20_000 }), 'OK_UPDATED'),
      post(razorpay('refund.processed', { amount_refunded: 30_000 }, { id: 'rfnd_2', amount: 10_000 }), 'OK_UPDATED'),
    ],
    ends: [approved('200', 'INR')],
  },
  ...['ignore', 'separate', 'increment'].map((mode): Sequence => ({
    name: `Razorpay, ${mode}: a dispute is no sale, whatever the payment beside it says`,
    integration: { ...inRupees, duplicates: { default: mode } },
    sent: [
      post(razorpay('payment.captured', {}), 'OK'),
      post(razorpay('payment.dispute.created', {}), 'EVENT_UNKNOWN'),
      post(razorpay('payment.dispute.under_review', {}), 'EVENT_UNKNOWN'),
      post(razorpay('payment.dispute.lost', {}), 'OK_UPDATED'),
    ],
    ends: [reversed('INR')],
  })),
  {
    name: 'Razorpay: a dispute that was won leaves the sale as it is',
    integration: inRupees,
    sent: [
      post(razorpay('payment.captured', {}), 'OK'),
      post(razorpay('payment.dispute.created', {}), 'EVENT_UNKNOWN'),
      post(razorpay('payment.dispute.won', {}), 'OK_DUPLICATE'),
    ],
    ends: [approved('500', 'INR')],
  },
  {
    name: 'Square: a refund of a part counts once, when it is complete',
    integration: ofSquare,
    sent: [
      post(square('payment.updated', squarePayment), 'OK'),
      post(square('refund.created', squareRefund('PENDING')), 'STATUS_UNKNOWN'),
      post(square('refund.updated', squareRefund('COMPLETED')), 'OK_UPDATED'),
    ],
    ends: [approved('7')],
  },
  {
    name: 'a refund that has failed takes nothing back',
    sent: [
      get('clickid=CLICKID&txid=1&amount=100', 'OK'),
      get('clickid=CLICKID&txid=1&event=refund&amount=30&status=failed', 'STATUS_UNKNOWN'),
    ],
    ends: [approved('100')],
  },
  {
    name: 'Gumroad: a dispute is no repeat of its sale: its sender learns what to set',
    integration: ofGumroad,
    sent: [post(gumroad({}), 'OK'), post(gumroad({ disputed: 'true' }), 'STATUS_UNKNOWN')],
    ends: [approved('15')],
  },
  {
    name: 'Gumroad: with its words for a status, a dispute takes back the sale',
    integration: {
      ...ofGumroad,
      parameters: { amount: ['price'], status: ['resource_name'] },
      statuses: { dispute: 'reversed', dispute_won: 'approved' },
    },
    sent: [
      post(gumroad({ resource_name: 'sale' }), 'OK'),
      post(gumroad({ resource_name: 'dispute', disputed: 'true' }), 'OK_UPDATED'),
    ],
    ends: [reversed()],
  },
  {
    name: 'Gumroad: and a dispute that was won restores it',
    integration: {
      ...ofGumroad,
      parameters: { amount: ['price'], status: ['resource_name'] },
      statuses: { dispute: 'reversed', dispute_won: 'approved' },
    },
    sent: [
      post(gumroad({ resource_name: 'sale' }), 'OK'),
      post(gumroad({ resource_name: 'dispute', disputed: 'true' }), 'OK_UPDATED'),
      post(gumroad({ resource_name: 'dispute_won', disputed: 'true', dispute_won: 'true' }), 'OK_UPDATED'),
    ],
    ends: [approved('15')],
  },
];
