import { waitingLimit } from '../../../../lambdas/domain/conversion/apply';
import { conversionKeyOf, type Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { addDeltas, payableOf } from '../../../../lambdas/domain/conversion/payable';
import { settleAmong } from '../../../../lambdas/domain/conversion/settlement';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { now } from '../support/factories';
import { Click } from './click';
import { claim, type Said } from './ledger';
import { Rows, subjectOf, unnamed } from './rows';

let click: Rows;
beforeEach(() => {
  click = new Rows();
});

const anyEvent = { anyEvent: true } as const;
const refundOfA: Said = { status: 'reversed', bytes: 'the refund' };

/** A refund without an event, at the second of the tests that it came. */
const refundAt = (seconds: number, said: Said = {}): Claim => ({
  ...claim({ status: 'reversed', ...said }, 'ignore', seconds),
  ...anyEvent,
});

const payable = ({ history }: Conversion): unknown => addDeltas(...history.map(({ deltas }) => deltas));
const codes = (settlement: ReturnType<typeof settleAmong>): readonly string[] =>
  settlement.outcome === 'settled' ? settlement.notes.map(({ code }) => code) : [];

describe('a refund that a sale has taken', () => {
  test('is known when it is sent again, though another integration has a sale of its transaction by now', () => {
    click.saleOf({ transactionId: 'A' });
    const refund = click.claimOf(refundOfA);
    click.amongOf({ transactionId: 'B' }, refund);
    click.saleOf({ transactionId: 'B', integration: 'other', event: 'upsell' });

    expect(click.amongOf({ transactionId: 'B' }, { ...refund, ...anyEvent })).toMatchObject({
      outcome: 'settled',
      writes: [],
    });
  });

  test('goes to its own sale, which holds it already, and is given back to the other', () => {
    const subject = subjectOf({ transactionId: 'B' });
    const send = (): unknown => click.among(subject, click.claimOf(refundOfA));
    send();
    click.hastySaleOf({ transactionId: 'A' });
    send();
    click.hastySaleOf({ transactionId: 'B' });
    expect([click.at('sale#A'), click.at('sale#B')]).toEqual(['reversed 50', 'reversed 50']);
    send();

    expect([click.at('sale#A'), click.at('sale#B')]).toEqual(['approved 50', 'reversed 50']);
  });

  test('stays with the conversion that it was taken for, where the sale of it was refunded so much already', () => {
    const lead = subjectOf({ ...unnamed, event: 'conversion' });
    const refund = refundAt(2, { amount: '3', amountInAll: true });
    click.among(lead, claim({}, 'ignore', 1));
    click.among(lead, refund);
    click.hastySaleOf({});
    click.refundOf({ event: 'sale' }, { amount: '3', amountInAll: true });

    expect(click.among(lead, refund)).toMatchObject({ writes: [] });
    expect([click.at('conversion#'), click.at('sale#T1')]).toEqual(['reversed none', 'approved 47']);
  });

  test('leaves the deltas of each row as what is payable of it, when the sale of two refunds takes them over', () => {
    click.saleOf({ transactionId: 'A' });
    click.refundOf({ transactionId: 'B' }, { amount: '3' });
    click.saleOf({ transactionId: 'A', event: 'upsell' });
    click.refundOf({ transactionId: 'B', event: 'upsell' }, { amount: '4' });
    click.saleOf({ transactionId: 'B', event: 'upsell' });

    expect(click.at('upsell#B')).toBe('approved 43');
    for (const row of click.all) expect(payable(row)).toEqual(payableOf(row));
  });

  test('moves to a renewal of its amount, whose retry is known and counts nothing', () => {
    const renewals = new Click('separate');
    const renewal = { amount: '20', bytes: 'the second' };
    renewals.say({ amount: '10' });
    renewals.say({ status: 'reversed', amount: '20' });
    renewals.say(renewal);
    renewals.say(renewal);
    renewals.hasty(renewal);

    expect(renewals.conversions.map(({ status, amount }) => [status, amount])).toEqual([
      ['approved', '10'],
      ['reversed', '20'],
    ]);
  });
});

test('a refund of another transaction says which one it names, though the only sale has all that it takes back', () => {
  click.saleOf({ transactionId: 'A' });
  const settlement = click.refundOf({ transactionId: 'B' });

  expect(settlement).toMatchObject({ notes: [{ code: 'REVERSAL_OF_ONLY_SALE', named: 'B' }] });
});

describe('a refund that may mean several sales', () => {
  test('is taken for the conversion of its key, and moves to the sale that has its amount and is the only one', () => {
    const lead = { ...unnamed, event: 'conversion' };
    click.saleOf(lead, {});
    for (const transactionId of ['A', 'B']) click.saleOf({ transactionId });
    expect(codes(click.refundOf({ ...unnamed }, { amount: '30' }))).toContain('REVERSAL_OF_ONLY_SALE');
    expect(click.at('conversion#')).toBe('reversed none');
    for (const transactionId of ['A', 'B']) click.saleOf({ transactionId }, { status: 'rejected' });
    click.saleOf({ transactionId: 'C' }, { amount: '30' });

    expect([click.at('conversion#'), click.at('sale#C')]).toEqual(['approved none', 'reversed 30']);
  });
});

test('the first sale under a key whose refunds another sale has met is written over them', () => {
  click.refundOf({});
  click.saleOf({});
  click.saleOf({ event: 'conversion' }, { amount: '5' });

  expect([click.at('sale#T1'), click.at('conversion#T1')]).toEqual(['reversed 50', 'approved 5']);
});

test('a refund of a key that another integration recorded takes nothing back', () => {
  click.saleOf({ ...unnamed });
  const settlement = click.refundOf({ ...unnamed, event: 'sale', integration: 'other' });

  expect(settlement).toMatchObject({ outcome: 'other-integration', conversion: { integration: 'acme' } });
  expect(click.at('sale#')).toBe('approved 50');
});

describe('the time of a change', () => {
  test('of a sale with the refund that waited for it is the time of the sale', () => {
    click.among(subjectOf({ event: 'conversion' }), refundAt(10));
    click.among(subjectOf(), claim({ amount: '50' }, 'ignore', 20));

    expect(click.at('sale#T1')).toBe('reversed 50');
    expect(click.rows.get('sale#T1')?.changedAt).toBe(now + 20_000);
  });

  test('of a sale that takes a refund over from another one is the time of the sale', () => {
    click.among(subjectOf({ transactionId: 'A' }), claim({ amount: '50' }, 'ignore', 5));
    click.among(subjectOf({ transactionId: 'B', event: 'conversion' }), refundAt(10));
    click.among(subjectOf({ transactionId: 'B' }), claim({ amount: '50' }, 'ignore', 20));

    expect([click.at('sale#A'), click.at('sale#B')]).toEqual(['approved 50', 'reversed 50']);
    expect(click.all.map(({ changedAt }) => (changedAt - now) / 1000)).toEqual([20, 20]);
  });

  test('of a sale that a refund finds when it is sent again is the time of that sending', () => {
    const subject = subjectOf({ event: 'conversion' });
    const [first, second] = [refundAt(10, { amount: '3' }), refundAt(20, { amount: '4' })];
    for (const refund of [first, second]) click.among(subject, refund);
    click.hastySaleOf({});
    click.among(subject, second);

    expect(click.at('sale#T1')).toBe('approved 43');
    expect(click.rows.get('sale#T1')?.changedAt).toBe(second.receivedAt);
  });
});

describe('what a browser reports among the conversions of its click', () => {
  const reportAt = (seconds: number, payout: string): Claim => ({
    ...claim({ payout }, 'ignore', seconds),
    fallback: { ...claim({ payout }, 'ignore', seconds).fallback, status: 'pending' },
    browser: true,
  });
  const server = (): Claim => claim({ amount: '50' }, 'ignore', 10);

  beforeEach(() => {
    click.among(subjectOf(), reportAt(1, '5'));
  });

  test('is the first report alone', () => {
    expect(click.among(subjectOf(), reportAt(2, '9'))).toMatchObject({ reason: 'OK_DUPLICATE', writes: [] });
    expect(click.at('sale#T1')).toBe('pending 5');
  });

  test('is confirmed by a server, over the same row', () => {
    expect(click.among(subjectOf(), server())).toMatchObject({ reason: 'OK', confirms: true });
    expect([click.at('sale#T1'), click.rows.get('sale#T1')?.version]).toEqual(['approved 50', 2]);
  });

  test('is nothing that a refund takes back', () => {
    expect(codes(click.refundOf({}))).toEqual(['REVERSAL_WITHOUT_SALE']);
    expect(click.at('sale#T1')).toBe('pending 5');
    click.among(subjectOf(), server());
    expect([click.at('sale#T1'), click.rows.get('conversion#T1')?.metBy]).toEqual(['reversed 50', 'sale#T1']);
  });

  test('gives a server no right to a key that it may not create', () => {
    expect(settleAmong(click.all, subjectOf(), server(), false)).toEqual({ outcome: 'not-known' });
  });
});

/** Refunds that wait under keys of their own: the same as those under one key, each another statement. */
function copyWaiting(key: string, count: number): void {
  const row = click.rows.get(key);
  if (row === undefined) throw new Error(`nothing waits under ${key}`);
  for (let copy = 1; copy <= count; copy++) {
    const transactionId = `copy ${copy}`;
    const history = row.history.map((entry) => ({
      ...entry,
      requestId: claim({}, 'ignore', copy).requestId,
      statement: `${transactionId} of ${entry.statement}`,
    }));
    const conversionKey = conversionKeyOf({ ...row, transactionId });
    click.rows.set(conversionKey, { ...row, transactionId, conversionKey, history });
  }
}

describe('a sale that can hold no more of the refunds that wait', () => {
  /** As many refunds as wait under one key, all about a sale before this one; and a key with another such refund and one of this sale. */
  beforeEach(() => {
    for (let one = 0; one < waitingLimit; one++)
      click.among(subjectOf(), claim({ status: 'reversed', amount: '1', at: -100 }, 'ignore', one));
    for (const refund of refunds) click.among(subjectOf({ event: 'conversion' }), refund);
  });

  const refunds = [refundAt(60, { amount: '2', at: -100 }), refundAt(61, { amount: '3', at: 61 })] as const;

  const sale = claim({ amount: '500', at: 50 }, 'ignore', 70);

  test('leaves them where they wait, and takes the others', () => {
    click.among(subjectOf({ transactionId: 'R', event: 'conversion' }), refundAt(62, { amount: '7', at: 62 }));
    click.among(subjectOf(), sale);

    expect(click.at('sale#T1')).toBe('approved 493');
    expect(['conversion#T1', 'conversion#R'].map((key) => click.rows.get(key)?.metBy)).toEqual([undefined, 'sale#T1']);
  });

  test('takes none over from another sale while it is on hold', () => {
    click.hastySaleOf({ transactionId: 'A' });
    click.among(subjectOf({ event: 'conversion' }), refundAt(63, { amount: '7' }));
    click.among(subjectOf(), claim({ status: 'pending', amount: '500' }, 'ignore', 70));

    expect([click.at('sale#A'), click.at('sale#T1')]).toEqual(['approved 43', 'pending 500']);
  });

  test('takes none that comes again while it is on hold: that has the answer that it had', () => {
    click.among(subjectOf(), claim({ status: 'pending', amount: '500' }, 'ignore', 70));
    const [refund] = refunds;

    expect(click.among(subjectOf({ event: 'conversion' }), refund)).toMatchObject({ reason: 'OK', writes: [] });
    expect(click.at('sale#T1')).toBe('pending 500');
  });

  test('has nothing more to write where it can take none of very many', () => {
    copyWaiting('conversion#T1', 100);
    click.cutOff({}, sale);

    expect(click.cutOff({}, sale)).toMatchObject({ outcome: 'settled', writes: [] });
  });
});

test.each([
  [80, undefined, 'approved 420'],
  [81, true, 'approved 420'],
])(
  'a sale that %i refunds wait for takes 80 in one write, and says whether there are more',
  (count, meetsMore, state) => {
    click.refundOf({}, { amount: '1' });
    copyWaiting('conversion#T1', count - 1);
    click.cutOff({}, claim({ amount: '500' }, 'ignore', 1));

    expect([click.rows.get('sale#T1')?.meetsMore, click.at('sale#T1')]).toEqual([meetsMore, state]);
  },
);

describe('the same refund again', () => {
  test('has the answer that it had, after it was taken in with another one', () => {
    const subject = subjectOf({ event: 'conversion' });
    const [first, second] = [refundAt(10), refundAt(20)];
    for (const refund of [first, second]) click.among(subject, refund);
    click.hastySaleOf({});

    expect(click.among(subject, second)).toMatchObject({ reason: 'OK_UPDATED' });
    expect(click.among(subject, second)).toMatchObject({ reason: 'OK_UPDATED', writes: [] });
  });
});

test('the retry of a sale has nothing to write while another sale meets more refunds than one write takes', () => {
  click.refundOf({}, { amount: '1' });
  copyWaiting('conversion#T1', 80);
  click.refundOf({ transactionId: 'A' });
  click.cutOff({}, claim({ amount: '500' }, 'ignore', 9));
  click.hastySaleOf({ transactionId: 'A' });
  const [sale] = click.rows.get('sale#A')?.history ?? [];

  expect(click.rows.get('sale#T1')?.meetsMore).toBe(true);
  expect(sale && click.cutOff({ transactionId: 'A' }, sale)).toMatchObject({ outcome: 'settled', writes: [] });
});

test('the retry of a sale that did not look for its refunds has nothing to write', () => {
  click.refundOf({});
  click.hastySaleOf({});
  const [sale] = click.rows.get('sale#T1')?.history ?? [];

  expect(sale && click.amongOf({}, sale)).toMatchObject({ outcome: 'settled', writes: [] });
});
