import type { Sequence } from '../sequence-runner';
import { approved, daysLater, pending, post, rejected, retried } from './steps';

const json = (status: string, payout: string): string =>
  `{"ClickId":"CLICKID","ActionId":"1000.4500.1","Status":"${status}","Payout":"${payout}","Currency":"USD"}`;

export const sequences: readonly Sequence[] = [
  {
    name: 'pending, then approved with another payout',
    sent: [post(json('PENDING', '10.00'), 'OK'), post(json('APPROVED', '8.50'), 'OK_UPDATED')],
    ends: [approved('8.5')],
  },
  {
    name: 'a pending action that is modified stays unpaid',
    sent: [post(json('PENDING', '10.00'), 'OK'), post(json('PENDING', '7.00'), 'OK_UPDATED')],
    ends: [pending()],
  },
  {
    name: 'an action that is reversed before it locks',
    sent: [post(json('PENDING', '10.00'), 'OK'), daysLater(20, post(json('REVERSED', '0.00'), 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'an approved action that is reversed',
    sent: [post(json('APPROVED', '10.00'), 'OK'), daysLater(100, post(json('REVERSED', '10.00'), 'OK_UPDATED'))],
    ends: [rejected()],
  },
  {
    name: 'a retry',
    sent: [post(json('APPROVED', '10.00'), 'OK'), retried(post(json('APPROVED', '10.00')))],
    ends: [approved('10')],
  },
];
