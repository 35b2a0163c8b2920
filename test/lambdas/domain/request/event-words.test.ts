import * as fc from 'fast-check';
import { atLength } from '../../../support/at-length';
import { clickId, request } from '../support/factories';
import { readPostback, type Given } from '../support/read-postback';

const id = clickId();

/** What becomes of an amount that comes with an event: whether it counts, and as what. */
function becomes(event: string, text = '', given?: Given): string {
  const query = new URLSearchParams({ clickid: id, amount: '10', txid: 'A1', event }).toString();
  const read = readPostback(request(`${query}${text}`), given);
  if (typeof read === 'string') return read.split(':')[0] ?? '';
  return read.map(({ reading: { event: name, claim } }) => `${claim.status ?? 'adds'} ${name}`).join();
}

const words = (text: string): readonly string[] => text.trim().split(/\s*\n\s*|\s+/);

describe('an event takes its sale back', () => {
  test.each(
    words(`
      on_refund on_chargeback af_refund app_refund in_app_refund refunds/create refund_paid is_refund customer_refund rebill_refund
      renewal_refunded ftd_refund deposit_chargeback refund1 REFUND_2 dispute.lost dispute_lost chargeback_lost moneyback money_back MoneyBack
      orderrefunded refundissued paymentchargeback FTDRefund refund|full order#refund CHGBK chgback charge-back возврат Возврат reembolso
      estorno remboursement Remboursé rimborso zwrot Rückerstattung RÜCKERSTATTUNG Rueckerstattung Erstattung devolución 退款 返金 환불
      Rücklastschrift charge.dispute.funds_withdrawn
    `),
  )('%s', (event) => {
    expect(becomes(event)).toBe('reversed conversion');
  });

  test('in whichever way its accents were written', () => {
    expect(becomes('Rückerstattung'.normalize('NFD'))).toBe('reversed conversion');
  });
});

describe('an event says that its sale is none', () => {
  test.each(
    words(`
      payment_cancelled deposit_cancelled PaymentCanceled invoice_cancelled invoice.voided authorization_voided storno Storniert annulled
      order_annulled cancelado order_return product_return order_canceled_by_customer order.was.cancelled bonus_cancelled
    `),
  )('%s', (event) => {
    expect(becomes(event)).toBe('rejected conversion');
  });
});

const open = `
  payment_failed charge.failed invoice.payment_failed rebill_failed renewal_failed order_failed sale_failed transaction_failed deposit_failed
  payment_declined payment.declined PaymentDeclined deposit_declined payment_rejected payment.expired payment_returned checkout_abandoned
  checkout.session.expired abandoned_cart purchase_expired order_expired installment_missed missed_payment payment_pending order_pending
  pending_sale lead_pending pending on_hold hold order_on_hold not_approved unapproved not_paid unpaid_order invoice_overdue dispute_won
  payment.dispute.won return withdrawal withdrawal_completed lead_duplicate
  PAYMENT.CAPTURE.DENIED trial_cancelled subscription_cancelled trial_cancel subscription_expired subscription_payment_cancelled paymentfailed
  failedpayment vip_deposit_failed stripe_payment_declined recurring_payment_suspended_due_to_failed_payment deal_lost expired failed
  insufficient_funds registration_rejected order_deleted pending_review return_requested заказ_отменен bestellung_storniert
`;
const doubtful = `
  reversal_cancelled cancelled_reversal Canceled_Reversal reversal_requested reversal_fee chargeback_fee refund_fee refund_pending
  refund_failed refund_vip vip_refund chargeback_case refund_request_received insurance_refund tax_refund service_refund refund_insurance
  pedido_reembolsado 订单退款 prerefund dispute_refund reverse_requested
`;

const disputes = `
  dispute disputed disputes dispute_created dispute_opened charge.dispute.closed charge_disputed payment.dispute.created
  payment.dispute.under_review
`;

