import { recorded, rejected } from '../expectations';
import type { GoldenCase } from '../golden-case';

export const cases: readonly GoldenCase[] = [
  {
    name: 'a finished offer',
    query: 'clickid=CLICKID&payout=1.25&conversion_id=4d63afe33875ceeec17dd7eab41b8590a',
    expect: recorded({
      event: 'conversion',
      transactionId: '4d63afe33875ceeec17dd7eab41b8590a',
      status: 'approved',
      amount: '1.25',
      currency: 'USD',
    }),
  },
  {
    name: 'under the names of its own example',
    query: 'conversion_id=c1&s1=CLICKID&point_value=1250&usd_value=1.25&offer_title=Play+a+game',
    expect: recorded({ transactionId: 'c1', amount: '1.25' }),
  },
  {
    name: 'under the names of its older example',
    query: 'tx_id=c2&s1=CLICKID&point_value=300&usd_value=0.30',
    expect: recorded({ transactionId: 'c2', amount: '0.3' }),
  },
  {
    name: 'an event without a payout',
    query: 'clickid=CLICKID&payout=0&conversion_id=c3&event_id=level-5',
    expect: recorded({ event: 'level-5', transactionId: 'c3', amount: '0' }),
  },
  {
    name: 'a state that the integration maps',
    query: 'clickid=CLICKID&payout=1.25&conversion_id=c4&state=taken_back',
    integration: { statuses: { taken_back: 'reversed' } },
    expect: recorded({ transactionId: 'c4', status: 'reversed' }),
  },
  {
    name: 'a state that nothing maps',
    query: 'clickid=CLICKID&payout=1.25&conversion_id=c5&state=taken_back',
    expect: rejected('STATUS_UNKNOWN', '"state"', 'taken_back'),
  },
  {
    name: 'the points of the user are let pass',
    query: 'clickid=CLICKID&payout=2&points=2000&conversion_id=c6',
    expect: recorded({ amount: '2' }),
  },
  {
    name: 'a macro that AdGate does not know',
    query: 'clickid={clickid}&payout=2&conversion_id=c7',
    expect: rejected('MACRO_UNREPLACED', '{clickid}', '{s1}'),
  },
];
