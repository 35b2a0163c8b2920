import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

export const cases: readonly GoldenCase[] = [
  {
    name: "a conversion added, with the extra fields of Scaleo's example",
    query:
      'click_id=CLICKID&token=344387eb&goal_id=1673&conv_status=pending&aff_param1=AP12&firstname=John&lastname=Smith&sub_id1=SID1',
    expect: recorded({ event: '1673', status: 'pending' }),
  },
  {
    name: 'a goal by its alias',
    query: 'click_id=CLICKID&goal_alias=sale&conv_status=approved&amount=99.90&token=344387eb',
    expect: recorded({ event: 'sale', status: 'approved', amount: '99.9' }),
  },
  {
    name: 'alias and number: the alias goes first',
    query: 'click_id=CLICKID&goal_alias=Sale&goal_id=1673&amount=5',
    expect: recorded({ event: 'sale' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'a conversion without a status',
    query: 'click_id=CLICKID&goal_id=1',
    expect: recorded({ event: '1', status: 'approved' }),
  },
  {
    name: 'a rejected conversion',
    query: 'click_id=CLICKID&goal_id=1&conv_status=rejected',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'trash is a rejection',
    query: 'click_id=CLICKID&goal_id=1&conv_status=trash',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'hold is pending',
    query: 'click_id=CLICKID&goal_id=1&conv_status=hold',
    expect: recorded({ status: 'pending' }),
  },
  {
    name: 'a status in capitals',
    query: 'click_id=CLICKID&conv_status=APPROVED',
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'an order number',
    query: 'click_id=CLICKID&adv_order_id=ORD-77&amount=10',
    expect: recorded({ transactionId: 'ORD-77', amount: '10' }),
  },
  {
    name: 'a change by transaction ID, with the click',
    query: 'click_id=CLICKID&transaction_id=7c92b1e3-2fa4-4b7d-9e0a-1c3f7d2b4e8c&conv_status=approved',
    expect: recorded({ transactionId: '7c92b1e3-2fa4-4b7d-9e0a-1c3f7d2b4e8c', status: 'approved' }),
  },
  {
    name: 'payout, revenue and sale amount: the payout counts',
    query: 'click_id=CLICKID&payout=10.00&revenue=12.00&amount=120',
    expect: recorded({ amount: '10' }, 'ALIAS_IGNORED'),
  },
  {
    name: 'revenue alone',
    query: 'click_id=CLICKID&revenue=12.25&currency=EUR',
    expect: recorded({ amount: '12.25', currency: 'EUR' }),
  },
  {
    name: 'words of the advertiser, mapped by the integration',
    query: 'click_id=CLICKID&conv_status=spam&trash_status=spam,duplicate&approved_status=ok,approved',
    integration: { statuses: { spam: 'rejected', duplicate: 'rejected', ok: 'approved' } },
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'a word that no list of the URL has',
    query: 'click_id=CLICKID&conv_status=spam&trash_status=fraud,duplicate&approved_status=ok,approved',
    expect: rejected('STATUS_UNKNOWN', 'spam', 'trash'),
  },
  {
    name: "the API's JSON body",
    method: 'POST',
    headers: json,
    body: '{"click_id":"CLICKID","payout":1.50,"conv_status":"approved","goal_id":1,"adv_order_id":"A-1","sub_id1":"s","ip":"203.0.113.9"}',
    expect: recorded({ event: '1', status: 'approved', amount: '1.5', transactionId: 'A-1' }),
  },
  {
    name: 'a form',
    method: 'POST',
    headers: form,
    body: 'click_id=CLICKID&goal_alias=lead&conv_status=Pending&payout=3.00&email=a%40example.com',
    expect: recorded({ event: 'lead', status: 'pending', amount: '3' }),
  },
  {
    name: 'an affiliate postback with our own names',
    query: 'clickid=CLICKID&amount=4.50&txid=T1&event=Reg&status=approved',
    expect: recorded({ event: 'reg', transactionId: 'T1', amount: '4.5', status: 'approved' }),
  },
  {
    name: 'names in another case',
    query: 'Click_ID=CLICKID&Goal_Alias=FTD&Conv_Status=Approved&PAYOUT=5',
    expect: recorded({ event: 'ftd', status: 'approved', amount: '5' }),
  },
  {
    name: "Scaleo's token, not replaced",
    query: 'click_id={aff_click_id}&payout=5',
    expect: rejected('MACRO_UNREPLACED', 'click_id', '{aff_click_id}'),
  },
  {
    name: "the advertiser's macro in place of the affiliate's",
    query: 'click_id={click_id}&payout=5',
    expect: rejected('MACRO_UNREPLACED', 'click_id', '{click_id}', '{aff_click_id}'),
  },
  {
    name: 'a status macro, not replaced',
    query: 'click_id=CLICKID&conv_status=%7Bconv_status%7D',
    expect: rejected('MACRO_UNREPLACED', 'conv_status', '{conv_status}'),
  },
  {
    name: 'a decimal comma',
    query: 'click_id=CLICKID&payout=4,50',
    expect: rejected('AMOUNT_INVALID', '4,50'),
  },
  {
    name: 'a word of the sender that the URL explains',
    query: 'click_id=CLICKID&conv_status=spam&trash_status=spam,duplicate&approved_status=ok,approved',
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'words that are parted by semicolons',
    query: 'click_id=CLICKID&conv_status=wait&pending_status=check;wait&approved_status=ok;approved',
    expect: recorded({ status: 'pending' }),
  },
  {
    name: 'an unknown status',
    query: 'click_id=CLICKID&conv_status=no-answer',
    expect: rejected('STATUS_UNKNOWN', 'no-answer'),
  },
  {
    name: 'two goals',
    query: 'click_id=CLICKID&goal_id=1&goal_id=2',
    expect: rejected('PARAMETER_CONFLICT', 'goal_id'),
  },
  {
    name: 'a change by transaction ID alone, which needs the click here',
    query: 'transaction_id=7c92b1e3-2fa4-4b7d-9e0a-1c3f7d2b4e8c&conv_status=approved',
    expect: rejected('CLICK_ID_MISSING', 'click_id'),
  },
  {
    name: 'a cut click ID',
    query: 'click_id=14v0k8q2w6zj&payout=5',
    expect: rejected('CLICK_ID_MALFORMED'),
  },
  {
    name: 'a made-up click ID',
    query: 'click_id=14v0k8q2w6zj3n5x7c9b1d4f6h8m0p2r&payout=5',
    expect: { status: 403, result: 'rejected', reason: 'CLICK_ID_FORGED' },
  },
];
