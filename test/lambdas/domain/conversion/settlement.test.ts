import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import { awaitsSale } from '../../../../lambdas/domain/conversion/reversal';
import { settleAmong, settleByKey } from '../../../../lambdas/domain/conversion/settlement';
import { amount } from '../support/factories';
import { Click } from './click';
import { claim } from './ledger';
import { Rows, subjectOf, unnamed } from './rows';

test('an erased conversion keeps no order of its sale', () => {
  const rows = new Rows();
  const claimed = { ...rows.claimOf({ amount: '50' }), order: 'A3NX' };
  rows.among(subjectOf(), claimed);
  const erased = rows.all.map((row) =>
    erasedConversion({ ...row, history: row.history.map((one) => ({ ...one, statement: '' })) }),
  );
  expect(erased.map((row) => row?.history.map(({ order }) => order))).toEqual([[undefined]]);
});

describe('who may settle a key', () => {
  test('nobody creates what may not be created', () => {
    expect(settleByKey(undefined, subjectOf(), claim({}, 'ignore', 0), false)).toEqual({ outcome: 'not-known' });
    expect(settleAmong([], subjectOf(), claim({}, 'ignore', 0), false)).toEqual({ outcome: 'not-known' });
  });

  test('another integration changes nothing, by its key and among the conversions of the click', () => {
    const rows = new Rows();
    rows.saleOf({});
    const [conversion] = rows.all;
    const other = subjectOf({ integration: 'other' });
    const refused = { outcome: 'other-integration', conversion };
    expect(settleByKey(conversion, other, claim({ status: 'rejected' }, 'ignore', 9), true)).toEqual(refused);
    expect(settleAmong(rows.all, other, claim({ status: 'rejected' }, 'ignore', 9), true)).toEqual(refused);
  });

  test('a key whose reversals were met elsewhere is created anew, where that is allowed', () => {
    const rows = new Rows();
    rows.refundOf({ ...unnamed });
    rows.saleOf({});
    const spent = rows.rows.get('conversion#');
    const sale = rows.claimOf({ amount: '5' });
    const subject = subjectOf({ ...unnamed, event: 'conversion' });
    expect(settleByKey(spent, subject, sale, false)).toEqual({ outcome: 'not-known' });
    expect(settleByKey(spent, subject, sale, true)).toMatchObject({ reason: 'OK', conversion: { version: 3 } });
  });

  test('a reversal that was met knows itself under its own key, also the second of two', () => {
    const rows = new Rows();
    const refunds = ['3', '4'].map((sum) => rows.claimOf({ status: 'reversed', amount: sum, bytes: sum }));
    const subject = subjectOf({ event: 'conversion', ...unnamed });
    for (const refund of refunds) rows.among(subject, { ...refund, anyEvent: true });
    rows.saleOf({});
    expect(rows.at('sale#T1')).toBe('approved 43');
    const spent = rows.rows.get('conversion#');
    for (const refund of refunds) {
      expect(settleByKey(spent, subject, refund, true)).toMatchObject({ outcome: 'settled', writes: [] });
    }
  });
});

