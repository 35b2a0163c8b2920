import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

export const cases: readonly GoldenCase[] = [
  {
    name: "a partner's notification by GET",
    query:
      'ClickId=CLICKID&Payout=12.50&OrderId=1000.4636.158133&EventTypeCode=22417&Status=PENDING&Currency=USD&CampaignId=10306',
    expect: recorded({
      event: '22417',
      transactionId: '1000.4636.158133',
      status: 'pending',
      amount: '12.5',
      currency: 'USD',
    }),
  },
  {
    name: 'the same action approved',
    query: 'ClickId=CLICKID&Payout=12.50&OrderId=1000.4636.158133&EventTypeCode=22417&Status=APPROVED&Currency=USD',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'a locked action is approved',
    query: 'ClickId=CLICKID&Payout=12.50&OrderId=1000.4636.158134&Status=LOCKED&Currency=USD',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'a reversed action is a rejection',
    query:
      'ClickId=CLICKID&Payout=0.00&OrderId=1000.4636.158135&Status=REVERSED&StatusDetail=ITEM_RETURNED&Currency=USD',
    expect: recorded({ status: 'rejected', amount: '0' }),
  },
  {
    name: "a notification by POST, with the keys of impact.com's example and our click ID",
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","campaign_id":"10306","action_tracker_id":"2240","action_type":"SALE","action_id":"1000.4636.158133","status":"APPROVED","status_detail":"","payout":"5.00","delta_payout":"5.00","amount":"50.00","delta_amount":"50.00","currency":"GBP","original_currency":"EUR","original_amount":"58.21","event_date":"2025-06-01T10:15:00+00:00"}',
    expect: recorded(
      { event: '2240', transactionId: '1000.4636.158133', status: 'approved', amount: '5', currency: 'GBP' },
      'ALIAS_IGNORED',
    ),
  },
  {
    name: 'a notification by POST as a form',
    method: 'POST',
    headers: form,
    body: 'click_id=CLICKID&payout=3.10&action_id=1000.1.2&status=Pending',
    expect: recorded({ transactionId: '1000.1.2', status: 'pending', amount: '3.1' }),
  },
  {
    name: "a brand's conversion with the event's code",
    method: 'POST',
    headers: json,
    body: '{"CampaignId":1000,"EventTypeCode":"SALE","ClickId":"CLICKID","EventDate":"2025-06-01T12:00:00Z","OrderId":"T52324111211","Amount":1234.99,"CurrencyCode":"USD","CustomerId":"c-1","CustomerStatus":"NEW","PaymentType":"CREDIT"}',
    expect: recorded({
      event: 'sale',
      transactionId: 'T52324111211',
      status: 'approved',
      amount: '1234.99',
      currency: 'USD',
    }),
  },
  {
    name: "a brand's conversion with the event's number",
    method: 'POST',
    headers: json,
    body: '{"EventTypeId":52916,"CampaignId":30665,"OrderId":"TEST-POSTMAN-001","EventDate":"2025-07-16T18:45:00Z","ClickId":"CLICKID","Amount":0.01,"Currency":"USD"}',
    expect: recorded({ event: '52916', transactionId: 'TEST-POSTMAN-001', amount: '0.01', currency: 'USD' }),
  },
  {
    name: "a brand's conversion as a form, with Oid and ActionTrackerId",
    method: 'POST',
    headers: form,
    body: 'CampaignId=1000&ActionTrackerId=1000&ClickId=CLICKID&EventDate=2025-06-01T12%3A00%3A00%2B02%3A00&Oid=A+7&Amount=49.90&CurrencyCode=eur&ItemSku1=SKU-1&ItemQuantity1=2',
    expect: recorded({ event: '1000', transactionId: 'A 7', amount: '49.9', currency: 'EUR' }),
  },
  {
    name: 'names in lower case',
    query: 'clickid=CLICKID&payout=7&orderid=77&eventtypecode=Lead&status=approved',
    expect: recorded({ event: 'lead', transactionId: '77', amount: '7', status: 'approved' }),
  },
  {
    name: 'a conversion without a status',
    query: 'ClickId=CLICKID&Amount=10&OrderId=1',
    expect: recorded({ event: 'conversion', status: 'approved', amount: '10' }),
  },
  {
    name: 'two order numbers: the order goes before the action',
    query: 'ClickId=CLICKID&Payout=1&OrderId=O-1&ActionId=1000.1.1',
    expect: recorded({ transactionId: 'O-1' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'EventDate as the word NOW',
    method: 'POST',
    headers: json,
    body: '{"ClickId":"CLICKID","EventTypeCode":"SALE","EventDate":"NOW","OrderId":"T1","Amount":5}',
    expect: recorded({ transactionId: 'T1', amount: '5' }, 'TIMESTAMP_UNREAD'),
  },
  {
    name: 'a macro in the wrong case stays literal',
    query: 'ClickId={subid1}&Payout=12.50&OrderId=1000.1.1',
    expect: rejected('MACRO_UNREPLACED', 'ClickId', '{subid1}', '{SubId1}'),
  },
  {
    name: 'an amount macro of another network',
    query: 'ClickId=CLICKID&Payout={payout}&OrderId=1000.1.1',
    expect: rejected('MACRO_UNREPLACED', 'Payout', '{payout}', '{Payout}'),
  },
  {
    name: 'a status macro that impact.com does not know',
    query: 'ClickId=CLICKID&Payout=1&OrderId=1000.1.1&Status=%7BActionStatus%7D',
    expect: rejected('MACRO_UNREPLACED', 'Status', '{ActionStatus}', '{Status}'),
  },
  {
    name: 'a separator of thousands',
    method: 'POST',
    headers: json,
    body: '{"ClickId":"CLICKID","EventTypeCode":"SALE","OrderId":"T1","Amount":"1,234.99"}',
    expect: rejected('AMOUNT_INVALID', '1,234.99'),
  },
  {
    name: 'a status that impact.com does not have',
    query: 'ClickId=CLICKID&Payout=1&Status=PAID',
    expect: rejected('STATUS_UNKNOWN', 'PAID'),
  },
  {
    name: 'a currency that is none',
    query: 'ClickId=CLICKID&Payout=1&Currency=Dollars',
    expect: rejected('CURRENCY_INVALID', 'Dollars'),
  },
  {
    name: 'two orders in one request',
    query: 'ClickId=CLICKID&OrderId=A&OrderId=B&Payout=1',
    expect: rejected('PARAMETER_CONFLICT', 'OrderId'),
  },
  {
    name: "impact.com's own click ID",
    query: 'ClickId=0081cafe-6265-11f0-887e-99e9f2acce19&Payout=1',
    expect: rejected('CLICK_ID_MALFORMED', 'ClickId'),
  },
  {
    name: 'a customer without a click',
    method: 'POST',
    headers: json,
    body: '{"CampaignId":1000,"EventTypeCode":"SALE","CustomerId":"c-1","EventDate":"2025-06-01T12:00:00Z","OrderId":"T1","Amount":5}',
    expect: rejected('CLICK_ID_MISSING'),
  },
  {
    name: 'a made-up click ID',
    query: 'ClickId=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&Payout=1',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
