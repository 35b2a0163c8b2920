import { clickId, request } from '../support/factories';
import { claimsOf, type Given } from '../support/read-postback';

const id = clickId();
const query = (text: string, given?: Given) => claimsOf(request(`clickid=${id}&amount=2&${text}`), given);
const json = (body: Readonly<Record<string, unknown>>, given?: Given) =>
  claimsOf(request('', { body: JSON.stringify({ clickid: id, amount: 2, ...body }) }), given);

describe('a reversal under a name that says what happened', () => {
  const names =
    'alert_name eventCode event_code resource_name trigger notificationType message_type ipn_type webhook_event_type event_kind ' +
    'payment_type order_type conversion_type goal_name goalname postback_type webhook_event hook_event activity_kind trxType tx_type ' +
    'sale_type action_name operation_name reason subtype';

  test.each(names.split(' '))('is no repeat of its sale: %s', (name) => {
    for (const word of ['refund', 'payment_refunded', 'CHARGEBACK']) {
      expect(query(`txid=1&${name}=${word}`)).toMatchObject([
        { event: 'conversion', status: 'reversed', warnings: ['NAME_GUESSED'] },
      ]);
      expect(json({ txid: 1, meta: { a: 1 }, [name]: word })).toMatchObject([{ status: 'reversed' }]);
    }
  });

  test.each(['product_type=refund', 'offer_type=refund', 'content_type=refund', 'category=refund', 'note=refund'])(
    'is none where the name says what is sold: %s',
    (text) => expect(query(`txid=1&${text}`)).toMatchObject([{ event: 'conversion', warnings: [] }]),
  );
});

describe('a callback that takes a reward back', () => {
  test.each(['negativeCallback=true', 'negative_callback=1'])('reverses: %s', (text) => {
    expect(query(`txid=1&${text}`)).toMatchObject([{ status: 'reversed', warnings: ['NAME_GUESSED'] }]);
  });

  test.each(['negativeCallback=false', 'negative_feedback=1'])('is none: %s', (text) => {
    expect(query(`txid=1&${text}`)).toEqual(query('txid=1'));
  });
});

describe('a payment that failed under a name that says what happened', () => {
  test.each(['event_name', 'event_type', 'alert_name', 'webhook_event_type', 'notification_type', 'topic'])(
    'is no sale: %s',
    (name) => {
      expect(query(`${name}=payment_failed`)).toBe('EVENT_UNKNOWN');
      expect(json({ [name]: 'subscription_payment_failed' })).toBe('EVENT_UNKNOWN');
      expect(query(`${name}=refund_requested`)).toBe('EVENT_UNKNOWN');
      expect(query(`status=approved&${name}=payment_failed`)).toMatchObject([{ status: 'approved' }]);
    },
  );

  test('is what the integration maps it to', () => {
    const given = { integration: { events: { payment_failed: 'ignore', order_created: 'sale' } } };
    expect(query('event_name=payment_failed', given)).toMatchObject([{ ignored: true }]);
    expect(json({ meta: {}, event_type: 'payment_failed' }, given)).toMatchObject([{ ignored: true }]);
    expect(json({ event_type: 'order_created' }, given)).toMatchObject([{ event: 'sale', warnings: ['NAME_GUESSED'] }]);
  });
});

describe('an event under another name', () => {
  test.each(['event_name', 'eventName', 'event_type', 'goal_name', 'conversion_type'])(
    'is the event of a URL, with a warning: the next one is no repeat of it: %s',
    (name) => {
      expect(query(`${name}=Renewal`)).toMatchObject([{ event: 'renewal', warnings: ['NAME_GUESSED'] }]);
      expect(query(`event=lead&${name}=x`)).toEqual([{ event: 'lead', amount: '2', warnings: [] }]);
      expect(query(`${name}={event}`)).toMatchObject([{ event: 'conversion' }]);
    },
  );

  test('is the event of a body that has it beside the click ID', () => {
    expect(json({ event_name: 'renewal' })).toMatchObject([{ event: 'renewal', warnings: ['NAME_GUESSED'] }]);
    expect(query('Event-Name=renewal')).toMatchObject([{ event: 'renewal' }]);
  });

  test('is the name of a step in the body of a system: steps of one payment are one conversion', () => {
    const body = (event: string) => ({ event_type: event, data: { custom_data: { clickid: id }, amount: 2 } });
    const of = (sent: object) => claimsOf(request('', { body: JSON.stringify(sent) }));
    expect(of(body('transaction.paid'))).toMatchObject([{ event: 'conversion', status: 'approved' }]);
    expect(of(body('transaction.created'))).toMatchObject([{ event: 'conversion', warnings: [] }]);
    expect(of({ meta: { event_name: 'order_created', custom_data: { clickid: id } } })).toMatchObject([
      { event: 'conversion', warnings: ['AMOUNT_MISSING'] },
    ]);
    expect(of(body('payment_refunded'))).toMatchObject([{ status: 'reversed' }]);
    expect(of(body('payment_failed'))).toBe('EVENT_UNKNOWN');
  });

  test('is not looked for where the integration or its preset names the event', () => {
    const given = { integration: { parameters: { event: ['goal'] } } };
    expect(query('event_name=renewal', given)).toMatchObject([{ event: 'conversion', warnings: [] }]);
    expect(query('event_name=renewal', { integration: { preset: 'tune' } })).not.toMatchObject([{ event: 'renewal' }]);
  });
});

