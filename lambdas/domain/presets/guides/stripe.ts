import type { PresetGuide } from '../preset';

export const stripe: PresetGuide = {
  pasteInto: 'a webhook of the Developers tab, with the events checkout.session.completed and charge.refunded',
  sources: [
    {
      title: 'stripe-ruby-mock: checkout.session.completed',
      url: 'https://github.com/heetch/stripe-ruby-mock/blob/master/lib/stripe_mock/webhook_fixtures/checkout.session.completed.payment_mode.json',
      readOn: '2026-11-29',
      says: 'The event has created (Unix seconds), type and data.object with amount_total 25000 for 250.00 USD, currency usd, client_reference_id, metadata, payment_intent and payment_status.',
    },
    {
      title: 'Volcengine: linking charge.refunded with an an order',
      url: 'https://www.volcengine.com/article/1263303',
      readOn: '2026-11-29',
      says: 'charge.refunded has the charge with the metadata of the payment; client_reference_id is on the session alone.',
    },
    {
      title: 'Volcengine: an example of charge.refunded',
      url: 'https://www.volcengine.com/article/166018',
      readOn: '2026-11-29',
      says: 'The object is the charge: amount is what was charged and amount_refunded what was given back in all.',
    },
    {
      title: 'Volcengine: the sum of refunds in charge.refunded',
      url: 'https://www.volcengine.com/article/1949600',
      readOn: '2026-11-29',
      says: 'amount_refunded of the charge in charge.refunded is the sum of all refunds so far; the list of refunds is not sent since version 2022-11-15.',
    },
    {
      title: 'Make: an invoice.paid as it was received',
      url: 'https://community.make.com/t/incomplete-bundle-mapping-with-stripe-module/53871',
      readOn: '2026-11-29',
      says: 'The object is the invoice: amount_due 5000, amount_paid 5000, amount_remaining 0, currency eur.',
    },
    {
      title: 'Stripe Java: PaymentEvaluation.Event.Refunded',
      url: 'https://stripe.dev/stripe-java/com/stripe/model/radar/PaymentEvaluation.Event.Refunded.html',
      readOn: '2026-11-29',
      says: 'Amounts are in the smallest currency unit: 100 is 1.00 USD, or 100 JPY.',
    },
    {
      title: 'Stripe Node: event types',
      url: 'https://app.unpkg.com/stripe@18.4.0/files/types/EventTypes.d.ts',
      readOn: '2026-11-29',
      says: 'The types of charges, disputes, checkout sessions, invoices and payment intents.',
    },
    {
      title: 'Stripe: Supported currencies',
      url: 'https://docs.stripe.com/currencies',
      readOn: '2026-11-30',
      says: 'Amounts are in minor units. MGA and UGX are among the zero-decimal currencies; as special cases, ISK and UGX are given with two decimals all the same: 500 for 5.',
    },
    {
      title: 'Stripe API for Dart: the payment status of a session',
      url: 'https://pub.dev/documentation/stripe_api_client/latest/models_checkout_session/Session/paymentStatus.html',
      readOn: '2026-11-30',
      says: 'payment_status is paid, unpaid or no_payment_required, and says when to fulfil the order.',
    },
    {
      title: 'Stripe for Dart: checkout.session.async_payment_succeeded',
      url: 'https://pub.dev/documentation/client_stripe/latest/models/CheckoutSessionAsyncPaymentSucceededEvent/CheckoutSessionAsyncPaymentSucceededEvent.html',
      readOn: '2026-11-30',
      says: 'It occurs when a payment by a delayed method finally succeeds.',
    },
  ],
  notes: [
    'Put the click ID into payment_intent_data.metadata.clickid of the session as well as its metadata: only then does a refund carry it.',
    'client_reference_id of the session is read too, but refunds do not carry it.',
    'Choose one event of payment: checkout.session.completed for single payments, invoice.paid for subscriptions. The session of a subscription and its first invoice are one conversion.',
    'A session that is paid later (payment_status unpaid) is pending until checkout.session.async_payment_succeeded: choose that event as well.',
    'Events of test mode (livemode false) are tests here as well.',
    'charge.refunded says in amount_refunded what was given back in all: that much is taken back, however many events name it.',
    'Disputes carry neither click ID nor metadata of the payment: they are rejected with CLICK_ID_MISSING.',
    'The Stripe-Signature header is not checked: keep the token of the integration in the URL.',
  ],
};
