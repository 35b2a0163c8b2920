import * as fc from 'fast-check';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { historyLimit } from '../../../../lambdas/domain/conversion/compaction';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import type { Currency } from '../../../../lambdas/domain/values/currency';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { amount, currency, now } from '../support/factories';
import { foldingModes, present, runs, sending, statements, type Statement } from './arbitraries';
import { atLength } from '../../../support/at-length';
import { Ledger, stateOf } from './ledger';
import { expectedOf } from './naive-model';

const minute = 60_000;
/** Long enough for the history to be bounded several times. */
const beyond = 3 * historyLimit;

/** Six runs by default where others have 75: with three, a settled half without its oldest claim was not always found. */
const few = (share: number) => runs(atLength(1, 2) * share);

const anyMode = fc.constantFrom(...foldingModes);
const anyStatements = anyMode.chain((mode) =>
  fc.array(statements({ mode: fc.constant(mode), retryHours: fc.constant(48) }), { minLength: 1, maxLength: 12 }),
);

/** The statement without a time of its own: it counts when it is received. */
const atReceipt = ({ given: _given, signed: _signed, sequence: _sequence, ...statement }: Statement): Statement =>
  statement;

type Silence = 'currency' | 'money';

function silent(statement: Statement, on: Silence): Statement {
  const { amount: named, refundedInAll, currency: _currency, ...rest } = statement;
  return { ...rest, ...(on === 'currency' && present({ amount: named, refundedInAll })) };
}

/** The statement as an integration of this currency, or of none, has it: payouts are in its currency. */
function inHome({ homeCurrency: _home, fallback, ...statement }: Statement, home: Currency | undefined): Statement {
  const { currency: _payoutIn, ...payout } = fallback;
  const paid = home === undefined ? payout : { ...payout, currency: home };
  return { ...statement, fallback: paid, ...present({ homeCurrency: home }) };
}

/** So many claims that say by turns what the statements say, a minute after one another, each a statement of its own. */
function byTurns(all: readonly Statement[], length: number): readonly Claim[] {
  return Array.from({ length }, (_, place) => {
    const statement = all[place % all.length];
    return statement === undefined ? [] : [sending(statement, `statement ${place}`, place + 1, place * minute)];
  }).flat();
}

/** Has the ledger take the claims, and answers those that it kept: of reversals that wait for one sale it takes so many. */
const keptBy = (ledger: Ledger, claims: readonly Claim[]): readonly Claim[] =>
  claims.filter((one) => ledger.take(one).reason !== 'REVERSAL_REFUSED');

