import type { Applied } from '../../../../lambdas/domain/conversion/apply';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { foldClaims } from '../../../../lambdas/domain/conversion/fold';
import { requestId } from '../support/factories';
import { claim, Ledger, type Said } from './ledger';

/** What a key is after these were said, one a second: status, amount and currency. */
function after(mode: DuplicateMode, ...all: readonly Said[]): string {
  return shown(ledgerOf(mode, ...all));
}

function ledgerOf(mode: DuplicateMode, ...all: readonly Said[]): Ledger {
  const ledger = new Ledger(mode, 'T1');
  for (const said of all) ledger.say(said);
  return ledger;
}

const shown = ({ state }: Ledger): string => state.filter((part) => part !== undefined).join(' ');
const reasonOf = ({ outcomes }: Ledger): Applied['reason'] | undefined => outcomes.at(-1)?.reason;

const approved = (amount?: string, more: Said = {}): Said => ({
  status: 'approved',
  ...(amount !== undefined && { amount }),
  ...more,
});
const pending = (amount: string): Said => ({ status: 'pending', amount });
const rejected = (amount: string, more: Said = {}): Said => ({ status: 'rejected', amount, ...more });
const refund = (amount: string, more: Said = {}): Said => ({ status: 'reversed', amount, ...more });

describe('a rejection that names an amount, in the mode increment', () => {
  test.each<[string, readonly Said[], string]>([
    ['less than the sum: so much of it', [approved('10'), rejected('4')], 'approved 6'],
    ['less than what is on hold: so much of it', [pending('10'), rejected('4')], 'pending 6'],
    ['all of the sum: the whole', [approved('10'), rejected('10')], 'rejected 10'],
    ['0: the whole', [approved('10'), rejected('0')], 'rejected 10'],
    [
      'less than the price, and more than what is left of it',
      [approved('10'), refund('8'), rejected('5')],
      'rejected 2',
    ],
    ['less than a payout, which nobody named', [approved(undefined, { payout: '10' }), rejected('4')], 'rejected 4'],
    ['part of what is reversed', [approved('10'), refund('10'), rejected('4')], 'reversed 10'],
    [
      'another currency: the whole, since the two cannot be compared',
      [approved('10', { currency: 'USD' }), rejected('4', { currency: 'EUR' })],
      'rejected 10 USD',
    ],
    [
      'part of the rest of a hold: the hold alone',
      [pending('10'), approved('4'), rejected('3'), approved('3')],
      'approved 7',
    ],
    ['all of the rest of a hold', [pending('10'), approved('4'), rejected('6'), approved('3')], 'approved 7'],
    ['more than the rest of a hold', [pending('10'), approved('4'), rejected('8'), approved('3')], 'approved 5'],
  ])('takes back %s', (_, all, expected) => {
    expect(after('increment', ...all)).toBe(expected);
  });

  test('is the whole in the other modes', () => {
    expect(after('ignore', approved('10'), rejected('4'))).toBe('rejected 10');
  });
});

describe('an approval, in the mode increment', () => {
  test.each<[string, readonly Said[], string]>([
    [
      'of a part of a hold leaves the rest to those that follow',
      [pending('10'), approved('4'), approved('4')],
      'approved 10',
    ],
    [
      'of more than the rest of a hold adds what is beyond',
      [pending('10'), approved('4'), approved('9')],
      'approved 13',
    ],
    [
      'of parts, one after the other, leaves what is left each time',
      [pending('10'), approved('3'), approved('3'), approved('3')],
      'approved 10',
    ],
    [
      'of more than what is left after two parts adds what is beyond',
      [pending('10'), approved('3'), approved('3'), approved('6')],
      'approved 12',
    ],
    [
      'is none where the claim has no status: it adds all',
      [pending('10'), approved('4'), { amount: '4' }],
      'approved 14',
    ],
    ['of the whole hold leaves nothing', [pending('10'), approved('10'), approved('4')], 'approved 14'],
    ['of more than the hold leaves nothing', [pending('10'), approved('12'), approved('4')], 'approved 14'],
    [
      'of a hold that was rejected, and given back, leaves nothing',
      [pending('10'), rejected('0'), approved(undefined, { reinstates: true }), approved('4')],
      'approved 14',
    ],
    [
      'in another currency than the hold is of no part of it',
      [{ ...pending('10'), currency: 'USD' }, approved('4', { currency: 'EUR' }), approved('4', { currency: 'USD' })],
      'approved 14 USD',
    ],
  ])('%s', (_, all, expected) => {
    expect(after('increment', ...all)).toBe(expected);
  });
});

