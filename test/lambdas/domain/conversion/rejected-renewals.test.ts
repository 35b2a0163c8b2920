import { isAboutRenewal, mayBeFurtherPayment } from '../../../../lambdas/domain/conversion/renewals';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { Click, type SaidOfClick } from './click';
import { Rows, subjectOf, unnamed } from './rows';

const hour = 3600;
const day = 24 * hour;
const month = 30 * day;

const renewal = (said: SaidOfClick): SaidOfClick => ({ event: 'rebill', renewal: true, ...said });
const paid = (amount: string, at: number): SaidOfClick => renewal({ status: 'approved', amount, currency: 'USD', at });
const held = (amount: string, at: number): SaidOfClick => renewal({ status: 'pending', amount, currency: 'USD', at });
const failed = (at: number): SaidOfClick => renewal({ status: 'rejected', at });

/** What a click's rows show once these have arrived, each of which names its time. */
function shownAfter(...all: readonly SaidOfClick[]): readonly string[] {
  const click = new Click('separate');
  for (const said of all) click.take(said, click.claimOf(said, 12 * month));
  return shown(click);
}

const shown = (click: Click): readonly string[] =>
  click.conversions.map(({ status, amount = 'none' }) => `${status} ${amount}`);

describe('a rejection of a renewal', () => {
  test('is about the last renewal before it, and not about one after it', () => {
    expect(shownAfter(paid('9', 0), paid('12', 2 * hour), failed(hour))).toEqual(['rejected 9', 'approved 12']);
  });

  test('at the moment of a renewal is about that one', () => {
    expect(shownAfter(paid('9', 0), paid('12', hour), failed(hour))).toEqual(['approved 9', 'rejected 12']);
  });

  test('is about the renewal that began last, whatever happened to an earlier one since', () => {
    const rows = shownAfter(held('9', 0), paid('9', 2 * hour), paid('12', hour), failed(3 * hour));
    expect(rows).toEqual(['approved 9', 'rejected 12']);
  });

  test('is about the renewal that was approved shortly before it, long after it was put on hold', () => {
    const approval = paid('12', 2 * month);
    const rows = shownAfter(paid('9', 0), held('12', month), approval, failed(2 * month + hour));
    expect(rows).toEqual(['approved 9', 'rejected 12']);
    expect(shownAfter(held('9', 0), paid('9', month), failed(month + hour))).toEqual(['rejected 9']);
  });

  test('is about the renewal on hold, however long that has waited', () => {
    const rows = shownAfter(paid('9', 0), held('12', month), failed(3 * month));
    expect(rows).toEqual(['approved 9', 'rejected 12']);
  });

  test('that names the amount of a renewal long ago is about the last one', () => {
    const rows = shownAfter(paid('9', 0), paid('12', month), { ...failed(month + hour), amount: '9' });
    expect(rows).toEqual(['approved 9', 'rejected 12']);
  });

  test('without an amount is about the last one, beside an earlier one without an amount', () => {
    const unknown = renewal({ status: 'approved', at: 0 });
    expect(shownAfter(unknown, paid('12', hour), failed(2 * hour))).toEqual(['approved none', 'rejected 12']);
  });

  test('and a second one are about two renewals', () => {
    const rows = shownAfter(paid('9', 0), paid('12', hour), failed(2 * hour), failed(3 * hour));
    expect(rows).toEqual(['rejected 9', 'rejected 12']);
  });

  test('of the amount of a rejected one rejects no other, and counts as another that failed', () => {
    const rejection = (at: number): SaidOfClick => ({ ...failed(at), amount: '12', currency: 'USD' });
    const rows = shownAfter(paid('9', 0), paid('12', hour), rejection(2 * hour), rejection(3 * hour));
    expect(rows).toEqual(['approved 9', 'rejected 12', 'rejected 12']);
  });

  test('that is sent again after the retry window rejects no other renewal', () => {
    const click = new Click('separate');
    const rejection: SaidOfClick = { ...failed(2 * hour), bytes: 'rejection' };
    for (const said of [paid('9', 0), paid('12', hour), rejection]) click.take(said, click.claimOf(said, 3 * hour));
    click.take(rejection, click.claimOf(rejection, month));
    expect(shown(click).slice(0, 2)).toEqual(['approved 9', 'rejected 12']);
  });

  test.each([
    ['48 hours', 48, ['rejected 9']],
    ['49 hours', 49, ['approved 9', 'rejected none']],
  ])('%s after it, with a retry window of 48, changes %s', (_, hours, expected) => {
    expect(shownAfter(paid('9', 0), failed(hours * hour))).toEqual(expected);
  });

  test.each([
    ['the renewal', 72, 48],
    ['the rejection', 48, 72],
  ])('is within the longer retry window, that of %s', (_, ofSale, ofRejection) => {
    const click = new Click('separate');
    const [sale, rejection] = [paid('9', 0), failed(60 * hour)];
    click.take(sale, { ...click.claimOf(sale, month), retryHours: ofSale });
    click.take(rejection, { ...click.claimOf(rejection, month), retryHours: ofRejection });
    expect(shown(click)).toEqual(['rejected 9']);
  });

  test('is about no sale of another event', () => {
    const sale: SaidOfClick = { status: 'approved', amount: '9', currency: 'USD', at: 0 };
    expect(shownAfter(sale, failed(hour))).toEqual(['approved 9', 'rejected none']);
  });

  test('without a transaction is about none of two that name theirs', () => {
    const [first, second] = ['R1', 'R2'].map((transactionId) => ({ ...paid('9', 0), transactionId }));
    expect(
      shownAfter({ ...paid('9', 0), ...first }, { ...paid('12', 0), ...second, amount: '12' }, failed(hour)),
    ).toEqual(['approved 9', 'approved 12', 'rejected none']);
  });

  test('by another integration rejects nothing', () => {
    const click = new Rows();
    const rebill = { event: 'rebill', ...unnamed };
    const marks = { renewal: true, mode: 'separate' } as const;
    click.among(subjectOf(rebill), { ...click.claimOf({ status: 'approved', amount: '9' }), ...marks });
    const rejection = { ...click.claimOf({ status: 'rejected' }), ...marks };
    expect(click.among(subjectOf({ ...rebill, integration: 'other' }), rejection).outcome).toBe('other-integration');
    expect(click.at('rebill#')).toBe('approved 9');
  });
});

