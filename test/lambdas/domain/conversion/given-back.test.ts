import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { claim, Ledger, type Said } from './ledger';

const hour = 3600;

function ledgerOf(mode: DuplicateMode, ...all: readonly Said[]): Ledger {
  const ledger = new Ledger(mode, 'T1');
  for (const said of all) ledger.say(said);
  return ledger;
}

const sale: Said = { status: 'approved', amount: '10', currency: 'USD' };
const refund: Said = { status: 'reversed' };
const giveBack: Said = { status: 'approved', reinstates: true };

describe('what gives back a reversal', () => {
  test.each<[string, Said, string]>([
    ['a part of it', { amount: '1' }, '8'],
    ['all of it', { amount: '3' }, '10'],
    ['no more than was taken', { amount: '5' }, '10'],
    ['all of it where it names no amount, whatever the currency', { currency: 'EUR' }, '10'],
    ['nothing in another currency', { amount: '3', currency: 'EUR' }, '7'],
  ])('gives back %s', (_, said, amount) => {
    const ledger = ledgerOf('ignore', sale, { ...refund, amount: '3' }, { ...giveBack, ...said });
    expect(ledger.state).toEqual(['approved', amount, 'USD']);
  });

  test('is meant in the currency of the sale, which an edit moved from that of the key', () => {
    const ledger = ledgerOf('update', sale, { amount: '1000', currency: 'JPY' }, { ...refund, amount: '500' });
    const smallestUnits: Claim = { ...claim({ ...giveBack, amount: '5', home: 'USD' }, 'update', 9), minorDigits: 2 };
    ledger.take(smallestUnits);
    expect(ledger.state).toEqual(['approved', '1000', 'JPY']);
  });

  test('approves a sale that never was: its next reversal is done with, and a later approval counts', () => {
    const rejected: Said = { ...sale, status: 'rejected' };
    const ledger = ledgerOf('ignore', rejected, giveBack, { status: 'rejected' }, refund, { status: 'approved' });
    expect(ledger.state[0]).toBe('approved');
  });
});

describe('a hold of 0 after a correction', () => {
  test('names no price: the amount is that of the correction, which its sender named', () => {
    const hold: Said = { status: 'pending', currency: 'USD' };
    const { stored } = ledgerOf('ignore', { ...hold, amount: '-3' }, { ...hold, amount: '0' });
    expect([stored?.status, stored?.amount, stored?.amountNamed]).toEqual(['pending', '-3', true]);
  });
});

test('the first money of a sale is in its own currency, though an earlier claim named another one for the key', () => {
  const ledger = ledgerOf('ignore', { status: 'pending', currency: 'EUR' }, { amount: '-3', currency: 'USD' });
  expect(ledger.state).toEqual(['pending', '-3', 'USD']);
  expect(ledger.reasons.at(-1)).toBe('OK_UPDATED');
});

test('a sale with other content is a conflict, also where it names refunds that are known', () => {
  const ledger = ledgerOf('ignore', { ...sale, refundedInAll: '3' }, { ...sale, amount: '12', refundedInAll: '3' });
  expect([ledger.reasons.at(-1), ledger.state[1]]).toEqual(['CONFLICTING_DUPLICATE', '7']);
});

describe('a reversal that waits is met by a sale', () => {
  test('of the same time that came hours later', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ ...refund, at: 5 }, 10);
    ledger.say({ ...sale, at: 5 }, 3 * hour);
    expect(ledger.state).toEqual(['reversed', '10', 'USD']);
  });

  test('in a later row of its batch that only the name of its event approves', () => {
    const inBatch = (said: Said, row: number): Claim => claim({ ...said, sequence: { batch: 'A', row } }, 'ignore', 10);
    for (const [byName, status] of [[{ byEvent: true } as const, 'reversed'] as const, [{}, 'approved'] as const]) {
      const ledger = new Ledger('ignore', 'T1');
      ledger.take(inBatch(refund, 1));
      ledger.take({ ...inBatch(sale, 2), ...byName });
      expect(ledger.state[0]).toBe(status);
    }
  });
});
