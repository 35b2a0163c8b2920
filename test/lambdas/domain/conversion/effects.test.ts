import { foldClaims } from '../../../../lambdas/domain/conversion/fold';
import type { ClaimEffect } from '../../../../lambdas/domain/conversion/fold-state';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { claim, type Said } from './ledger';

/** The effects of claims that came one second after the other, and which of them the state depends on. */
function effectsOf(
  mode: DuplicateMode,
  all: readonly Said[],
): readonly (readonly [ClaimEffect | undefined, boolean])[] {
  const claims = all.map((said, second) => claim(said, mode, second));
  const { effects, changed } = foldClaims(claims);
  return claims.map(({ requestId }) => [effects.get(requestId), changed.has(requestId)]);
}

const sale: Said = { status: 'approved', amount: '10', currency: 'USD' };
const hold: Said = { ...sale, status: 'pending' };
const refund = (amount?: string): Said => ({ status: 'reversed', ...(amount !== undefined && { amount }) });
const inAll = (amount: string): Said => ({ ...refund(amount), amountInAll: true });
const giveBack = (amount?: string): Said => ({ ...refund(amount), status: 'approved', reinstates: true });
const correction: Said = { amount: '-3', currency: 'USD' };
const most: Said = { amount: '999999999999' };

type Case = readonly [string, DuplicateMode, readonly Said[]];

describe.each<readonly [ClaimEffect, readonly Case[]]>([
  [
    'created',
    [
      ['the first sale', 'ignore', [sale]],
      ['a sale whose reversal came before it', 'ignore', [refund(), sale]],
    ],
  ],
  [
    'applied',
    [
      ['another amount under update', 'update', [sale, { ...sale, amount: '12' }]],
      ['one more amount under increment', 'increment', [sale, sale]],
      ['a sum begun again under increment', 'increment', [sale, refund(), sale]],
      ['a correction', 'ignore', [sale, correction]],
      ['a whole reversal', 'ignore', [sale, refund()]],
      ['the end of a whole reversal', 'ignore', [sale, refund(), giveBack()]],
      ['the end of partial reversals', 'ignore', [sale, refund('4'), giveBack()]],
      ['the end of so much of them', 'ignore', [sale, refund('4'), giveBack('4')]],
      ['the end of a part of them', 'ignore', [sale, refund('4'), giveBack('3')]],
    ],
  ],
  [
    'filled',
    [
      ['the amount of a sale that had its payout', 'ignore', [{ payout: '5' }, { amount: '7' }]],
      ['the amount of a sale that had a correction', 'ignore', [correction, sale]],
      ['the same in another currency under update', 'update', [correction, { ...sale, currency: 'EUR' }]],
      ['the amount that a rejected change of status names', 'ignore', [{ status: 'approved' }, hold]],
    ],
  ],
  [
    'none',
    [
      ['the same sale', 'ignore', [sale, sale]],
      ['the same sale under update', 'update', [sale, sale]],
      ['a status that names no amount', 'ignore', [sale, { status: 'approved' }]],
      ['0 for what is on hold', 'ignore', [{ status: 'pending' }, { status: 'pending', amount: '0' }]],
      ['another amount with a new status', 'ignore', [hold, { ...sale, amount: '12' }]],
      ['a reversal that waits for its sale', 'ignore', [refund()]],
      ['a reversal of what is reversed', 'ignore', [sale, refund(), refund()]],
      ['a sum of refunds that is no new one', 'ignore', [sale, inAll('3'), inAll('3')]],
      ['the end of a reversal where nothing was taken back', 'ignore', [sale, giveBack()]],
    ],
  ],
  [
    'part',
    [
      ['a partial reversal', 'ignore', [sale, refund('3')]],
      ['a sale that names what was refunded of it', 'ignore', [{ ...sale, refundedInAll: '3' }]],
    ],
  ],
  [
    'conflict',
    [
      ['another amount', 'ignore', [sale, { ...sale, amount: '12' }]],
      ['another amount with refunds that are known', 'ignore', [...refunded('10', '12')]],
    ],
  ],
  [
    'currency',
    [
      ['a correction in another currency', 'ignore', [sale, { ...correction, currency: 'EUR' }]],
      ['the end of so much in another currency', 'ignore', [sale, refund('4'), { ...giveBack('4'), currency: 'EUR' }]],
    ],
  ],
  ['too-much', [['an amount beyond the largest sum', 'increment', [most, most, most, most, most]]]],
  [
    'refused',
    [
      ['a hold after the sale', 'ignore', [sale, hold]],
      ['a reversal of what was rejected', 'ignore', [{ ...sale, status: 'rejected' }, refund()]],
    ],
  ],
])('the effect is `%s` of', (expected, cases) => {
  test.each(cases)('%s', (_, mode, said) => {
    expect(effectsOf(mode, said).at(-1)?.[0]).toBe(expected);
  });
});

function refunded(...amounts: readonly string[]): readonly Said[] {
  return amounts.map((amount) => ({ ...sale, amount, refundedInAll: '3' }));
}

test('a state depends on each sum of refunds that is new, and on none that is known', () => {
  const said = [sale, refund('5'), inAll('3'), inAll('3'), inAll('2'), refund('2'), inAll('7'), inAll('8')];
  expect(effectsOf('ignore', said)).toEqual([
    ['created', true],
    ['part', true],
    ['none', true],
    ['none', false],
    ['none', false],
    ['part', true],
    ['none', true],
    ['part', true],
  ]);
});