describe('the number of a notification', () => {
  test.each([
    '13b867cf-db3d-4b1c-90b6-2f32a9d78124',
    'evt_01hv8x2acma2gz7he8kg2s0hna',
    '01HV8X2ACMA2GZ7HE8KG2S0HNA',
    'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    'WH-2WR32451HC0233532-67976317FL4543714',
    '98765432101',
    '1764500000123',
  ])('is no event, since it is new each time: %s', (value) => {
    expect(query(`event_id=${value}`)).toMatchObject([{ event: 'conversion' }]);
    expect(json({ event_id: value, et: 'lead' })).toMatchObject([{ event: 'lead' }]);
    const given = { integration: { parameters: { event: ['event_id'] } } };
    expect(query(`event_id=${value}`, given)).toMatchObject([{ event: value.toLowerCase() }]);
  });

  test.each(['5', '1204', 'level-5', 'registration_completed_2', 'first-time-deposit-over-100'])(
    'is the event where it is one: %s',
    (value) => expect(query(`event_id=${value}`)).toEqual([{ event: value, amount: '2', warnings: [] }]),
  );
});

describe('a status under another name', () => {
  const names = 'order_status payment_status conversionStatus lead_status state data.status order[status]'.split(' ');

  test.each(names)('that is paid approves what waited: %s', (name) => {
    for (const word of ['paid', 'approved', 'Completed', 'confirmed', 'captured', 'success'])
      expect(query(`${name}=${word}`)).toMatchObject([{ status: 'approved', warnings: ['NAME_GUESSED'] }]);
    expect(query(`${name}=pending`)).toMatchObject([{ status: 'pending' }]);
    expect(query(`status=declined&${name}=paid`)).toMatchObject([{ status: 'rejected', warnings: [] }]);
  });

  test('waits where another one says so', () => {
    expect(query('order_status=confirmed&payment_status=pending')).toMatchObject([{ status: 'pending' }]);
    expect(query('order_status=new&payment_status=paid')).toMatchObject([{ status: 'approved' }]);
  });

  test.each(['event_name=sale', 'transaction_type=sale', 'customer.status=approved', 'affiliate[status]=valid'])(
    'is none in %s',
    (text) => expect(query(text)).not.toMatchObject([{ status: 'approved' }]),
  );

  test.each([
    ['waiting_payment', 'pending'],
    ['Awaiting payment', 'pending'],
    ['pending_payment', 'pending'],
    ['payment-pending', 'pending'],
    ['pending review', 'pending'],
    ['refused', 'rejected'],
    ['not_approved', 'rejected'],
  ])('%s is %s, and no sale', (word, status) => {
    expect(query(`order_status=${word}`)).toMatchObject([{ status, warnings: ['NAME_GUESSED'] }]);
    expect(query(`status=${word}`)).toMatchObject([{ status, warnings: [] }]);
  });

  test.each([
    'unpaid',
    'expired',
    'payment_failed',
    'abandoned',
    'payment_error',
    'unsuccessful',
    'incomplete',
    'insufficient_funds',
  ])('%s is rejected with what to map, and no sale', (word) => {
    expect(query(`payment_status=${word}`)).toBe('STATUS_UNKNOWN');
    expect(query(`order_status=paid&payment_status=${word}`)).toMatchObject([{ status: 'approved' }]);
    const given = { integration: { parameters: { status: ['payment_status'] }, statuses: { [word]: 'pending' } } };
    expect(query(`payment_status=${word}`, given)).toMatchObject([{ status: 'pending' }]);
  });

  test.each([
    'order_status=processing',
    'order_status=shipped',
    'order_status=delivered',
    'state=CA',
    'state=expired_x',
  ])('is open, and a sale all the same: %s', (text) =>
    expect(query(text)).toMatchObject([{ event: 'conversion', warnings: [] }]),
  );
});

describe('what was taken back in all, where the amount is that of the order', () => {
  const given = {
    integration: {
      amountFormat: 'minor',
      parameters: { amount: ['attributes.total'], reversedInAll: ['attributes.refunded_amount'] },
    },
  };
  const order = (event: string, refunded: unknown) =>
    claimsOf(
      request('', {
        body: JSON.stringify({
          meta: { event_name: event, custom_data: { clickid: id } },
          data: { attributes: { total: 1000, refunded_amount: refunded, status: 'paid' } },
          attributes: { total: 1000, refunded_amount: refunded },
        }),
      }),
      given,
    );

  test('is the part that a reversal takes back', () => {
    expect(order('order_refunded', 250)).toMatchObject([{ status: 'reversed', amount: '2.5' }]);
    expect(order('order_refunded', '250')).toMatchObject([{ status: 'reversed', amount: '2.5' }]);
  });

  test('is none of a sale, nor of a reversal where it is 0 or absent', () => {
    expect(order('order_created', 0)).toMatchObject([{ status: 'approved', amount: '10' }]);
    expect(order('order_created', 250)).toMatchObject([{ status: 'approved', amount: '10' }]);
    for (const nothing of [0, '0.00', null])
      expect(order('order_refunded', nothing)).toMatchObject([{ status: 'reversed', amount: '10' }]);
  });
});

describe('a number that is not the amount', () => {
  const unread = (text: string) => claimsOf(request(`clickid=${id}&${text}`));

  test.each(['commissionId=1234', 'payment_status=3', 'deposit_id=778899', 'sale_date=20261130', 'paid_at=1764500000'])(
    'is not proposed as one: %s',
    (text) => {
      expect(unread(text)).toMatchObject([{ warnings: ['AMOUNT_MISSING'] }]);
      expect(unread(`${text}&saleAmountUsd=50`)).toMatchObject([{ warnings: ['AMOUNT_UNREAD'] }]);
    },
  );
});