describe('the next renewal', () => {
  test('is a hold long after a paid one, with its amount, and waits for its own approval', () => {
    const rows = shownAfter(paid('9', 0), held('9', month), paid('9', month + 10 * day));
    expect(rows).toEqual(['approved 9', 'approved 9']);
  });

  test('is one that is paid soon after the earlier one was refunded', () => {
    const refund = renewal({ status: 'reversed', at: month });
    expect(shownAfter(paid('9', 0), refund, paid('9', month + hour))).toEqual(['reversed 9', 'approved 9']);
  });
});

const isRenewal = { renewal: true } as const;

test.each<[boolean, string, Partial<Claim>]>([
  [true, 'a renewal', isRenewal],
  [true, 'a payment that names its order', { order: 'O1' }],
  [false, 'a sale', {}],
  [false, 'a refund of a renewal', { ...isRenewal, reversal: 'partial' }],
  [false, 'a refund of an order', { order: 'O1', reversal: 'whole' }],
])('may be a further payment of what was paid before: %s, for %s', (expected, _, marks) => {
  expect(mayBeFurtherPayment({ ...new Rows().claimOf({}), ...marks })).toBe(expected);
});

test.each<[boolean, string, Partial<Claim>, object]>([
  [true, 'a rejection without a transaction', { ...isRenewal, status: 'rejected' }, {}],
  [false, 'one with its transaction', { ...isRenewal, status: 'rejected' }, { transactionId: 'R1' }],
  [false, 'one below zero', { ...isRenewal, status: 'rejected', reversal: 'partial' }, {}],
  [false, 'an approval', { ...isRenewal, status: 'approved' }, {}],
  [false, 'a rejection of what does not come again', { status: 'rejected' }, {}],
])('may be about one of several renewals: %s, for %s', (expected, _, marks, key) => {
  const subject = subjectOf({ event: 'rebill', ...unnamed, ...key });
  expect(isAboutRenewal({ ...new Rows().claimOf({}), ...marks }, subject)).toBe(expected);
});