describe('a history beyond its limit', () => {
  test('is bounded, and its deltas add up to what is payable in each currency, after every claim', () => {
    fc.assert(
      fc.property(anyStatements, (all) => {
        const ledger = new Ledger('ignore', 'T1');
        for (const one of byTurns(all, beyond)) {
          ledger.take(one);
          expect(ledger.delta).toEqual(payableOf(ledger.stored));
          expect(ledger.stored?.history.length).toBeLessThanOrEqual(historyLimit);
        }
      }),
      few(1 / 25),
    );
  });

  test('ends where all of its claims end, where they arrive in the order in which they count', () => {
    fc.assert(
      fc.property(anyStatements, (all) => {
        const ledger = new Ledger('ignore', 'T1');
        const kept = keptBy(ledger, byTurns(all.map(atReceipt), beyond));
        expect(stateOf(ledger.stored)).toEqual(expectedOf(kept));
      }),
      few(1 / 25),
    );
  });

  test('ends where all of its claims end, also where the last of them are the first to name an amount or a currency', () => {
    const cases = anyMode.chain((mode) => {
      const some = fc.array(statements({ mode: fc.constant(mode), retryHours: fc.constant(48) }), {
        minLength: 1,
        maxLength: 6,
      });
      const home = fc.option(fc.constantFrom(currency('USD'), currency('EUR')), { nil: undefined });
      return fc.record({ some, last: some, home, silentOn: fc.constantFrom<Silence>('currency', 'money') });
    });
    fc.assert(
      fc.property(cases, ({ some, last, home, silentOn }) => {
        const quiet = some.map((one) => atReceipt(inHome(silent(one, silentOn), home)));
        const spoken = last.map((one) => atReceipt(inHome(one, home)));
        const before = byTurns(quiet, beyond);
        const after = spoken.map((one, at) => sending(one, `last ${at}`, beyond + 1 + at, (beyond + at) * minute));
        const ledger = new Ledger('ignore', 'T1');
        const kept = keptBy(ledger, [...before, ...after]);
        expect(stateOf(ledger.stored)).toEqual(expectedOf(kept));
        expect(ledger.delta).toEqual(payableOf(ledger.stored));
      }),
      few(1 / 25),
    );
  });

  test('ends where all of its claims end, where some of them come up to 40 claims late', () => {
    const cases = fc.record({
      // Each of these changes something, so that what changes nothing is soon the first that could go.
      flips: fc.integer({ min: 0, max: 150 }),
      all: anyStatements,
      turns: fc.array(fc.nat(11), { minLength: 1, maxLength: 40 }),
      length: fc.integer({ min: 90, max: 150 }),
      late: fc.array(fc.record({ place: fc.nat(300), by: fc.integer({ min: 1, max: 40 }) }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(cases, ({ flips, all, turns, length, late }) => {
        const fallback = { status: 'approved' } as const;
        const said = Array.from({ length: flips + length }, (_, place): Statement => {
          const statement = all[(turns[place % turns.length] ?? 0) % all.length];
          if (place >= flips && statement !== undefined) return atReceipt(statement);
          return { status: place % 2 === 0 ? 'approved' : 'rejected', mode: 'ignore', retryHours: 48, fallback };
        });
        const claims = said.map((statement, place): Claim => {
          const by = late.find((one) => one.place === place)?.by ?? 0;
          const one = sending(statement, `statement ${place}`, place + 1, (place + by + (by > 0 ? 0.5 : 0)) * minute);
          return { ...one, eventTime: now + place * minute, timeGiven: true };
        });
        const ledger = new Ledger('ignore', 'T1');
        const kept = keptBy(
          ledger,
          claims.toSorted((left, right) => left.receivedAt - right.receivedAt),
        );
        expect(stateOf(ledger.stored)).toEqual(expectedOf(kept));
        expect(ledger.delta).toEqual(payableOf(ledger.stored));
      }),
      few(1 / 25),
    );
  });

  test('still counts a retry once, within the retry window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 * historyLimit }), fc.nat(2 * historyLimit), (length, which) => {
        const more = {
          mode: 'increment',
          retryHours: 48,
          amount: amount('1'),
          fallback: { status: 'approved' },
        } as const;
        const ledger = new Ledger('increment', 'T1');
        for (const one of byTurns([more], length)) ledger.take(one);
        const before = ledger.state;
        ledger.take(sending(more, `statement ${which % length}`, length + 1, (length + 1) * minute));
        expect(ledger.state).toEqual(before);
      }),
      few(1 / 10),
    );
  });

  test('keeps the row below the 400 kB that one item takes, whatever is settled', () => {
    fc.assert(
      fc.property(anyStatements, (all) => {
        const ledger = new Ledger('ignore', 'T1');
        for (const one of byTurns(all, beyond)) ledger.take(one);
        expect(JSON.stringify(ledger.stored).length).toBeLessThan(200_000);
      }),
      few(1 / 50),
    );
  });
});