describe('a claim about a sum', () => {
  const payout = approved(undefined, { payout: '5' });

  /** What the last of these did, and the rest of the hold after it. */
  const effectOf = (...all: readonly Said[]): readonly unknown[] => {
    const claims = all.map((said, second) => claim(said, 'increment', second));
    const { effects, state } = foldClaims(claims);
    return [effects.get(claims.at(-1)?.requestId ?? requestId(0)), state.unapproved];
  };

  test.each<[string, readonly Said[], readonly unknown[]]>([
    ['that adds to it is applied', [approved('10'), approved('4')], ['applied', undefined]],
    ['that rejects a part of it is applied', [approved('10'), rejected('4')], ['applied', undefined]],
    [
      'that approves all of a hold adds nothing, and leaves no rest',
      [pending('10'), approved('10')],
      ['none', undefined],
    ],
    ['that approves a part of a hold adds nothing, and leaves the rest', [pending('10'), approved('4')], ['none', '6']],
    [
      'that approves the rest is applied, and leaves none',
      [pending('10'), approved('4'), approved('6')],
      ['applied', undefined],
    ],
    [
      'that rejects the rest is applied, and leaves none',
      [pending('10'), approved('4'), rejected('6')],
      ['applied', undefined],
    ],
    [
      'that approves another currency adds nothing',
      [{ ...pending('10'), currency: 'EUR' }, approved('4', { currency: 'USD' })],
      ['none', undefined],
    ],
    ['without an amount adds nothing to one that is named', [approved('10'), payout], ['none', undefined]],
    ['without an amount and a status adds no payout', [payout, { payout: '5' }], ['none', undefined]],
    ['without an amount adds a payout', [payout, payout], ['applied', undefined]],
  ])('%s', (_, all, expected) => {
    expect(effectOf(...all)).toEqual(expected);
  });
});

describe('payouts without amounts', () => {
  const paid = approved(undefined, { payout: '5' });

  test.each<[string, DuplicateMode, readonly Said[], string]>([
    ['add up by each approval', 'increment', [paid, paid], 'approved 10'],
    ['do not add up without the word', 'increment', [paid, { payout: '5' }], 'approved 5'],
    ['do not add up in another mode', 'update', [paid, paid], 'approved 5'],
    ['are added where there is one', 'increment', [paid, approved()], 'approved 5'],
    ['are not added to an amount', 'increment', [approved('10'), paid], 'approved 10'],
    [
      'of a hold are approved in parts',
      'increment',
      [{ status: 'pending', payout: '10' }, paid, paid, paid],
      'approved 15',
    ],
    [
      'in the currency that the approval names are not added to another one',
      'increment',
      [approved(undefined, { payout: '5', currency: 'USD' }), approved(undefined, { payout: '5', currency: 'EUR' })],
      'approved 5 USD',
    ],
    [
      'in another currency are not added',
      'increment',
      [approved(undefined, { payout: '5', home: 'USD' }), approved(undefined, { payout: '5', home: 'EUR' })],
      'approved 5 USD',
    ],
  ])('%s', (_, mode, all, expected) => {
    expect(after(mode, ...all)).toBe(expected);
  });
});

