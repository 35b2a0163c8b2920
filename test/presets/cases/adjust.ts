import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

const at = Date.UTC(2026, 10, 23, 11, 30) / 1000;

export const cases: readonly GoldenCase[] = [
  {
    name: 'an install: what has no data was dropped',
    query: `clickid=CLICKID&activity_kind=install&created_at=${at}`,
    expect: recorded({ event: 'conversion', status: 'approved' }),
  },
  {
    name: 'a purchase in the app',
    query: `clickid=CLICKID&activity_kind=event&event_name=purchase_100_coins&revenue_float=1.99&currency=USD&created_at=${at}&txid=G-1`,
    expect: recorded({
      event: 'purchase_100_coins',
      transactionId: 'G-1',
      status: 'approved',
      amount: '1.99',
      currency: 'USD',
    }),
  },
  {
    name: 'a revenue in cents, under the name that has it in cents',
    query: 'click_id=CLICKID&event_name=purchase&revenue=250&currency=EUR',
    expect: recorded({ event: 'purchase' }, 'AMOUNT_UNREAD'),
  },
  {
    name: 'a reattribution',
    query: `clickid=CLICKID&activity_kind=reattribution&created_at=${at}`,
    expect: recorded({ status: 'approved' }),
  },
  {
    name: 'an install that Adjust rejected as fraud',
    query: `clickid=CLICKID&activity_kind=rejected_install&created_at=${at}`,
    expect: recorded({ status: 'rejected' }),
  },
  {
    name: 'what names app and link is let pass',
    query:
      'clickid=CLICKID&activity_kind=event&event_name=signup&tracker_token=abc123&tracker_name=Network1%3A%3AChristmas&app_name=MyApp&event_token=bkrfgq',
    expect: recorded({ event: 'signup' }),
  },
  {
    name: 'names in capitals',
    query: 'ClickId=CLICKID&Activity_Kind=Event&Event_Name=Level&Revenue_Float=0.5&Currency=usd',
    expect: recorded({ event: 'level', amount: '0.5', currency: 'USD' }),
  },
  {
    name: 'a placeholder that Adjust does not know',
    query: 'clickid={clickid}&activity_kind=install',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{click_id}'),
  },
  {
    name: 'an activity that is none',
    query: 'clickid=CLICKID&activity_kind=odd',
    expect: rejected('STATUS_UNKNOWN', '"activity_kind"', 'odd'),
  },
];
