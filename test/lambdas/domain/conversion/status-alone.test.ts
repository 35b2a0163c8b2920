import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { ConversionSubject } from '../../../../lambdas/domain/conversion/conversion';
import { mayMeanOther } from '../../../../lambdas/domain/conversion/status-alone';
import type { ConversionStatus } from '../../../../lambdas/domain/values/status';
import { now } from '../support/factories';
import { claim } from './ledger';
import { Rows, subjectOf, unnamed } from './rows';

const anyEvent = { anyEvent: true } as const;
const purchase = { event: 'purchase' };

let click: Rows;
beforeEach(() => {
  click = new Rows();
});

type Said = Parameters<Rows['claimOf']>[0];

/** A status alone, whose event or transaction is as much as the sender names. */
function tell(fields: Partial<ConversionSubject>, said: Said, marks: Partial<Claim> = anyEvent) {
  return click.among(subjectOf({ event: 'conversion', ...fields }), { ...click.claimOf(said), ...marks });
}

describe('a status that does not repeat the event of its sale', () => {
  test('rejects the sale of its transaction', () => {
    click.saleOf(purchase, { amount: '10' });
    tell({}, { status: 'rejected' });

    expect(click.all).toHaveLength(1);
    expect(click.at('purchase#T1')).toBe('rejected 10');
  });

  test('approves the sale on hold, and leaves its amount', () => {
    click.saleOf(purchase, { status: 'pending', amount: '10' });
    tell({}, { status: 'approved' });

    expect(click.at('purchase#T1')).toBe('approved 10');
  });

  test('rejects it once, however often it says so', () => {
    click.saleOf(purchase, { amount: '10' });
    tell({}, { status: 'rejected', bytes: 'a' });
    tell({}, { status: 'rejected', bytes: 'a' });
    tell({}, { status: 'rejected', bytes: 'b' });

    expect([click.all.length, click.at('purchase#T1')]).toEqual([1, 'rejected 10']);
  });

  test('approves it once, also where it says so again after the retry window', () => {
    const later = now + 100 * 3_600_000;
    click.saleOf(purchase, { status: 'pending', amount: '10' });
    tell({}, { status: 'approved', bytes: 'a' });
    tell({}, { status: 'approved', bytes: 'a' }, { ...anyEvent, receivedAt: later, eventTime: later });

    expect([click.all.length, click.at('purchase#T1')]).toEqual([1, 'approved 10']);
  });

  test('lifts no reversal of a sale that it does not name', () => {
    click.saleOf(purchase, { amount: '10' });
    click.refundOf(purchase);
    tell({}, { status: 'approved' });

    expect([click.at('purchase#T1'), click.at('conversion#T1')]).toEqual(['reversed 10', 'approved none']);
  });

  test('creates a conversion where the click has none', () => {
    tell({}, { status: 'rejected' });

    expect(click.at('conversion#T1')).toBe('rejected none');
  });

  test('creates a conversion where the click has none of its transaction', () => {
    click.saleOf(purchase, { amount: '10' });
    tell({ transactionId: 'T2' }, { status: 'rejected' });

    expect([click.at('purchase#T1'), click.at('conversion#T2')]).toEqual(['approved 10', 'rejected none']);
  });

  test('is about its own key where that is known', () => {
    click.saleOf(purchase, { amount: '10' });
    click.saleOf({}, { amount: '5' });
    click.saleOf({ event: 'conversion' }, { amount: '7' });
    tell({}, { status: 'rejected' });

    expect([click.at('purchase#T1'), click.at('conversion#T1')]).toEqual(['approved 10', 'rejected 7']);
  });

  test('changes nothing where several sales of its transaction may be meant', () => {
    click.saleOf(purchase, { amount: '10' });
    click.saleOf({ event: 'upsell' }, { amount: '5' });
    tell({}, { status: 'rejected' });

    expect([click.at('purchase#T1'), click.at('upsell#T1')]).toEqual(['approved 10', 'approved 5']);
  });

  const sell = (event: string, amount: string, status: ConversionStatus): void => {
    click.saleOf({ event }, { amount, status: status === 'reversed' ? 'approved' : status });
    if (status === 'reversed') click.refundOf({ event });
  };

  test.each<[string, ConversionStatus, ConversionStatus, ConversionStatus, readonly string[]]>([
    ['on hold, of two that it may approve', 'pending', 'approved', 'approved', ['approved 10', 'approved 5']],
    ['rejected, beside a reversed one', 'rejected', 'reversed', 'approved', ['approved 10', 'reversed 5']],
    ['not rejected, beside a rejected one', 'approved', 'rejected', 'rejected', ['rejected 10', 'rejected 5']],
    ['rejected already, beside a reversed one', 'rejected', 'reversed', 'rejected', ['rejected 10', 'reversed 5']],
  ])('is about the sale that is %s', (_, first, second, status, expected) => {
    sell('purchase', '10', first);
    sell('upsell', '5', second);
    tell({}, { status });

    expect([click.all.length, click.at('purchase#T1'), click.at('upsell#T1')]).toEqual([2, ...expected]);
  });

  test('creates a conversion where it approves what is approved already: it may be another sale', () => {
    sell('purchase', '10', 'approved');
    tell({}, { status: 'approved' });

    expect([click.at('purchase#T1'), click.at('conversion#T1')]).toEqual(['approved 10', 'approved none']);
  });

  test('is about the sale with money, beside a registration without', () => {
    click.saleOf({ event: 'registration' }, {});
    click.saleOf(purchase, { amount: '10' });
    tell({}, { status: 'rejected' });

    expect([click.at('registration#T1'), click.at('purchase#T1')]).toEqual(['approved none', 'rejected 10']);
  });

  test('does not touch what another integration recorded', () => {
    click.saleOf({ ...purchase, integration: 'other' }, { amount: '10' });
    tell({}, { status: 'rejected' });

    expect(click.at('purchase#T1')).toBe('approved 10');
  });
});

