import type { PresetGuide } from '../preset';

export const paddle: PresetGuide = {
  pasteInto: 'Developer tools → Notifications → New destination, with the event transaction.completed',
  sources: [
    {
      title: 'Paddle: transaction.paid',
      url: 'https://developer.paddle.com/webhooks/transactions/transaction-paid/',
      readOn: '2026-11-30',
      says: 'event_id, event_type, occurred_at (RFC 3339), notification_id and data with the transaction. It is paid once payment was captured; transaction.completed follows.',
    },
    {
      title: 'Paddle: transaction.created',
      url: 'https://developer.paddle.com/webhooks/transactions/transaction-created',
      readOn: '2026-11-30',
      says: 'It occurs when a customer opens the checkout. The transaction has id, status, custom_data and currency_code.',
    },
    {
      title: 'Paddle: transaction.past_due',
      url: 'https://developer.paddle.com/webhooks/transactions/transaction-past-due.md',
      readOn: '2026-11-30',
      says: 'A renewal becomes past due when a payment attempt fails. The schema lists the types of events.',
    },
    {
      title: 'Track Pilots: transaction.completed',
      url: 'https://developer.trackpilots.com/api-reference/transactions/transactioncompleted',
      readOn: '2026-11-30',
      says: 'An example of the event: amounts are strings in the smallest unit of the currency, 3000 for 30.00 USD.',
    },
    {
      title: 'Paddle: See adjusted totals for transactions more easily',
      url: 'https://developer.paddle.com/changelog/2023/transaction-totals-adjusted-totals/',
      readOn: '2026-11-30',
      says: 'details.totals of a transaction is not changed by refunds and chargebacks.',
    },
    {
      title: 'Paddle: adjustment.created',
      url: 'https://developer.paddle.com/webhooks/adjustments/adjustment-created.md',
      readOn: '2026-11-30',
      says: 'Refunds, credits and chargebacks are adjustments of a transaction. Most refunds begin as pending_approval; adjustment.updated follows.',
    },
  ],
  notes: [
    'Pass the click ID to the checkout as custom data: customData: { clickid }. It comes back in data.custom_data.',
    'transaction.paid and transaction.completed of one transaction are one conversion. Each renewal that carries the click ID is another.',
    'Adjustments carry no custom data, and so no click ID: report a refund yourself, with event_type=refund, the txid of the transaction, and amount for a part.',
    'The Paddle-Signature header is not checked: keep the token of the integration in the URL.',
  ],
};