describe('a sale that did not look for the refund of its click', () => {
  test('is found by the refund when that looks again, with all that waits under its key', () => {
    const rows = new Rows();
    const [first, second] = ['3', '4'].map((sum) => rows.claimOf({ status: 'reversed', amount: sum }));
    const subject = subjectOf({ event: 'conversion' });
    for (const refund of [first, second]) if (refund !== undefined) rows.among(subject, { ...refund, anyEvent: true });
    rows.hastySaleOf({});
    expect(rows.at('sale#T1')).toBe('approved 50');
    const again = rows.among(subject, { ...(first ?? fail()), anyEvent: true });
    expect(again).toMatchObject({ reason: 'OK_UPDATED', conversion: { conversionKey: 'sale#T1', version: 2 } });
    expect([rows.at('sale#T1'), rows.rows.get('conversion#T1')?.metBy]).toEqual(['approved 43', 'sale#T1']);
    expect(rows.among(subject, { ...(second ?? fail()), anyEvent: true })).toMatchObject({ writes: [] });
  });

  test('is left to what waits where another refund comes', () => {
    const rows = new Rows();
    rows.refundOf({}, { amount: '3' });
    rows.hastySaleOf({});
    rows.refundOf({}, { amount: '4' });
    expect([rows.at('sale#T1'), rows.rows.get('conversion#T1')?.metBy]).toEqual(['approved 46', undefined]);
  });

  test('takes the refund over from the sale that it was taken for meanwhile', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A' });
    const refund = { ...rows.claimOf({ status: 'reversed', bytes: 'the refund' }), anyEvent: true } as const;
    const subject = subjectOf({ event: 'conversion', transactionId: 'B' });
    rows.among(subject, refund);
    expect(rows.among(subject, refund)).toMatchObject({ reason: 'OK_UPDATED', writes: [] });
    rows.hastySaleOf({ transactionId: 'B', event: 'upsell' });
    expect(rows.among(subject, refund)).toMatchObject({
      outcome: 'settled',
      reason: 'OK_UPDATED',
      conversion: { conversionKey: 'upsell#B', status: 'reversed' },
    });
    expect([rows.at('sale#A'), rows.at('upsell#B')]).toEqual(['approved 50', 'reversed 50']);
    expect(rows.among(subject, refund)).toMatchObject({ writes: [] });
  });

  test('of another event than the refund names takes nothing over', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A' });
    const refund = rows.claimOf({ status: 'reversed', bytes: 'the refund' });
    const subject = subjectOf({ event: 'sale', transactionId: 'B' });
    rows.among(subject, refund);
    rows.hastySaleOf({ transactionId: 'B', event: 'upsell' });
    rows.saleOf({ transactionId: 'B', event: 'lead' });
    rows.among(subject, refund);
    expect([rows.at('sale#A'), rows.at('upsell#B'), rows.at('lead#B')]).toEqual([
      'reversed 50',
      'approved 50',
      'approved 50',
    ]);
  });

  test('of another integration takes nothing over', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A' });
    rows.refundOf({ transactionId: 'B' });
    rows.saleOf({ transactionId: 'B', integration: 'other' });
    expect([rows.at('sale#A'), rows.at('sale#B')]).toEqual(['reversed 50', 'approved 50']);
  });
});