describe('an event that may be no payment', () => {
  test.each([...words(open), ...words(doubtful), ...words(disputes)])(
    '%s adds nothing, and its message names the setting',
    (event) => {
      expect(becomes(event)).toBe('EVENT_UNKNOWN');
      const message = readPostback(request(new URLSearchParams({ clickid: id, event }).toString()));
      expect(message).toContain(`Set events of the integration to {"${event}": "ignore"}`);
    },
  );

  test.each(words(open))('%s is what the integration maps it to', (event) => {
    expect(becomes(event, '', { integration: { events: { [event]: event } } })).toBe(`adds ${event.toLowerCase()}`);
    expect(becomes(event, '', { integration: { events: { [event]: 'refund' } } })).toBe('reversed conversion');
  });

  test.each(words(open))('%s counts where the campaign has a payout of it', (event) => {
    const campaign = { events: { [event]: { amount: '1', currency: 'USD' } } };
    expect(becomes(event, '', { campaign })).toBe(`adds ${event.toLowerCase()}`);
  });

  test.each(words(open))('%s is what a status beside it says', (event) => {
    const name = becomes(event, '&status=pending').replace('pending ', '');
    expect(['conversion', event.toLowerCase()]).toContain(name);
    expect(becomes(event, '&status=rejected')).toBe(`rejected ${name}`);
    expect(becomes(event, '&status=approved')).toBe(`approved ${name}`);
  });

  test.each(
    words(
      'payment_failed order_pending charge.failed PaymentDeclined checkout_abandoned on_hold failed disputed dispute_created dispute_won payment.dispute.won',
    ),
  )('%s is about the sale, and no event of its own', (event) => {
    expect(becomes(event, '&status=rejected')).toBe('rejected conversion');
  });

  test.each(
    words('rebill_failed lead_pending deposit_declined trial_cancelled subscription_expired registration_rejected'),
  )('%s is about an event of its own', (event) => {
    expect(becomes(event, '&status=rejected')).toBe(`rejected ${event}`);
  });

  test.each(words(doubtful))('%s is never a sale, also where a status says that it is approved', (event) => {
    expect(becomes(event, '&status=approved')).toBe('EVENT_UNKNOWN');
    expect(becomes(event, '&status=reversed')).toBe(`reversed ${event.toLowerCase()}`);
  });

  test.each(words(disputes))(
    '%s is no sale, though the payment beside it is paid, and takes back where a status says so',
    (event) => {
      expect(becomes(event, '&status=captured')).toBe('EVENT_UNKNOWN');
      expect(becomes(event, '&status=reversed')).toMatch(/^reversed /);
    },
  );
});

describe('an event like any other', () => {
  test.each(
    words(`
      refund_protection_purchase non_refundable_deposit nonrefundable_booking no_refund_sale chargeback_protection money_back_guarantee_sale
      tax_refund_lead reverse_mortgage reverse_osmosis_lead purchase lead sale ftd deposit registration signup install trial trial_started
      first_deposit no_deposit_bonus recovered_payment payment_recovered failed_payment_recovered abandoned_cart_recovered
      pending_payment_approved cashback cashback_paid payback_loan insert_coin holdem_deposit texas_hold_em_deposit product_inquiry
      registration_fee application_fee booking_fee initiate_checkout add_to_cart returning_customer return_visit unsubscribe level_2 1 2 42
      missed_call_lead fraud_check_passed upsell order_review customer_cancelled_call_lead order_processing disposal waiver notebook_order
      nothing_sale due_diligence_lead open_account
    `),
  )('%s adds its amount', (event) => {
    expect(becomes(event)).toBe(`adds ${event}`);
  });
});

describe('whatever a word is put together of', () => {
  const roots = fc.constantFrom(
    'refund',
    'Refunded',
    'chargeback',
    'reversal',
    'clawback',
    'rfnd',
    'reembolso',
    'возврат',
  );
  const part = fc.oneof(
    fc.constantFrom(
      'order',
      'payment',
      'requested',
      'vip',
      'my',
      'fee',
      'cancelled',
      'lead',
      'ok',
      'paid',
      'shop',
      'not',
    ),
    fc
      .stringMatching(/^[a-z]{2,8}$/)
      .filter((text) => !/^(?:no|non|tax|without|prot|guaran|prevent|calc|advance)/.test(text)),
  );
  const mark = fc.constantFrom('_', '.', '-', ' ', '/', ':');
  const around = fc.tuple(fc.array(part, { maxLength: 3 }), fc.array(part, { maxLength: 3 }), mark);

  test('a word for a reversal is no sale: it takes back, or is rejected', () => {
    fc.assert(
      fc.property(roots, around, (root, [before, behind, separator]) => {
        const event = [...before, root, ...behind].join(separator).slice(0, 64);
        fc.pre(event.includes(root));
        expect(becomes(event)).toMatch(/^(?:reversed conversion|rejected conversion|EVENT_UNKNOWN)$/);
      }),
      { seed: 4, numRuns: atLength(2000, 400) },
    );
  });

  const failures = fc.constantFrom(
    'failed',
    'declined',
    'denied',
    'missed',
    'abandoned',
    'expired',
    'unpaid',
    'pending',
    'disputed',
  );
  const money = fc.constantFrom(
    'payment',
    'charge',
    'invoice',
    'order',
    'purchase',
    'transaction',
    'deposit',
    'checkout',
  );
  const word = fc.stringMatching(/^[a-z]{2,8}$/);

  test('a word for a failure beside one for money is no sale', () => {
    fc.assert(
      fc.property(failures, money, fc.boolean(), mark, fc.option(word), (failure, noun, first, separator, other) => {
        const pair = first ? [failure, noun] : [noun, failure];
        const event = [...(other === null ? [] : [other]), ...pair].join(separator);
        expect(becomes(event)).toMatch(/^(?:rejected conversion|EVENT_UNKNOWN)$/);
      }),
      { seed: 23, numRuns: atLength(2000, 400) },
    );
  });

  test('and every other word adds what it names', () => {
    const plain = fc.array(
      fc.constantFrom('order', 'customer', 'first', 'vip', 'sale', 'level', 'trial', 'bonus', 'lead'),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(plain, mark, (parts, separator) => {
        const event = parts.join(separator);
        expect(becomes(event)).toBe(`adds ${event}`);
      }),
      { seed: 9, numRuns: atLength(500, 200) },
    );
  });
});
