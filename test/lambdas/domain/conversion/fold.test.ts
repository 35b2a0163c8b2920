import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { Ledger, type Said } from './ledger';

/** What is said, and when it came, in seconds; one second after the other where nothing is given. */
type Saying = Said | readonly [Said, number];

function stateAfter(mode: DuplicateMode, ...all: readonly Saying[]): readonly (string | undefined)[] {
  const ledger = new Ledger(mode, 'T1');
  for (const saying of all) {
    if ('length' in saying) ledger.say(saying[0], saying[1]);
    else ledger.say(saying);
  }
  return ledger.state;
}
/** The reason of the last of these, sent twice: what it came to, and what its retry does. */
function reasonsOf(mode: DuplicateMode, ...all: readonly Said[]): readonly string[] {
  const ledger = new Ledger(mode, 'T1');
  for (const said of all) ledger.say({ ...said, bytes: JSON.stringify(said) });
  const last = all.at(-1) ?? {};
  ledger.say({ ...last, bytes: JSON.stringify(last) });
  return ledger.reasons.slice(-2);
}

const [approved, rejected, reversed, pending]: readonly [Said, Said, Said, Said] = [
  { status: 'approved', amount: '10' },
  { status: 'rejected' },
  { status: 'reversed' },
  { status: 'pending' },
];

describe('a reversal of what was rejected', () => {
  test('is done with where the sale had been approved: a later approval counts', () => {
    expect(stateAfter('ignore', approved, rejected, reversed, approved)[0]).toBe('approved');
    expect(stateAfter('ignore', pending, approved, rejected, reversed, approved)[0]).toBe('approved');
    expect(stateAfter('ignore', rejected, approved, rejected, reversed, approved)[0]).toBe('approved');
  });

  test('waits where it never was: the approval that comes meets it', () => {
    expect(stateAfter('ignore', rejected, reversed, approved)[0]).toBe('reversed');
    expect(stateAfter('ignore', pending, rejected, reversed, approved)[0]).toBe('reversed');
  });
});

describe('reversals that wait', () => {
  test('are all met by the sale, one after the other', () => {
    const parts: readonly Said[] = [
      { status: 'reversed', amount: '3' },
      { status: 'reversed', amount: '4' },
    ];
    expect(stateAfter('ignore', ...parts, approved)).toEqual(['approved', '3', undefined]);
    expect(stateAfter('ignore', { ...pending, amount: '10' }, ...parts, { status: 'approved' })).toEqual([
      'approved',
      '3',
      undefined,
    ]);
  });

  test('take nothing from what the one before them has reversed', () => {
    expect(stateAfter('ignore', reversed, { status: 'reversed', amount: '4' }, approved)).toEqual([
      'reversed',
      '10',
      undefined,
    ]);
  });

  test('are met once: the next approval counts', () => {
    expect(stateAfter('ignore', reversed, approved, { status: 'approved' })[0]).toBe('approved');
  });

  test('come to what they ask for', () => {
    expect(stateAfter('ignore', { reversal: 'partial' }, approved)[0]).toBe('reversed');
    expect(stateAfter('ignore', { status: 'rejected', reversal: 'partial' }, approved)[0]).toBe('rejected');
    expect(stateAfter('ignore', pending, { status: 'rejected', reversal: 'partial' })[0]).toBe('rejected');
  });

  test('that are of the time of their sale are met, but not in a row of its batch before it', () => {
    const of = (batch: string, row: number): Pick<Said, 'sequence'> => ({ sequence: { batch, row } });
    const at = (said: Said, time: number, batch: string, row: number): Said => ({
      ...said,
      at: time,
      ...of(batch, row),
    });
    expect(stateAfter('ignore', [at(reversed, 5, 'A', 1), 10], [at(approved, 5, 'A', 2), 10])[0]).toBe('approved');
    expect(stateAfter('ignore', [at(reversed, 5, 'A', 1), 10], [at(approved, 5, 'A', 1), 10])[0]).toBe('reversed');
    expect(stateAfter('ignore', [at(reversed, 5, 'A', 1), 10], [at(approved, 5, 'B', 2), 10])[0]).toBe('reversed');
    expect(stateAfter('ignore', [at(reversed, 1, 'A', 1), 10], [at(approved, 5, 'A', 2), 10])[0]).toBe('approved');
    expect(stateAfter('ignore', [at(reversed, 1, 'A', 2), 10], [at(approved, 5, 'A', 1), 20])[0]).toBe('reversed');
    expect(stateAfter('ignore', [at(reversed, 1, 'A', 2), 10], [at(approved, 5, 'B', 1), 20])[0]).toBe('approved');
    expect(stateAfter('ignore', [{ ...reversed, at: 1 }, 10], [at(approved, 5, 'B', 1), 20])[0]).toBe('approved');
  });

  test('that came in the same millisecond as a sale of a later time are met', () => {
    expect(stateAfter('ignore', [{ ...reversed, at: 1 }, 10], [{ ...approved, at: 5 }, 10])[0]).toBe('reversed');
    expect(stateAfter('ignore', [{ ...reversed, at: 1 }, 10], [{ ...approved, at: 5 }, 11])[0]).toBe('approved');
  });

  test('are not met by what is said of a sale that is approved already', () => {
    const sales: readonly Saying[] = [
      [{ ...reversed, at: 1 }, 10],
      [{ ...approved, at: 5 }, 20],
    ];
    expect(stateAfter('update', ...sales, [{ ...approved, amount: '12' }, 30])).toEqual(['approved', '12', undefined]);
  });

  test('that another approval does not meet wait on for theirs', () => {
    const sales: readonly Saying[] = [
      [{ ...reversed, at: 3 }, 10],
      [{ ...approved, at: 5 }, 20],
      [{ status: 'rejected', at: 7 }, 30],
    ];
    expect(stateAfter('ignore', ...sales, [{ status: 'approved', at: 9 }, 5])[0]).toBe('reversed');
  });
});

