import type { Sent, Sequence } from '../sequence-runner';
import { approved, daysLater, get, post, reversed } from './steps';

type Fields = Readonly<Record<string, unknown>>;

/** The modes in which a postback about a known sale adds nothing by itself. */
const modes = ['ignore', 'update', 'separate', 'separate-flagged', 'ignore-by-transaction', 'increment'] as const;

const payment = (refunded: number, minutes: number): string =>
  JSON.stringify({
    type: 'payment.updated',
    event_id: `13b867cf-db3d-4b1c-90b6-2f32a9d78${String(100 + minutes)}`,
    data: {
      type: 'payment',
      object: {
        payment: {
          id: 'PAY1',
          amount_money: { amount: 1000, currency: 'USD' },
          total_money: { amount: 1000, currency: 'USD' },
          ...(refunded > 0 && { refunded_money: { amount: refunded, currency: 'USD' } }),
          status: 'COMPLETED',
          updated_at: new Date(Date.UTC(2026, 10, 23, 11, minutes)).toISOString(),
          note: 'CLICKID',
        },
      },
    },
  });

const ofSquare = {
  amountFormat: 'minor',
  parameters: {
    amount: ['payment.amount_money.amount'],
    transactionId: ['payment.id'],
    timestamp: ['payment.updated_at'],
  },
};

const paid = post(payment(0, 1), 'OK');
const part = post(payment(300, 2), 'OK_UPDATED');
const secondPart = post(payment(500, 3), 'OK_UPDATED');
const whole = post(payment(1000, 4), 'OK_UPDATED');
const late = (body: string): Sent => post(body);

/** Every sequence of a payment that says what was refunded of it so far, in one mode. */
function inMode(mode: string): readonly Sequence[] {
  const integration = { ...ofSquare, duplicates: { default: mode } };
  const sequence = (name: string, sent: readonly Sent[], ends: Sequence['ends']): Sequence => ({
    name: `Square, ${mode}: ${name}`,
    integration,
    sent,
    ends,
  });
  return [
    sequence('a refund of a part', [paid, part], [approved('7')]),
    sequence('a second part', [paid, part, secondPart], [approved('5')]),
    sequence('two parts, and then the rest', [paid, part, secondPart, whole], [reversed()]),
    sequence('the whole at once', [paid, whole], [reversed()]),
    sequence(
      'a webhook that comes again',
      [paid, part, post(part.body ?? ''), daysLater(5, late(payment(300, 2)))],
      [approved('7')],
    ),
    sequence('another change of the payment after the refund', [paid, part, late(payment(300, 9))], [approved('7')]),
    sequence('the second part before the first', [paid, secondPart, late(payment(300, 2))], [approved('5')]),
    sequence('the whole before a part', [paid, whole, late(payment(300, 2)), late(payment(500, 3))], [reversed()]),
    sequence('a refund before its sale', [late(payment(300, 2)), late(payment(0, 1))], [approved('7')]),
    sequence(
      'two refunds before their sale',
      [late(payment(500, 3)), late(payment(300, 2)), late(payment(0, 1))],
      [approved('5')],
    ),
  ];
}

const sale = get('clickid=CLICKID&txid=1&amount=10');
const refund = get('clickid=CLICKID&txid=1&event=refund&amount=3');
const saleLess = (refunded: string): Sent => get(`clickid=CLICKID&txid=1&amount=10&refunded_amount=${refunded}`);

/** A sender that reports each refund by itself as well. */
function bothWaysIn(mode: string): readonly Sequence[] {
  const integration = { duplicates: { default: mode } };
  return [
    {
      name: `${mode}: a refund by itself, and then beside its sale, is one refund`,
      integration,
      sent: [sale, daysLater(1, refund), daysLater(1, saleLess('3'))],
      ends: [approved('7')],
    },
    {
      name: `${mode}: a refund beside its sale, and then by itself, is one refund`,
      integration,
      sent: [sale, daysLater(1, saleLess('3')), daysLater(1, refund), daysLater(1, saleLess('5'))],
      ends: [approved('5')],
    },
  ];
}