describe('a sale among refunds', () => {
  test('takes what waits for it and what was taken for another sale, both at once', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A1' });
    rows.refundOf({ transactionId: 'B' }, { amount: '3' });
    rows.saleOf({ transactionId: 'A2' });
    rows.refundOf({ transactionId: 'B' }, { amount: '4' });
    expect(rows.at('conversion#B')).toBe('reversed none');
    rows.saleOf({ transactionId: 'B' });
    expect(['sale#A1', 'sale#A2', 'sale#B'].map((key) => rows.at(key))).toEqual([
      'approved 50',
      'approved 50',
      'approved 43',
    ]);
    expect(rows.rows.get('conversion#B')?.metBy).toBe('sale#B');
  });

  test('takes over from two other sales', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'A' });
    rows.refundOf({ transactionId: 'B' }, { amount: '3' });
    rows.saleOf({ transactionId: 'A', event: 'upsell' });
    rows.refundOf({ transactionId: 'B', event: 'upsell' }, { amount: '4' });
    expect([rows.at('sale#A'), rows.at('upsell#A')]).toEqual(['approved 47', 'approved 46']);
    rows.saleOf({ transactionId: 'B', event: 'upsell' });
    expect(['sale#A', 'upsell#A', 'upsell#B'].map((key) => rows.at(key))).toEqual([
      'approved 50',
      'approved 50',
      'approved 43',
    ]);
  });

  test('that is the only one is taken for the refund of another, until that one comes', () => {
    const rows = new Rows();
    rows.refundOf({ transactionId: 'B' });
    rows.saleOf({ transactionId: 'A' });
    expect(rows.at('sale#A')).toBe('reversed 50');
    rows.saleOf({ transactionId: 'B' });
    expect([rows.at('sale#A'), rows.at('sale#B')]).toEqual(['approved 50', 'reversed 50']);
  });

  test('is not taken for the refund of another order beside further sales', () => {
    const rows = new Rows();
    for (const transactionId of ['A1', 'A2']) rows.saleOf({ transactionId });
    rows.refundOf({ transactionId: 'B' });
    rows.saleOf({ transactionId: 'A3' });
    for (const key of ['sale#A1', 'sale#A2', 'sale#A3']) expect(rows.at(key)).toBe('approved 50');
  });

  test('of the event that a refund without an order names is met', () => {
    const rows = new Rows();
    rows.saleOf({ event: 'lead' });
    rows.refundOf({ ...unnamed, event: 'sale' });
    rows.saleOf({});
    expect([rows.at('lead#T1'), rows.at('sale#T1')]).toEqual(['approved 50', 'reversed 50']);
  });

  test('is met though another integration, or a test, has an approved one', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'X', integration: 'other' });
    rows.saleOf({ transactionId: 'Y', test: true });
    rows.refundOf({ ...unnamed });
    rows.saleOf({});
    expect(rows.at('sale#T1')).toBe('reversed 50');
  });

  test('that is another approval is not met, nor is its retry, which writes nothing', () => {
    const rows = new Rows();
    rows.refundOf({ ...unnamed }, { at: -50 });
    rows.saleOf({}, { amount: '50', at: -10, bytes: 'the sale' });
    expect(rows.saleOf({}, { amount: '50', at: -10, bytes: 'the sale' })).toMatchObject({ writes: [] });
    expect([rows.at('sale#T1'), rows.rows.get('conversion#')?.metBy]).toEqual(['approved 50', undefined]);
  });

  test('keeps no transaction of a refund that names none', () => {
    const rows = new Rows();
    rows.refundOf({ ...unnamed });
    rows.saleOf({});
    for (const row of rows.all)
      for (const entry of row.history) expect(Object.keys(entry)).not.toContain('ofTransaction');
  });
});