describe('refunds that are reported one by one and as a sum so far', () => {
  const inAll = (amount: string): Said => refund(amount, { amountInAll: true });

  test.each<[string, readonly Said[], string]>([
    ['the sum first, then its parts', [inAll('3'), refund('2'), refund('2')], 'approved 6'],
    ['a part first, then a smaller sum and a larger one', [refund('5'), inAll('3'), inAll('6')], 'approved 4'],
    ['the same sum twice', [inAll('3'), inAll('3')], 'approved 7'],
    ['a smaller sum after a larger one', [inAll('6'), inAll('3'), refund('5'), refund('2')], 'approved 3'],
  ])('%s', (_, all, expected) => {
    expect(after('ignore', approved('10'), ...all)).toBe(expected);
  });

  test('the same sum in other words takes nothing, and says so', () => {
    const ledger = ledgerOf('ignore', approved('10'), inAll('3'), inAll('3'));
    expect(ledger.reasons).toEqual(['OK', 'OK_UPDATED', 'OK_DUPLICATE']);
    expect(ledger.outcomes.map(({ notes }) => notes.map(({ code }) => code))).toEqual([[], ['PARTIAL_REVERSAL'], []]);
  });

  test('what was given back may be refunded again', () => {
    const won: Said = approved('3', { reinstates: true });
    expect(after('ignore', approved('10'), refund('3'), won)).toBe('approved 10');
    expect(after('ignore', approved('10'), refund('3'), won, inAll('3'))).toBe('approved 7');
    expect(after('ignore', approved('10'), refund('5'), won)).toBe('approved 8');
  });

  test('what is given back in another currency changes nothing', () => {
    const won: Said = approved('3', { reinstates: true, currency: 'EUR' });
    const ledger = ledgerOf('ignore', approved('10', { currency: 'USD' }), refund('3'), won);
    expect([shown(ledger), reasonOf(ledger)]).toEqual(['approved 7 USD', 'CURRENCY_INVALID']);
  });
});

describe('corrections below zero, and sums', () => {
  test('before any sale have their own currency, and are what a sender named', () => {
    const ledger = ledgerOf('update', { amount: '-3', currency: 'EUR' });
    expect([shown(ledger), ledger.stored?.amountNamed]).toEqual(['approved -3 EUR', true]);
    ledger.say({ status: 'pending', amount: '0', at: 60 }, 60);
    expect([shown(ledger), ledger.stored?.amountNamed]).toEqual(['approved -3 EUR', true]);
  });

  test('up to the largest sum are added', () => {
    const most = Array.from({ length: 4 }, () => ({ amount: '999999999999' }));
    expect(after('increment', ...most, { amount: '4' })).toBe('approved 4000000000000');
    expect(after('increment', ...most, { amount: '4.000001' })).toBe('approved 3999999999996');
  });

  test('beyond the largest sum are rejected', () => {
    const ledger = ledgerOf('ignore', ...Array.from({ length: 5 }, () => ({ amount: '-999999999999' })));
    expect([shown(ledger), reasonOf(ledger)]).toEqual(['approved -3999999999996', 'AMOUNT_INVALID']);
  });
});

describe('a rejection below zero', () => {
  test('takes a part of what is on hold', () => {
    const part: Said = rejected('3', { reversal: 'partial' });
    expect(after('ignore', pending('10'), part)).toBe('pending 7');
    expect(after('ignore', pending('10'), rejected('10', { reversal: 'partial' }))).toBe('rejected 10');
  });
});

describe('a reversal before its sale', () => {
  test('waits, and so does a second one: neither is rejected', () => {
    expect(ledgerOf('ignore', refund('10'), refund('3')).reasons).toEqual(['OK', 'OK_DUPLICATE']);
  });

  test.each([
    ['earlier than', 4, 'reversed 10'],
    ['at the same time as', 5, 'reversed 10'],
    ['later than', 6, 'approved 10'],
  ])('and a sale that happened %s it come to the right status', (_, at, expected) => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say(refund('10', { at: 5 }), 10);
    ledger.say(approved('10', { at }), 20);
    expect(shown(ledger)).toBe(expected);
  });
});

describe('a reversal after the end of a sale', () => {
  test('waits for no later approval, where the sale had been approved', () => {
    const all = [{ status: 'pending' }, { status: 'rejected' }, approved('10'), { status: 'rejected' }] as const;
    expect(after('increment', ...all, { status: 'reversed' }, approved('7'))).toBe('approved 7');
  });

  test('is not lifted by the name of an event alone', () => {
    const ledger = ledgerOf('ignore', approved('10'), refund('10'));
    ledger.take({ ...claim(approved('10'), 'ignore', 5), byEvent: true });
    expect(shown(ledger)).toBe('reversed 10');
    ledger.say(approved('10'), 6);
    expect(shown(ledger)).toBe('approved 10');
  });

  test('an event alone approves what was rejected', () => {
    const ledger = ledgerOf('ignore', approved('10'), rejected('10'));
    ledger.take({ ...claim(approved('10'), 'ignore', 5), byEvent: true });
    expect(shown(ledger)).toBe('approved 10');
  });
});