describe('repeats and rejected claims never use up a history', () => {
  /** What leaves an approved conversion of 10 USD as it is: repeats, conflicts, other currencies, and steps that are not allowed. */
  const idle: fc.Arbitrary<Partial<Statement>> = fc.constantFrom<Partial<Statement>>(
    {},
    { status: 'pending' },
    { status: 'pending', amount: amount('7') },
    { status: 'approved' },
    { status: 'approved', amount: amount('10') },
    { status: 'approved', amount: amount('99') },
  );

  const reversal = { mode: 'ignore', retryHours: 48, status: 'reversed', reversal: 'partial' } as const;
  const given = (claim: Claim, seconds: number): Claim => ({
    ...claim,
    timeGiven: true,
    eventTime: now + seconds * 1000,
  });

  function approved(mode: 'ignore' | 'ignore-by-transaction'): {
    ledger: Ledger;
    stored: () => Conversion | undefined;
  } {
    const ledger = new Ledger(mode, 'T1');
    const sale = {
      mode,
      retryHours: 48,
      status: 'approved',
      amount: amount('10'),
      fallback: { status: 'approved' },
    } as const;
    ledger.take(sending(sale, 'the sale', 1, 0));
    return { ledger, stored: () => ledger.stored };
  }

  test('after 500 of them, a reversal with a later time reverses', () => {
    const cases = fc.tuple(
      fc.constantFrom('ignore' as const, 'ignore-by-transaction' as const),
      fc.array(idle, { minLength: 1, maxLength: 20 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 7 }),
    );
    fc.assert(
      fc.property(cases, ([mode, all, times]) => {
        const { ledger } = approved(mode);
        for (let place = 0; place < 500; place++) {
          const said = { mode, retryHours: 48, fallback: { status: 'approved' }, ...all[place % all.length] } as const;
          const name = `repeat ${place % 450}`;
          ledger.take(given(sending(said, name, place + 2, (place + 1) * 1000), times[place % times.length] ?? 0));
        }
        expect(ledger.state.slice(0, 2)).toEqual(['approved', '10']);
        const { reason } = ledger.take(
          given(sending({ ...reversal, fallback: { status: 'approved' } }, 'it', 502, 600_000), 500),
        );
        expect([reason, ledger.state[0]]).toEqual(['OK_UPDATED', 'reversed']);
        expect(ledger.delta).toEqual({});
      }),
      few(1 / 50),
    );
  });

  test('the approval stays, though the amount that came with it is in another currency', () => {
    const ledger = new Ledger('increment', 'T1');
    ledger.say({ status: 'pending', amount: '10', currency: 'USD' });
    ledger.say({ status: 'approved', amount: '-3', currency: 'EUR' });
    for (let second = 0; second < 2 * historyLimit; second++)
      ledger.say({ status: 'pending', amount: '1', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', '10', 'USD']);
  });

  test('two refunds that waited for their sale stay taken back', () => {
    const ledger = new Ledger('ignore', 'T1');
    for (const refund of ['3', '4']) ledger.say({ status: 'reversed', amount: refund });
    ledger.say({ status: 'approved', amount: '10' });
    for (let second = 0; second < 2 * historyLimit; second++) ledger.say({ status: 'approved', amount: '99' });
    expect(ledger.state).toEqual(['approved', '3', undefined]);
  });

  test('the first claim stays, though its correction is in another currency than its payout', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'approved', amount: '-3', currency: 'EUR', payout: '5', home: 'USD' });
    for (let second = 0; second < 2 * historyLimit; second++) ledger.say({ status: 'approved', currency: 'EUR' });
    expect(ledger.state).toEqual(['approved', '5', 'USD']);
  });

  test('after 500 reversals that find nothing to reverse, the sale and its reversal still count', () => {
    const ledger = new Ledger('ignore', 'T1');
    ledger.say({ status: 'pending', amount: '10' }, 0);
    for (let second = 1; second <= 500; second++) ledger.say({ status: 'rejected', at: second % 50 }, second);
    for (let second = 501; second <= 1000; second++) ledger.say({ status: 'reversed', at: second }, second);
    expect(ledger.stored?.history.length).toBeLessThanOrEqual(historyLimit);
    ledger.say({ status: 'approved', at: 2000 }, 2000);
    expect(ledger.state).toEqual(['approved', '10', undefined]);
    ledger.say({ status: 'reversed', at: 3000 }, 3000);
    expect(ledger.state[0]).toBe('reversed');
  });
});