describe('the row that a refund is about', () => {
  test('is that of its key before any other of its transaction', () => {
    const rows = new Rows();
    rows.saleOf({ event: 'lead' });
    rows.saleOf({});
    rows.refundOf({ event: 'sale' });
    expect([rows.at('lead#T1'), rows.at('sale#T1')]).toEqual(['approved 50', 'reversed 50']);
  });

  /** Rows that count separately under one key, in this order. */
  const renewals = (...said: readonly Parameters<typeof claim>[0][]): Click => {
    const click = new Click('separate');
    for (const one of said) click.say({ ...one, transactionId: 'T1' });
    return click;
  };
  const states = (click: Click): readonly string[] =>
    click.conversions.map((row) => `${row.status} ${row.amount ?? 'none'} ${row.currency ?? ''}`.trim());

  test.each([undefined, 'T1', 'R1'])(
    'is a renewal of its amount, though the refund names no event and the ID %s',
    (id) => {
      const click = renewals({ amount: '10' }, { amount: '19' }, { amount: '19' });
      const refund = { status: 'reversed', amount: '19', event: 'refund', anyEvent: true } as const;
      for (const expected of [
        ['approved 10', 'reversed 19', 'approved 19'],
        ['approved 10', 'reversed 19', 'reversed 19'],
      ]) {
        expect(click.say({ ...refund, ...(id !== undefined && { transactionId: id }) }).reason).toBe('OK_UPDATED');
        expect(states(click)).toEqual(expected);
      }
    },
  );

  test.each(['visit', 'sale'])('is not known beside %s of another key, unless that has no money', (event) => {
    const click = renewals({ amount: '19' }, { amount: '19' });
    click.say({ status: 'approved', event, transactionId: 'T2', ...(event === 'sale' && { amount: '50' }) });
    click.say({ status: 'reversed', amount: '19', event: 'refund', anyEvent: true });
    expect(states(click).slice(0, 3)).toEqual([
      event === 'sale' ? 'approved 19' : 'reversed 19',
      'approved 19',
      event === 'sale' ? 'approved 50' : 'approved none',
    ]);
  });

  test('is the renewal of its currency', () => {
    const click = renewals({ amount: '10', currency: 'USD' }, { amount: '10', currency: 'EUR' });
    click.say({ status: 'reversed', amount: '10', currency: 'EUR', transactionId: 'T1' });
    expect(states(click)).toEqual(['approved 10 USD', 'reversed 10 EUR']);
  });

  test('is the one that has an amount, where the refund names one without a currency', () => {
    const click = new Click('separate');
    for (const said of [{}, { amount: '10', currency: 'USD' }]) click.say(said);
    click.say({ status: 'reversed', amount: '10' });
    expect(states(click)).toEqual(['approved none', 'reversed 10 USD']);
  });

  test('is the first where none has so much', () => {
    const click = renewals({ amount: '10' }, { amount: '12' });
    click.say({ status: 'reversed', amount: '99', transactionId: 'T1' });
    expect(states(click)).toEqual(['reversed 10', 'approved 12']);
  });

  test('is the first also where none is approved', () => {
    const click = renewals({ status: 'pending', amount: '10' }, { status: 'pending', amount: '12' });
    click.say({ status: 'reversed', transactionId: 'T1' });
    click.say({ status: 'approved', transactionId: 'T1' });
    expect(states(click)).toEqual(['reversed 10', 'pending 12']);
  });

  test('is known by its request once its statement was erased, and no two erased statements are one', () => {
    const rows = new Rows();
    const refund = { ...rows.claimOf({ status: 'reversed', amount: '4' }), anyEvent: true } as const;
    rows.saleOf({ transactionId: 'A' });
    rows.among(subjectOf({ event: 'conversion', ...unnamed }), refund);
    for (const row of rows.all) rows.rows.set(row.conversionKey, erasedConversion(row) ?? row);
    rows.saleOf({ transactionId: 'C' });
    const subject = subjectOf({ event: 'conversion', ...unnamed });
    expect(rows.among(subject, { ...refund, statement: '' })).toMatchObject({ writes: [] });
    const other = { ...rows.claimOf({ status: 'reversed', amount: '4' }), statement: '', anyEvent: true } as const;
    rows.among(subject, other);
    expect([rows.at('sale#A'), rows.at('sale#C'), rows.at('conversion#')]).toEqual([
      'approved 46',
      'approved 50',
      'reversed none',
    ]);
  });
});

test('only a refund whose sale may still come marks its click', () => {
  expect(['REVERSAL_WITHOUT_SALE', 'REVERSAL_OF_ONLY_SALE', 'PARTIAL_REVERSAL'].map(awaitsSale)).toEqual([
    true,
    true,
    false,
  ]);
});

test('a repeat that counts separately is not taken for what waits', () => {
  const click = new Click('separate');
  click.say({ status: 'reversed', anyEvent: true, event: 'conversion', at: -50 });
  click.say({ amount: '5', at: -10, transactionId: 'T1' });
  click.say({ amount: '7', transactionId: 'T1' });
  expect(click.conversions.map(({ status, amount: sum }) => [status, sum])).toEqual([
    ['reversed', undefined],
    ['approved', amount('5')],
    ['approved', amount('7')],
  ]);
});

/** Only where a test itself is wrong. */
function fail(): never {
  throw new Error('a refund was sent');
}

test('a sale in the words of an older one, whose click is gone, has nothing of the money of that one', () => {
  const rows = new Rows();
  const days = 24 * 60 * 60;
  const say = (said: Parameters<typeof claim>[0], seconds: number): void =>
    void rows.amongOf(unnamed, { ...claim(said, 'separate', seconds), anyEvent: true });
  say({ status: 'approved', bytes: 'a' }, 0);
  say({ status: 'rejected', amount: '7.25', bytes: 'b' }, 1);
  say({ status: 'approved', bytes: 'c' }, 40 * days);
  say({ status: 'approved', bytes: 'a' }, 41 * days);

  expect(rows.all.map(({ status, amount: sum, history }) => [status, sum, history.length])).toEqual([
    ['approved', '7.25', 3],
    ['approved', undefined, 1],
  ]);
});