const shop = (...refunds: readonly Fields[]): string =>
  JSON.stringify({ clickid: 'CLICKID', order_id: 'A1', amount: 100, currency: 'USD', refunds });

/** Sales that name what was refunded of them so far: what is owed is the rest. */
export const sequences: readonly Sequence[] = [
  ...modes.flatMap(inMode),
  ...modes.flatMap(bothWaysIn),
  ...['ignore', 'update'].map((mode): Sequence => ({
    name: `${mode}: the first word of a sale names what was refunded of it`,
    integration: { duplicates: { default: mode } },
    sent: [get('clickid=CLICKID&txid=1&amount=10&refunded_amount=3', 'OK', 'NAME_GUESSED', 'PARTIAL_REVERSAL')],
    ends: [approved('7')],
  })),
  {
    name: 'a row of the sale without its refunds, after they were named, changes nothing',
    integration: { duplicates: { default: 'update' } },
    sent: [saleLess('4'), daysLater(1, { ...sale, expect: { reason: 'OK_DUPLICATE' } })],
    ends: [approved('6')],
  },
  {
    name: 'a list of refunds adds up',
    sent: [
      post(shop(), 'OK'),
      post(shop({ id: 1, amount: 5 }), 'OK_UPDATED', 'NAME_GUESSED', 'PARTIAL_REVERSAL'),
      post(shop({ id: 1, amount: 5 }, { id: 2, amount: '-12.50' }), 'OK_UPDATED'),
    ],
    ends: [approved('82.5')],
  },
  {
    name: 'a refund in the list that is not complete takes nothing back',
    sent: [post(shop(), 'OK'), post(shop({ amount: 5, status: 'failed' }, { amount: 7, status: 'succeeded' }))],
    ends: [approved('93')],
  },
  {
    name: 'a list of refunds beside a word for them: the sum is what went back, and not the amount of the order',
    sent: [
      post(shop(), 'OK'),
      post(shop({ amount: 30 }).replace('"clickid"', '"event":"order.refunded","clickid"'), 'OK_UPDATED'),
    ],
    ends: [approved('70')],
  },
  {
    name: 'a list whose amounts are no plain numbers is not guessed at',
    sent: [post(shop(), 'OK'), post(shop({ amount: '5 pieces' }))],
    ends: [approved('100')],
  },
  {
    name: 'parameters.refundedSoFar names a list, in which commas are decimal',
    integration: {
      duplicates: { default: 'update' },
      decimalComma: true,
      parameters: { amount: ['brutto'], refundedSoFar: ['erstattungen.*.betrag'] },
    },
    sent: [
      get('clickid=CLICKID&txid=1&brutto=1.060,00', 'OK'),
      get(
        'clickid=CLICKID&txid=1&brutto=1.060,00&erstattungen[0][betrag]=5,50&erstattungen[1][betrag]=1.000,00',
        'OK_UPDATED',
      ),
    ],
    ends: [approved('54.5')],
  },
  {
    name: 'a named list with what is no number is rejected',
    integration: { parameters: { refundedSoFar: ['back.*.sum'] } },
    sent: [
      get('clickid=CLICKID&txid=1&amount=60', 'OK'),
      get('clickid=CLICKID&txid=1&amount=60&back[0][sum]=5&back[1][sum]=5x', 'AMOUNT_INVALID'),
    ],
    ends: [approved('60')],
  },
  {
    name: 'an order on hold that names refunds stays on hold, and a declined one is rejected',
    sent: [
      get('clickid=CLICKID&txid=1&amount=60&status=approved', 'OK'),
      get('clickid=CLICKID&txid=1&amount=60&refunded_amount=5&status=declined', 'OK_UPDATED'),
    ],
    ends: [{ status: 'rejected', payable: '0', currency: 'USD' }],
  },
  {
    name: 'a commission beside what was refunded of an order is not reduced by it',
    sent: [
      get('clickid=CLICKID&txid=1&payout=6', 'OK'),
      get('clickid=CLICKID&txid=1&payout=6&refunded_amount=50', 'OK_DUPLICATE'),
    ],
    ends: [approved('6')],
  },
];
