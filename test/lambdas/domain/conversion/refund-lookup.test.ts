import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import { Click, type SaidOfClick } from './click';
import { Rows, subjectOf, unnamed } from './rows';

const refund: SaidOfClick = { event: 'conversion', status: 'reversed', anyEvent: true };

function arrive(...all: readonly SaidOfClick[]): Click {
  const click = new Click();
  for (const said of all) click.say(said);
  return click;
}

const allStates = (click: Click): readonly string[] =>
  click.conversions.map(({ event, status, amount = '' }) => `${event} ${status} ${amount}`.trim());

const waits = { outcome: 'settled', notes: [{ code: 'REVERSAL_WITHOUT_SALE' }] };

describe('a refund that names no event, beside a conversion that has none either', () => {
  const plain: SaidOfClick = { event: 'conversion', status: 'approved' };
  const sale: SaidOfClick = { event: 'sale', status: 'approved', amount: '50', transactionId: 'T1' };

  test.each([{}, { transactionId: 'T1' }])('is of the sale with money where that conversion has none: %j', (named) => {
    const click = arrive({ ...plain, ...named }, sale, { ...refund, ...named });
    expect(allStates(click)).toEqual(['conversion approved', 'sale reversed 50']);
  });

  test('is of that conversion where it has money, too', () => {
    const click = arrive({ ...plain, amount: '10' }, sale, refund);
    expect(allStates(click)).toEqual(['conversion reversed 10', 'sale approved 50']);
  });

  test.each([{}, { transactionId: 'T1' }])('is of a sale that is over and has its very amount: %j', (named) => {
    for (const status of ['rejected', 'reversed'] as const) {
      const click = arrive({ ...plain, ...named, amount: '10' }, sale, { ...sale, status, amount: '50' });
      click.say({ ...refund, ...named, amount: '50' });
      expect(allStates(click)).toEqual(['conversion approved 10', `sale ${status} 50`]);
    }
  });

  test('is of its row with money where it counts separately', () => {
    const click = new Click('separate');
    for (const said of [{ ...plain, amount: '0' }, { ...plain, amount: '10' }, sale, refund]) click.say(said);
    expect(allStates(click)).toEqual(['conversion approved 0', 'conversion reversed 10', 'sale approved 50']);
  });
});

test('a refund that names its event and no transaction is of the conversion that was named alike', () => {
  const lead: SaidOfClick = { event: 'lead', status: 'approved' };
  const click = arrive(lead, { ...lead, amount: '5', transactionId: 'T2' }, { event: 'lead', status: 'reversed' });
  expect(allStates(click)).toEqual(['lead reversed', 'lead approved 5']);
});

test('a refund whose event is mapped now is of the sale that was recorded under the word as it is sent', () => {
  const rows = new Rows();
  for (const event of ['lead', 'bought']) rows.saleOf({ event });
  rows.among(subjectOf({ event: 'sale' }), { ...rows.claimOf({ status: 'reversed' }), sentEvent: 'bought' });
  expect([rows.at('lead#T1'), rows.at('bought#T1')]).toEqual(['approved 50', 'reversed 50']);
});

test('a rejection is no refund: the next renewal is not rejected in place of the one that has no amount', () => {
  const click = new Click('separate');
  // From now on, every sale of the click looks for refunds.
  click.say({ event: 'lead', status: 'reversed' });
  for (const said of [{}, { status: 'rejected' }, { amount: '10' }] as const) click.say(said);
  expect(allStates(click)).toEqual(['lead reversed', 'sale rejected', 'sale approved 10']);
});

test('a refund of a transaction with two sales is of the only one that is approved', () => {
  const sales = ['lead', 'sale'].map((event): SaidOfClick => ({ event, amount: '50', transactionId: 'T1' }));
  const [lead = {}, sale = {}] = sales;
  const click = arrive({ ...lead, status: 'rejected' }, sale, { ...refund, transactionId: 'T1' });
  expect(allStates(click)).toEqual(['lead rejected 50', 'sale reversed 50']);
});

describe('a refund of a transaction that another integration recorded', () => {
  const ofOther = { integration: 'other' } as const;

  test('is not taken for the only sale of its own sender', () => {
    for (const event of ['sale', undefined]) {
      const rows = new Rows();
      rows.saleOf({ transactionId: 'A' });
      rows.saleOf({ transactionId: 'B', ...ofOther });
      const settled = rows.refundOf({ transactionId: 'B', ...(event !== undefined && { event }) });
      expect(settled).toMatchObject({ outcome: 'other-integration', conversion: { conversionKey: 'sale#B' } });
      expect([rows.at('sale#A'), rows.at('sale#B')]).toEqual(['approved 50', 'approved 50']);
    }
  });

  test('is of its own sender where that has a sale of the same transaction', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'B', event: 'lead', ...ofOther });
    rows.saleOf({ transactionId: 'B' });
    rows.saleOf({ transactionId: 'B', event: 'visit', ...ofOther });
    expect(rows.refundOf({ transactionId: 'B' })).toMatchObject({ reason: 'OK_UPDATED' });
    expect([rows.at('lead#B'), rows.at('sale#B'), rows.at('visit#B')]).toEqual([
      'approved 50',
      'reversed 50',
      'approved 50',
    ]);
  });

  test.each([
    ['under another event than it names', { transactionId: 'B', event: 'lead' }, { transactionId: 'B', event: 'sale' }],
    ['as a test', { transactionId: 'B', test: true }, { transactionId: 'B' }],
    ['without a transaction, as the refund is', unnamed, unnamed],
  ])('waits where it was recorded %s', (_, theirs, ours) => {
    const rows = new Rows();
    rows.saleOf({ ...theirs, ...ofOther });
    expect(rows.refundOf(ours)).toMatchObject(waits);
  });
});

