import type { Preset } from './preset';

/**
 * Stripe: its webhooks, for a payment whose metadata carries the click ID. The type of the event is what happened to the payment: its
 * status. Session, charge and payment intent of one payment share the payment intent, and are one conversion; those of a subscription
 * share the invoice.
 */
export const stripe: Preset = {
  id: 'stripe',
  name: 'Stripe',
  parameters: {
    clickId: [
      'data.object.metadata.clickid',
      'data.object.metadata.click_id',
      'data.object.client_reference_id',
      'clickid',
    ],
    amount: ['data.object.amount_total', 'data.object.amount_paid', 'data.object.amount'],
    transactionId: ['data.object.payment_intent', 'data.object.id'],
    event: ['goal'],
    status: ['type'],
    currency: ['data.object.currency'],
    timestamp: ['created'],
  },
  variants: [
    {
      where: { parameter: 'data.object.subscription', is: 'present' },
      parameters: { transactionId: ['data.object.invoice', 'data.object.id'] },
    },
    {
      where: { parameter: 'data.object.amount_refunded', is: 'present' },
      parameters: { transactionId: ['data.object.invoice', 'data.object.payment_intent', 'data.object.id'] },
    },
    {
      where: { parameter: 'data.object.amount_received', is: 'present' },
      parameters: { transactionId: ['data.object.invoice', 'data.object.id'] },
    },
    {
      where: { parameter: 'type', is: { value: 'checkout.session.completed' } },
      parameters: { status: ['data.object.payment_status', 'type'] },
    },
  ],
  testMarks: [{ parameter: 'livemode', is: { value: 'false' } }],
  statuses: {
    paid: 'approved',
    no_payment_required: 'approved',
    unpaid: 'pending',
    'checkout.session.completed': 'approved',
    'checkout.session.async_payment_succeeded': 'approved',
    'checkout.session.async_payment_failed': 'rejected',
    'checkout.session.expired': 'ignore',
    'charge.succeeded': 'approved',
    'charge.pending': 'pending',
    'charge.failed': 'ignore',
    'charge.updated': 'ignore',
    'charge.refunded': 'reversed',
    'charge.dispute.created': 'reversed',
    'charge.dispute.funds_reinstated': 'approved',
    'charge.dispute.updated': 'ignore',
    'charge.dispute.closed': 'ignore',
    'payment_intent.created': 'ignore',
    'payment_intent.succeeded': 'approved',
    'payment_intent.payment_failed': 'ignore',
    'invoice.paid': 'approved',
    'invoice.payment_succeeded': 'approved',
    'invoice.payment_failed': 'ignore',
  },
  reinstatingStatuses: ['charge.dispute.funds_reinstated'],
  defaultStatus: 'approved',
  events: {},
  duplicateMode: 'ignore',
  tokens: {},
  amountFormat: 'minor',
  amountInMinorUnits: true,
  minorDigits: { UGX: 2, ISK: 2, MGA: 0 },
  orderParameters: ['data.object.payment_intent'],
  reversedInAll: ['data.object.amount_refunded'],
  sendsOwnBody: true,
  dropInPaths: [],
};