describe('an amount', () => {
  test('of a rejected change of status fills in what is not known, and nothing else', () => {
    expect(stateAfter('ignore', { status: 'approved' }, { ...pending, amount: '7' })).toEqual([
      'approved',
      '7',
      undefined,
    ]);
    expect(stateAfter('increment', approved, { ...pending, amount: '7' })[1]).toBe('10');
  });

  test('of the payout is in the currency of the payout', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ payout: '5', home: 'EUR' });
    expect(ledger.state).toEqual(['approved', '5', 'EUR']);
    ledger.say({ amount: '7', currency: 'USD' });
    expect(ledger.state).toEqual(['approved', '7', 'USD']);
  });

  test('is not added to a correction in another currency; the mode update replaces it', () => {
    const correction: Said = { amount: '-3', currency: 'EUR' };
    const named: Said = { amount: '10', currency: 'USD' };
    expect(stateAfter('ignore', correction, named)).toEqual(['approved', '-3', 'EUR']);
    expect(reasonsOf('ignore', correction, named)).toEqual(['CURRENCY_INVALID', 'CURRENCY_INVALID']);
    expect(stateAfter('update', correction, named)).toEqual(['approved', '10', 'USD']);
    expect(stateAfter('ignore', correction, { ...named, currency: 'EUR' })).toEqual(['approved', '7', 'EUR']);
  });

  test('below zero is not added to another currency', () => {
    const sale: Said = { amount: '10', currency: 'USD' };
    const correction: Said = { amount: '-3', currency: 'EUR' };
    expect(reasonsOf('ignore', sale, correction)).toEqual(['CURRENCY_INVALID', 'CURRENCY_INVALID']);
    expect(stateAfter('ignore', sale, correction)).toEqual(['approved', '10', 'USD']);
    expect(stateAfter('ignore', correction, { ...correction, currency: 'USD' })).toEqual(['approved', '-3', 'EUR']);
  });

  test('in another currency than the payout or the sale makes a retry of its claim CURRENCY_INVALID', () => {
    const correction: Said = { status: 'approved', amount: '-3', currency: 'EUR' };
    expect(reasonsOf('ignore', { ...correction, payout: '5', home: 'USD' })[1]).toBe('CURRENCY_INVALID');
    expect(reasonsOf('ignore', { ...pending, amount: '10', currency: 'USD' }, correction)).toEqual([
      'OK_UPDATED',
      'CURRENCY_INVALID',
    ]);
  });

  test('of a refund in another currency than the sale is compared with nothing', () => {
    const sale: Said = { amount: '10', currency: 'USD' };
    expect(reasonsOf('ignore', sale, { ...reversed, amount: '12', currency: 'EUR' })[0]).toBe('CURRENCY_INVALID');
    expect(stateAfter('ignore', sale, { ...reversed, amount: '12', currency: 'EUR' })[0]).toBe('approved');
  });

  test('of a refund that names no currency is in that of the sale, which may have left that of the key', () => {
    const all: readonly Said[] = [
      { amount: '10', currency: 'EUR' },
      { amount: '12', currency: 'USD' },
      { ...reversed, amount: '4' },
    ];
    expect(reasonsOf('update', ...all)[0]).toBe('OK_UPDATED');
    expect(stateAfter('update', ...all)).toEqual(['approved', '8', 'USD']);
  });
});
