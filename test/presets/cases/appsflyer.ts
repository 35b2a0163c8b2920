import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const json = { 'content-type': 'application/json' };

export const cases: readonly GoldenCase[] = [
  {
    name: "an in-app event's postback",
    query:
      'clickid=CLICKID&event_name=af_purchase&event_revenue=12.50&event_revenue_currency=EUR&event_time=2025-06-01%2010%3A11%3A12.345&app_id=com.example.app&pid=ournet_int&country_code=DE',
    expect: recorded({ event: 'af_purchase', status: 'approved', amount: '12.5', currency: 'EUR' }),
  },
  {
    name: "an install's postback",
    query:
      'clickid=CLICKID&idfa=&advertiserid=9c9a82fb-d5de-4cd1-90c3-527441c11828&app_id=com.example.app&install_unix_ts=1748779200&match_type=id_matching',
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'an event without revenue',
    query: 'clickid=CLICKID&event_name=af_tutorial_completion&event_revenue=&event_revenue_currency=',
    expect: recorded({ event: 'af_tutorial_completion' }),
  },
  {
    name: "a postback with the event's JSON beside it",
    query:
      'clickid=CLICKID&event_name=af_purchase&event_revenue=6&event_value=%7B%22af_revenue%22%3A%226%22%2C%22af_content_id%22%3A%2215854%22%7D',
    expect: recorded({ event: 'af_purchase', amount: '6' }),
  },
  {
    name: 'an event with its name in capitals',
    query: 'clickid=CLICKID&event_name=Level%20Achieved',
    expect: recorded({ event: 'level achieved' }),
  },
  {
    name: 'our own names',
    query: 'clickid=CLICKID&amount=5&txid=T1&event=Install&currency=USD',
    expect: recorded({ event: 'install', transactionId: 'T1', amount: '5', currency: 'USD' }),
  },
  {
    name: 'names in another case',
    query: 'ClickID=CLICKID&Event_Name=AF_Purchase&Event_Revenue=5',
    expect: recorded({ event: 'af_purchase', amount: '5' }),
  },
  {
    name: "a server's event, its value a JSON text",
    method: 'POST',
    headers: json,
    body: '{"appsflyer_id":"1415211453000-6513894","idfa":"9876F1SS-2983-3855-27RR-2R626772VFNB","clickid":"CLICKID","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6\\",\\"af_content_type\\":\\"wallets\\",\\"af_content_id\\":\\"15854\\"}","eventCurrency":"USD","ip":"192.0.2.1","eventTime":"2025-05-15 12:17:00.000","af_events_api":"true"}',
    expect: recorded({ event: 'af_purchase', amount: '6', currency: 'USD' }),
  },
  {
    name: "a server's event, its value an object",
    method: 'POST',
    headers: json,
    body: '{"appsflyer_id":"1415211453000-6513894","clickid":"CLICKID","eventName":"af_purchase","eventValue":{"af_revenue":19.99,"af_order_id":"ORD-5"},"eventCurrency":"EUR","eventTime":"2025-05-15 12:17:00.000"}',
    expect: recorded({ event: 'af_purchase', amount: '19.99', currency: 'EUR', transactionId: 'ORD-5' }),
  },
  {
    name: "the click ID within the event's value",
    method: 'POST',
    headers: json,
    body: '{"appsflyer_id":"1415211453000-6513894","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6\\",\\"af_currency\\":\\"JPY\\",\\"clickid\\":\\"CLICKID\\"}"}',
    expect: recorded({ event: 'af_purchase', amount: '6', currency: 'JPY' }),
  },
  {
    name: 'a receipt as the transaction',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"af_subscribe","eventValue":"{\\"af_revenue\\":\\"4.99\\",\\"af_receipt_id\\":\\"GPA.1234-5678-9012\\"}"}',
    expect: recorded({ transactionId: 'GPA.1234-5678-9012', amount: '4.99' }),
  },
  {
    name: "a server's event without a value",
    method: 'POST',
    headers: json,
    body: '{"appsflyer_id":"1415211453000-6513894","clickid":"CLICKID","eventName":"registration","eventValue":" ","eventTime":"2025-05-15 12:17:00.000"}',
    expect: recorded({ event: 'registration' }),
  },
  {
    name: "event and value disagree on the currency: the event's goes first",
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6\\",\\"af_currency\\":\\"EUR\\"}","eventCurrency":"USD"}',
    expect: recorded({ currency: 'USD' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'an event time in milliseconds',
    query: 'clickid=CLICKID&event_name=af_login&event_time=1748779200123',
    expect: recorded({ event: 'af_login' }),
  },
  {
    name: 'a refund with a minus takes back, also where adjustments are not allowed',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"refund","eventValue":"{\\"af_revenue\\":\\"-6\\"}","eventCurrency":"USD"}',
    expect: recorded({ event: 'conversion', status: 'reversed' }),
  },
  {
    name: 'a refund where they are',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"refund","eventValue":"{\\"af_revenue\\":\\"-6\\"}","eventCurrency":"USD"}',
    integration: { adjustments: true },
    expect: recorded({ event: 'conversion', status: 'reversed' }),
  },
  {
    name: 'a macro of another system, which AppsFlyer does not know',
    query: 'clickid={clickid}&event_name=af_purchase',
    expect: rejected('MACRO_UNREPLACED', 'clickid', '{clickid}', '(clickid)'),
  },
  {
    name: 'a revenue macro of another system',
    query: 'clickid=CLICKID&event_name=af_purchase&event_revenue={revenue}',
    expect: rejected('MACRO_UNREPLACED', 'event_revenue', '{revenue}', '(event_revenue)'),
  },
  {
    name: 'the placeholder of the attribution link',
    query: 'clickid=CLICK_ID&event_name=af_purchase',
    expect: rejected('MACRO_UNREPLACED', 'clickid', 'CLICK_ID', '(clickid)'),
  },
  {
    name: "a decimal comma in the event's value",
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6,50\\"}"}',
    expect: rejected('AMOUNT_INVALID', '6,50'),
  },
  {
    name: 'a currency sign',
    query: 'clickid=CLICKID&event_name=af_purchase&event_revenue=%2412.50',
    expect: rejected('AMOUNT_INVALID', '$12.50'),
  },
  {
    name: 'a currency that is none',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6\\"}","eventCurrency":"dollar"}',
    expect: rejected('CURRENCY_INVALID', 'dollar'),
  },
  {
    name: 'a time that is none',
    query: 'clickid=CLICKID&event_name=af_purchase&event_time=15.05.2025',
    expect: recorded({ event: 'af_purchase' }, 'TIMESTAMP_UNREAD'),
  },
  {
    name: 'an unknown status',
    query: 'clickid=CLICKID&event_name=install&status=rejected_fraud',
    expect: rejected('STATUS_UNKNOWN', 'rejected_fraud'),
  },
  {
    name: 'two event names',
    query: 'clickid=CLICKID&event_name=a&event_name=b',
    expect: rejected('PARAMETER_CONFLICT', 'event_name'),
  },
  {
    name: "a server's event with AppsFlyer's ID only",
    method: 'POST',
    headers: json,
    body: '{"appsflyer_id":"1415211453000-6513894","eventName":"af_purchase","eventValue":"{\\"af_revenue\\":\\"6\\"}","eventCurrency":"USD"}',
    expect: rejected('CLICK_ID_MISSING', 'clickid'),
  },
  {
    name: 'an AppsFlyer ID in the place of the click ID',
    query: 'clickid=1415211453000-6513894&event_name=af_purchase',
    expect: rejected('CLICK_ID_MALFORMED', 'clickid'),
  },
  {
    name: 'JSON cut off',
    method: 'POST',
    headers: json,
    body: '{"clickid":"CLICKID","eventName":"af_purchase","eventValue":',
    expect: rejected('BODY_INVALID'),
  },
  {
    name: 'a made-up click ID',
    query: 'clickid=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&event_name=af_purchase',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