describe('a refund that waits', () => {
  const saleOf = (transactionId: string, said: Partial<SaidOfClick> = {}): SaidOfClick => ({
    status: 'approved',
    amount: '50',
    transactionId,
    ...said,
  });

  test('is met by none of several conversions without money', () => {
    const visit: SaidOfClick = { event: 'visit', status: 'approved' };
    const click = arrive({ ...visit, event: 'lead' }, visit, refund, { ...visit, event: 'survey' });
    expect(allStates(click)).toEqual(['lead approved', 'visit approved', 'conversion reversed', 'survey approved']);
  });

  test('without a transaction is met by the only sale that is approved', () => {
    const click = arrive(saleOf('A', { status: 'rejected' }), saleOf('B', { status: 'rejected' }), refund, saleOf('C'));
    expect(allStates(click)).toEqual([
      'sale rejected 50',
      'sale rejected 50',
      'conversion reversed',
      'sale reversed 50',
    ]);
  });

  test('with a transaction of its own is not met beside further sales, whatever their status', () => {
    const named = { ...refund, transactionId: 'R1' };
    const click = arrive(saleOf('A', { status: 'rejected' }), saleOf('B', { status: 'rejected' }), named, saleOf('C'));
    expect(allStates(click).at(-1)).toBe('sale approved 50');
  });

  test('is met by one of two sales when that is said again, with its time, after the other was rejected', () => {
    const again = saleOf('A', { at: 1 });
    const click = arrive(saleOf('A'), saleOf('B'), refund, saleOf('B', { status: 'rejected' }), again);
    expect([click.at('sale#A'), click.at('sale#B')]).toEqual([
      ['reversed', '50'],
      ['rejected', '50'],
    ]);
  });
});

describe('a refund that is looked at again', () => {
  /** A refund of B that was taken for A, the only sale. */
  function taken() {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A' });
    const claim = { ...rows.claimOf({ status: 'reversed', amount: '3' }), anyEvent: true } as const;
    const again = (statement = claim.statement): unknown =>
      rows.among(subjectOf({ event: 'conversion', transactionId: 'B' }), { ...claim, statement });
    again();
    expect(rows.at('sale#A')).toBe('approved 47');
    return { rows, again };
  }

  test.each([
    ['of another integration', { integration: 'other' }],
    ['of a test', { test: true }],
  ])('stays with its sale beside one %s', (_, fields) => {
    const { rows, again } = taken();
    rows.hastySaleOf({ transactionId: 'B', ...fields });
    again();
    expect(rows.at('sale#A')).toBe('approved 47');
  });

  test('stays with its sale beside refunds that wait', () => {
    const { rows, again } = taken();
    rows.refundOf({ transactionId: 'C', event: 'upsell' });
    expect(again()).toMatchObject({ writes: [] });
    expect(rows.at('sale#A')).toBe('approved 47');
  });

  test('is handed over to the sale that it names, though a later refund waited for that before', () => {
    const { rows, again } = taken();
    const upsell = { transactionId: 'B', event: 'upsell' };
    rows.refundOf(upsell, { amount: '4', at: 50 });
    rows.hastySaleOf(upsell);
    again();
    expect([rows.at('sale#A'), rows.at('upsell#B')]).toEqual(['approved 50', 'approved 43']);
  });

  test('is the same one by its request, though a replay reads another statement', () => {
    const { rows, again } = taken();
    rows.hastySaleOf({ transactionId: 'B' });
    again('as it is read now');
    expect([rows.at('sale#A'), rows.at('sale#B')]).toEqual(['approved 50', 'approved 47']);
  });

  test('is handed over though its conversion was erased since', () => {
    const { rows, again } = taken();
    for (const row of rows.all) rows.rows.set(row.conversionKey, erasedConversion(row) ?? row);
    rows.hastySaleOf({ transactionId: 'B' });
    again();
    expect([rows.at('sale#A'), rows.at('sale#B')]).toEqual(['approved 50', 'approved 47']);
  });
});

test('a refund is handed over to a sale that was received before it, and waited in the queue', () => {
  const click = arrive({ status: 'approved', amount: '50', transactionId: 'A' });
  const named = { ...refund, amount: '3', transactionId: 'B', bytes: 'the refund' };
  click.say(named);
  click.hasty({ status: 'approved', amount: '60', transactionId: 'B' }, -3600);
  click.say(named);
  expect(allStates(click)).toEqual(['sale approved 50', 'sale approved 57']);
});
