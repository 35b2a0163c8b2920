import { clickId, request } from '../support/factories';
import { readPostback, type Given } from '../support/read-postback';

const id = clickId();

/** What a sale is read as whose event is a word: its event, and the status that it has as the first of its order. */
function readAs(event: string, text = '', given?: Given): string {
  const query = new URLSearchParams({ clickid: id, amount: '10', txid: 'A1', event }).toString();
  const read = readPostback(request(`${query}${text}`), given);
  if (typeof read === 'string') return read.split(':')[0] ?? '';
  return read
    .map(({ reading: { event: name, claim } }) => `${name} ${claim.status ?? `(${claim.fallback.status})`}`)
    .join();
}

const words = (text: string): readonly string[] => text.trim().split(/\s*\n\s*|\s+/);

describe('a step of a sale is no conversion of its own', () => {
  test.each(
    words(`
      order.paid order_completed OrderCompleted ORDER_CONFIRMED checkout.completed checkout.session.completed payment.succeeded payment_success
      payment.captured PAYMENT.CAPTURE.COMPLETED payment_intent.succeeded charge.succeeded charge:confirmed invoice.paid transaction.completed
      purchase_approved sale.confirmed booking-confirmed orders/paid paid completed approved on_order_paid
    `),
  )('%s says that it is paid', (event) => {
    expect(readAs(event)).toBe('conversion approved');
  });

  test.each(
    words(`
      order.created orderCreated new_order order_placed order.updated orders/create orders/fulfilled order_shipped payment.created
      transaction.updated purchase_created adjustment.created booking.created created
    `),
  )('%s says nothing of its status', (event) => {
    expect(readAs(event)).toBe('conversion (approved)');
  });

  test.each(
    words('checkout.created charge:created invoice.finalized invoice.sent payment_intent.created payment.authorized'),
  )('%s says that it is not paid yet', (event) => {
    expect(readAs(event)).toBe('conversion (pending)');
  });

  test.each(['order.created', 'order.paid', 'checkout.created'])(
    '%s has the status that is named beside it',
    (event) => {
      expect(readAs(event, '&status=pending')).toBe('conversion pending');
      expect(readAs(event, '&status=rejected')).toBe('conversion rejected');
      expect(readAs(event, '&status=refunded')).toBe('conversion reversed');
    },
  );
});

describe('a word that names more than a step is an event of its own', () => {
  test.each(
    words(`
      order purchase sale payment lead.created lead_approved deposit.completed registration_completed trial_started subscription.created
      subscription_payment_success upsell_paid first_order_completed order_completed_2 order_item_added new_customer invoice initiate_checkout
      payment_recovered rebill_success session_completed
    `),
  )('%s', (event) => {
    expect(readAs(event)).toBe(`${event} (approved)`);
  });

  test('and so is each that the operator knows: by a mapping, a payout or a mode', () => {
    const event = 'order.paid';
    expect(readAs(event, '', { integration: { events: { [event]: 'sale' } } })).toBe('sale (approved)');
    expect(readAs(event, '', { integration: { duplicates: { events: { [event]: 'separate' } } } })).toBe(
      `${event} (approved)`,
    );
    expect(readAs(event, '', { campaign: { events: { [event]: { amount: '1', currency: 'USD' } } } })).toBe(
      `${event} (approved)`,
    );
    expect(readAs(event, '', { integration: { strictEvents: true } })).toBe('EVENT_UNKNOWN');
  });
});
