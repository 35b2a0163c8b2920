import { isOn } from '../click/click-parameters';
import { isReversalEvent } from './common-words';
import { type FieldValue, foldName, lastPart } from './parameter-index';
import type { Parameter } from '../text/query';
import { plainValue } from '../text/percent-encoding';

/** Names under which systems send the number of an order, beside the usual ones: without it, the next sale of the click is a repeat. */
export const orderNames: readonly string[] = (
  'order_number ordernumber order_no orderno order_reference order_ref orderref invoice invoice_id invoiceid invoice_number invoice_no ' +
  'sale_id saleid txn_id txnid trans_id transid trx_id trxid payment_id paymentid purchase_id purchaseid conversion_id conversionid ' +
  'booking_id bookingid receipt'
).split(' ');

/** Names under which a refund says what went back, where its amount may be that of the order. */
export const refundedNames: readonly string[] =
  'refund_amount refundamount refunded_amount refundedamount amount_refunded amountrefunded refund_total refundtotal total_refunded totalrefunded'.split(
    ' ',
  );

/** Names whose value says what happened, beside those of the event and the status. */
const tellingNames = new Set(
  (
    'action action_type actiontype transaction_type transactiontype txn_type trans_type trx_type operation operation_type event_type ' +
    'eventtype event_name eventname notification_type webhook_type topic hook kind state change order_status orderstatus payment_status ' +
    'paymentstatus conversion_status sale_status financial_status'
  ).split(' '),
);

/** Maximum length of a name that may report a reversal. */
const longestTelling = 64;

/**
 * A reversal under another name than that of the event or the status: `transaction_type=refund`, `is_chargeback=1`. A
 * sale that was taken back is never a repeat of it.
 * @returns the parameter, with the word that says so
 */
export function reversalTold(parameters: readonly Parameter[]): FieldValue | undefined {
  for (const { name, value } of parameters) {
    if (value.length > 64) continue;
    // The end says what it is; what lies deep in an object has a long beginning.
    const own = lastPart(name.slice(-longestTelling));
    if (tellingNames.has(own) && isReversalEvent(plainValue(value))) return { parameter: name, text: value };
    if (!isOn(value) && !/^yes$/i.test(value)) continue;
    const flag = foldName(own).replace(/^(?:is|was|has)_?/, '');
    if (isReversalEvent(flag)) return { parameter: name, text: flag };
  }
  return undefined;
}