test('a status that is said again after the retry window changes the row of its key, beside one that counts separately', () => {
  const separate = { ...anyEvent, mode: 'separate' } as const;
  const later = now + 100 * 3_600_000;
  tell({}, { amount: '7.25' }, { mode: 'separate' });
  tell({}, { status: 'approved', bytes: 'a' }, separate);
  tell({}, { status: 'pending', at: -12 }, separate);
  expect([click.all.length, click.at('conversion#T1')]).toEqual([2, 'pending 7.25']);

  tell({}, { status: 'approved', bytes: 'a' }, { ...separate, receivedAt: later, eventTime: later });
  expect([click.all.length, click.at('conversion#T1')]).toEqual([2, 'approved 7.25']);
});

test('a rejection without a transaction ID is about no sale of another event', () => {
  click.saleOf({ event: 'lead' }, { amount: '10' });
  tell({ ...unnamed, event: 'purchase' }, { status: 'rejected' }, {});

  expect([click.at('lead#T1'), click.at('purchase#')]).toEqual(['approved 10', 'rejected none']);
});

test('a rejection below zero moves from the sale that it was taken for to the one of its amount', () => {
  click.saleOf({ event: 'purchase', transactionId: 'A' }, { status: 'pending', amount: '10' });
  tell({ ...unnamed }, { status: 'rejected', amount: '30', reversal: 'partial' });
  expect(click.at('purchase#A')).toBe('rejected 10');
  click.saleOf({ event: 'purchase', transactionId: 'B' }, { amount: '30' });

  expect([click.at('purchase#A'), click.at('purchase#B')]).toEqual(['pending 10', 'rejected 30']);
});

describe('a claim asks for the other conversions of its click', () => {
  const rejection = claim({ status: 'rejected', amount: '10' }, 'ignore', 0);

  test.each<[string, Claim, Partial<ConversionSubject>, boolean]>([
    ['where it names no event of a sale', { ...rejection, ...anyEvent }, {}, true],
    ['where its event is mapped, which may be newer than the sale', { ...rejection, sentEvent: '1' }, {}, true],
    ['where it names no transaction', rejection, unnamed, true],
    ['but not where it names all of the key', rejection, {}, false],
    ['but not where it says what was sold', claim({ status: 'approved', amount: '10' }, 'ignore', 0), unnamed, false],
    [
      'but not where a payout says what was sold',
      claim({ status: 'approved', payout: '5' }, 'ignore', 0),
      unnamed,
      false,
    ],
    ['but not as a status where it is a reversal', { ...rejection, reversal: 'partial' }, unnamed, false],
  ])('%s', (_, said, fields, expected) => {
    expect(mayMeanOther(said, subjectOf(fields))).toBe(expected);
  });
});

test('a rejection without a transaction ID is about the only sale of its event', () => {
  click.saleOf(purchase, { amount: '10' });
  tell({ ...unnamed, event: 'purchase' }, { status: 'rejected', amount: '0' }, {});

  expect([click.all.length, click.at('purchase#T1')]).toEqual([1, 'rejected 10']);
});

test('an approval with an amount and without a transaction ID is a sale of its own', () => {
  click.saleOf(purchase, { status: 'pending', amount: '10' });
  tell({ ...unnamed, event: 'purchase' }, { status: 'approved', amount: '20' }, {});

  expect(click.all).toHaveLength(2);
});

describe('an event that was mapped after its sale was recorded', () => {
  test.each<[string, Said, string]>([
    ['a rejection', { status: 'rejected', amount: '10' }, 'rejected 10'],
    ['an approval of what is on hold', { status: 'approved' }, 'approved 10'],
    ['a reversal', { status: 'reversed' }, 'reversed 10'],
  ])('%s finds the sale under the word that was sent', (_, said, state) => {
    const isHold = said.status === 'approved';
    click.saleOf({ event: '1' }, { amount: '10', ...(isHold && { status: 'pending' }) });
    click.among(subjectOf({ event: 'purchase' }), { ...click.claimOf(said), sentEvent: '1' });

    expect([click.all.length, click.at('1#T1')]).toEqual([1, state]);
  });
});

test('a reversal of the transaction of another integration takes back none of the sender’s own sales', () => {
  click.saleOf({ integration: 'first' }, { amount: '50' });
  click.saleOf({ integration: 'second', transactionId: 'T2' }, { amount: '20' });
  const settlement = click.refundOf({ integration: 'second', transactionId: 'T1' });

  expect(settlement.outcome).toBe('other-integration');
  expect([click.at('sale#T1'), click.at('sale#T2')]).toEqual(['approved 50', 'approved 20']);
});
