import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { mayHaveOtherKey } from '../../../../lambdas/domain/conversion/other-key';
import { settleAmong } from '../../../../lambdas/domain/conversion/settlement';
import { now } from '../support/factories';
import { Click } from './click';
import { claim, Ledger, retryHours } from './ledger';
import { Rows, subjectOf, unnamed } from './rows';

const hour = 60 * 60;
const sale = { amount: '10', bytes: 'the sale' };

/** A sale that was recorded under T9, whose sender sends it again after so many hours, when another transaction is read. */
function sentAgain(hours: number, fields = {}, bytes = sale.bytes) {
  const rows = new Rows();
  rows.saleOf({ transactionId: 'T9' }, sale);
  const subject = subjectOf({ transactionId: 'ABC', ...fields });
  return rows.among(subject, claim({ ...sale, bytes }, 'ignore', hours * hour + 5));
}

describe('a statement that comes again under another key', () => {
  test('at once is a duplicate of the conversion that it made, and writes nothing', () => {
    expect(sentAgain(0)).toMatchObject({
      reason: 'OK_DUPLICATE',
      conversion: { conversionKey: 'sale#T9' },
      writes: [],
    });
  });

  test('is a duplicate until the retry window ends', () => {
    expect(sentAgain(retryHours)).toMatchObject({ reason: 'OK_DUPLICATE', conversion: { conversionKey: 'sale#T9' } });
    expect(sentAgain(retryHours + 2)).toMatchObject({ reason: 'OK', conversion: { conversionKey: 'sale#ABC' } });
  });

  test('is a duplicate where its event is another one, also where that key is taken', () => {
    expect(sentAgain(0, { transactionId: 'T9', event: 'upsell' })).toMatchObject({ reason: 'OK_DUPLICATE' });
    const rows = new Rows();
    rows.saleOf({ transactionId: 'T9' }, sale);
    rows.saleOf({ transactionId: 'ABC' }, { amount: '7' });
    expect(rows.saleOf({ transactionId: 'ABC' }, sale)).toMatchObject({ conversion: { conversionKey: 'sale#T9' } });
    expect([rows.at('sale#T9'), rows.at('sale#ABC')]).toEqual(['approved 10', 'approved 7']);
  });

  test.each([
    ['of another part of the request', {}, `${sale.bytes}.2`],
    ['of another integration', { integration: 'other' }, sale.bytes],
    ['of a test', { test: true }, sale.bytes],
  ])('is new where it is that %s', (_what, fields, bytes) => {
    expect(sentAgain(0, fields, bytes)).toMatchObject({ reason: 'OK', conversion: { transactionId: 'ABC' } });
  });

  test('is new once the statement was erased', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'T9' }, { amount: '10', bytes: '' });
    expect(rows.saleOf({ transactionId: 'ABC' }, { amount: '10', bytes: '' })).toMatchObject({ reason: 'OK' });
  });

  test('is new where it had no effect before: the former mapping took it for a duplicate', () => {
    const rows = new Rows();
    rows.saleOf({ ...unnamed }, sale);
    const other = { amount: '12', bytes: 'another sale' };
    expect(rows.saleOf({ ...unnamed }, other)).toMatchObject({ reason: 'CONFLICTING_DUPLICATE' });
    expect(rows.saleOf({ transactionId: 'B' }, other)).toMatchObject({ reason: 'OK' });
    expect(rows.saleOf({ transactionId: 'A' }, sale)).toMatchObject({ reason: 'OK_DUPLICATE' });
  });

  test('is a duplicate of what was counted separately', () => {
    const click = new Click('separate');
    click.say({ amount: '5', transactionId: 'T9' });
    click.say({ ...sale, transactionId: 'T9' });
    const again = settleAmong(click.conversions, subjectOf({ transactionId: 'ABC' }), claim(sale, 'separate', 9), true);
    expect(again).toMatchObject({ reason: 'OK_DUPLICATE', conversion: { transactionId: 'T9' }, writes: [] });
  });

  test('is a duplicate where it may not be the first of its key', () => {
    const rows = new Rows();
    rows.saleOf({ transactionId: 'T9' }, sale);
    const again = claim(sale, 'ignore', 9);
    expect(settleAmong(rows.all, subjectOf({ transactionId: 'ABC' }), again, false)).toMatchObject({
      reason: 'OK_DUPLICATE',
    });
  });

  test('is known by its request, whatever it says now', () => {
    const rows = new Rows();
    const said = rows.claimOf({ amount: '10', bytes: '' });
    rows.among(subjectOf({ transactionId: 'T9' }), said);
    expect(rows.among(subjectOf({ transactionId: 'ABC' }), said)).toMatchObject({ reason: 'OK', writes: [] });
  });

  test('waits once, where it is a refund without its sale', () => {
    const rows = new Rows();
    const refund = { amount: '4', bytes: 'the refund' };
    rows.refundOf({ transactionId: 'T9' }, refund);
    expect(rows.refundOf({ transactionId: 'ABC' }, refund)).toMatchObject({ writes: [] });
    rows.saleOf({ transactionId: 'ABC' }, { amount: '10' });
    expect(rows.at('sale#ABC')).toBe('approved 6');
  });

  test('is a duplicate of the conversion whose long history has settled it', () => {
    const ledger = new Ledger('increment', 'T9');
    ledger.say(sale);
    for (let claims = 0; claims <= historyLimit; claims++) ledger.say({ amount: '1' });
    expect(ledger.stored?.history.map(({ statement }) => statement)).not.toContain(sale.bytes);
    const again = claim(sale, 'increment', 200);
    expect(settleAmong([ledger.stored ?? fail()], subjectOf({ transactionId: 'ABC' }), again, true)).toMatchObject({
      reason: 'OK_DUPLICATE',
      conversion: { transactionId: 'T9' },
      writes: [],
    });
  });

  test('is a duplicate of the sale that met it, where it is a refund that a long history has settled', () => {
    const rows = new Rows();
    const refund = { amount: '4', bytes: 'the refund' };
    rows.refundOf({ transactionId: 'R1' }, refund);
    rows.saleOf({ transactionId: 'T9' }, { amount: '10' });
    for (let turns = 0; turns <= historyLimit / 2; turns++)
      for (const status of ['rejected', 'approved'] as const) rows.saleOf({ transactionId: 'T9' }, { status });
    expect(rows.rows.get('sale#T9')?.history.map(({ statement }) => statement)).not.toContain(refund.bytes);
    for (const transactionId of ['R1', 'R2'])
      expect(rows.refundOf({ transactionId }, refund)).toMatchObject({
        reason: 'OK_DUPLICATE',
        conversion: { conversionKey: 'sale#T9', amount: '6' },
        writes: [],
      });
  });

  test('keeps the answer of its own key, where both keys hold it', () => {
    const rows = new Rows();
    const conflict = { amount: '12', bytes: 'another sale' };
    rows.saleOf({ ...unnamed }, sale);
    rows.saleOf({ ...unnamed }, conflict);
    rows.saleOf({ transactionId: 'B' }, conflict);
    expect(rows.saleOf({ ...unnamed }, conflict)).toMatchObject({ conversion: { conversionKey: 'sale#' } });
  });
});

describe('another key is looked for', () => {
  const received = claim(sale, 'ignore', 0);
  const savedHoursAgo = (hours: number, version = 2): Pick<Conversion, 'version' | 'changedAt'> => ({
    version,
    changedAt: now - hours * hour * 1000,
  });

  test.each([
    ['where the integration was saved since', savedHoursAgo(-1), true],
    ['where it was saved at the start of the window', savedHoursAgo(retryHours), true],
    ['where another environment may have judged by the version before', savedHoursAgo(retryHours + 1), true],
    ['not where it was saved before that', savedHoursAgo(retryHours + 2), false],
    ['where it was deleted', undefined, true],
    ['not where it was saved long before', savedHoursAgo(retryHours + 3), false],
    ['not where no version came before', savedHoursAgo(0, 1), false],
  ])('%s', (_when, inForce, is) => {
    expect(mayHaveOtherKey(received, inForce)).toBe(is);
  });
});

/** Only where a test itself is wrong. */
function fail(): never {
  throw new Error('a sale was sent');
}
