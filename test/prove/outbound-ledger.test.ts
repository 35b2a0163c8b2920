import type { ShownState } from '../../prove/ledger/ledger';
import {
  expectedChanges,
  reconcileOutbound,
  type OutboundLedger,
  type ShownDelivery,
} from '../../prove/outbound/outbound-ledger';
import { sinkScripts } from '../../prove/outbound/sink-scripts';
import type { SinkCall } from '../../prove/outbound/sinks';

const pending: ShownState = { status: 'pending', amount: '5' };
const approved: ShownState = { status: 'approved', amount: '5' };
const more: ShownState = { status: 'approved', amount: '7.25' };

const delivery = (id: string, postback: string, state: ShownState, ends = 'delivered'): ShownDelivery => ({
  id,
  source: 'accepting',
  postback,
  clickId: 'click',
  conversionKey: 'conversion#t0',
  status: state.status,
  amount: state.amount,
  state: ends,
  reason: ends === 'superseded' ? 'NEWER_CHANGE' : 'ACCEPTED',
});
const call = (deliveryId: string, postback: string, { status, amount = '' }: ShownState): SinkCall => ({
  script: 'accepting',
  postback,
  deliveryId,
  clickId: 'click',
  transactionId: 't0',
  status,
  amount,
  isAccepted: true,
});

const deliveries = [
  delivery('f', 'first', pending),
  delivery('e1', 'every-change', pending, 'superseded'),
  delivery('e2', 'every-change', approved),
  delivery('e3', 'every-change', more),
  delivery('s1', 'each-status', pending),
  delivery('s2', 'each-status', approved),
];
const calls = [
  call('f', 'first', pending),
  call('e2', 'every-change', approved),
  call('e3', 'every-change', more),
  call('s1', 'each-status', pending),
  call('s2', 'each-status', approved),
];
const whole: OutboundLedger = {
  scripts: sinkScripts,
  sales: [{ source: 'accepting', clickId: 'click', transactionId: 't0', states: [pending, pending, approved, more] }],
  deliveries,
  calls,
};
const kindsOf = (ledger: OutboundLedger): readonly string[] =>
  [...new Set(reconcileOutbound(ledger).findings.map(({ kind }) => kind))].sort();
const without = (id: string): readonly ShownDelivery[] => deliveries.filter((one) => one.id !== id);
const changed = (id: string, fields: Partial<ShownDelivery>): readonly ShownDelivery[] =>
  deliveries.map((one) => (one.id === id ? { ...one, ...fields } : one));

test('a sink that received every change once, each in its way of reporting, leaves nothing to find', () => {
  expect(reconcileOutbound(whole)).toMatchObject({
    findings: [],
    tally: { changes: 6, delivered: 5, superseded: 1, calls: 5, lost: 0, withoutReason: 0, twice: 0 },
  });
});

test('a source that hears of one change alone is to hear of the first', () => {
  const later = {
    ...whole,
    deliveries: changed('f', { status: 'approved' }),
    calls: [call('f', 'first', approved), ...calls.slice(1)],
  };

  expect(kindsOf(later)).toEqual(['lost']);
});

test('the same call again under its delivery ID is nothing new', () => {
  expect(kindsOf({ ...whole, calls: [...calls, call('e2', 'every-change', approved)] })).toEqual([]);
});

test.each<[string, Partial<OutboundLedger>, readonly string[]]>([
  ['a change without a delivery', { deliveries: without('s2') }, ['lost']],
  ['a delivery that still waits', { deliveries: changed('e3', { state: 'due' }) }, ['lost', 'reported wrong']],
  ['one that says delivered and was not', { calls: calls.filter(({ deliveryId }) => deliveryId !== 'f') }, ['lost']],
  [
    'one that was accepted and says exhausted',
    { deliveries: changed('f', { state: 'exhausted' }) },
    ['reported wrong'],
  ],
  ['an end without a reason', { deliveries: changed('f', { reason: undefined }) }, ['reported wrong']],
  ['a change under two IDs', { calls: [...calls, call('x', 'first', pending)] }, ['duplicated', 'reported wrong']],
  [
    'two deliveries of one change',
    { deliveries: [...deliveries, delivery('x', 'first', pending)] },
    ['duplicated', 'lost'],
  ],
  [
    'a delivery of nothing',
    { deliveries: [...deliveries, { ...delivery('x', 'first', pending), clickId: 'other' }] },
    ['duplicated'],
  ],
  ['statuses in another order', { calls: [...calls.slice(0, 3), ...calls.slice(3).reverse()] }, ['reported wrong']],
  [
    'the newest superseded',
    {
      deliveries: changed('e3', { state: 'superseded' }),
      calls: calls.filter(({ deliveryId }) => deliveryId !== 'e3'),
    },
    ['reported wrong'],
  ],
])('%s is found', (_, fields, kinds) => {
  expect(kindsOf({ ...whole, ...fields })).toEqual(kinds);
});

test('a source that cannot be called and was is found', () => {
  const source = 'keyless';
  const silent = {
    ...whole,
    sales: [{ source, clickId: 'click', transactionId: 't0', states: [approved] }],
    deliveries: ['first', 'every-change', 'each-status'].map((mode) => delivery(mode, mode, approved, 'held')),
    calls: [],
  };

  expect(kindsOf(silent)).toEqual([]);
  expect(kindsOf({ ...silent, calls: [call('first', 'first', approved)] })).toEqual(['reported wrong']);
});

test('each way of reporting has its changes', () => {
  const states = [pending, pending, approved, more, { status: 'reversed', amount: '7.25' }];

  expect(expectedChanges(states, 'first')).toEqual([pending]);
  expect(expectedChanges(states, 'every-change')).toEqual([pending, approved, more, states[4]]);
  expect(expectedChanges(states, 'each-status')).toEqual([pending, approved, states[4]]);
});
