import * as fc from 'fast-check';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import type { DuplicateMode } from '../../../../lambdas/domain/values/duplicate-mode';
import { atLength } from '../../../support/at-length';
import { amount, currency, now, requestId } from '../support/factories';

const hour = 3_600_000;

/**
 * Runs of a property: 75, 600 at length, or what `PROPERTY_RUNS` asks for; a share of them where one run is long. `PROPERTY_SEED` repeats
 * one.
 */
export function runs(share = 1): fc.Parameters<unknown> {
  const { PROPERTY_RUNS = atLength('600', '75'), PROPERTY_SEED } = process.env;
  const numRuns = Math.max(1, Math.round(Number(PROPERTY_RUNS) * share));
  return { numRuns, ...(PROPERTY_SEED !== undefined && { seed: Number(PROPERTY_SEED) }) };
}

export const foldingModes = ['ignore', 'update', 'increment'] as const;

/** What one statement says, however often it is sent. */
export type Statement = Pick<
  Claim,
  | 'status'
  | 'amount'
  | 'currency'
  | 'minorDigits'
  | 'fallback'
  | 'homeCurrency'
  | 'mode'
  | 'reversal'
  | 'amountInAll'
  | 'refundedInAll'
  | 'renewal'
  | 'sequence'
  | 'wholeDay'
  | 'reinstates'
  | 'byEvent'
  | 'retryHours'
> & {
  /** Seconds from the tests' present that the sender gives as the event time, or signs. */
  readonly given?: number;
  readonly signed?: number;
};

const amounts = fc.constantFrom(...['0', '5', '7.25', '10', '10', '-3'].map(amount));
const currencies = fc.constantFrom(...['USD', 'EUR', 'USD', 'EUR', 'JPY', 'KWD'].map(currency));
/** Digits after the point that an amount in smallest units is read with, where it names no currency. */
const assumedDigits = (assumed: string | undefined): number => ({ JPY: 0, KWD: 3 })[assumed ?? ''] ?? 2;
const rarely = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 3 });

/** The fields that are there: a claim without a field has no such key. */
export type Present<Row> = { readonly [Key in keyof Row]: Exclude<Row[Key], undefined> };
export function present<Row extends object>(row: Row): Partial<Present<Row>> {
  const there: Partial<Present<Row>> = {};
  for (const key in row) if (row[key] !== undefined) Object.assign(there, { [key]: row[key] });
  return there;
}

export interface World {
  readonly mode: fc.Arbitrary<DuplicateMode>;
  readonly retryHours: fc.Arbitrary<number>;
}

/** Statements of every status and none, with and without a time, an amount, a currency and a place in a batch. */
export function statements({ mode, retryHours }: World): fc.Arbitrary<Statement> {
  return fc
    .record({
      said: fc.constantFrom(
        'pending',
        'approved',
        'approved',
        'rejected',
        'taken back',
        'reversed',
        'refund',
        undefined,
      ),
      whole: fc.boolean(),
      amount: maybe(amounts),
      inAll: maybe(fc.constant(true as const)),
      refunded: rarely(fc.constantFrom('3', '5', '10').map(amount)),
      currency: maybe(currencies),
      inMinorUnits: maybe(fc.constant(true as const)),
      payout: rarely(fc.constantFrom('5', '9').map(amount)),
      first: fc.constantFrom('approved', 'approved', 'pending'),
      home: fc.option(currencies, { nil: undefined }),
      payoutIn: rarely(currencies),
      given: maybe(fc.integer({ min: 0, max: 4 })),
      signed: rarely(fc.integer({ min: 0, max: 4 })),
      renewal: maybe(fc.constant(true as const)),
      wholeDay: rarely(fc.constant(true as const)),
      reinstates: rarely(fc.constant(true as const)),
      byEvent: maybe(fc.constant(true as const)),
      sequence: rarely(fc.record({ batch: fc.constantFrom('A', 'B'), row: fc.integer({ min: 1, max: 3 }) })),
      mode,
      retryHours,
    })
    .map(
      ({
        said,
        whole,
        amount: sent,
        inAll,
        refunded,
        currency: named,
        inMinorUnits,
        payout,
        payoutIn,
        first,
        home,
        given,
        signed,
        renewal,
        sequence,
        wholeDay,
        reinstates,
        byEvent,
        ...rest
      }) => ({
        ...rest,
        ...present({ amount: sent, currency: named, homeCurrency: home, given, signed, renewal, sequence }),
        fallback: { status: first as 'approved', ...present({ amount: payout, currency: payoutIn ?? home }) },
        ...(given !== undefined &&
          ['rejected', 'taken back', 'reversed', 'refund'].includes(said ?? '') &&
          present({ wholeDay })),
        ...(sent !== undefined &&
          named === undefined &&
          inMinorUnits && { minorDigits: assumedDigits(home ?? payoutIn) }),
        ...(said === 'approved' && present(reinstates === undefined ? { byEvent } : { reinstates })),
        ...(said === 'refund' ? {} : present({ status: said === 'taken back' ? ('rejected' as const) : said })),
        ...((said === 'reversed' || said === 'refund' || said === 'taken back') && {
          reversal: whole ? ('whole' as const) : ('partial' as const),
          ...(sent !== undefined && present({ amountInAll: inAll })),
        }),
        // A sale names its refunds beside its amount.
        ...(sent !== undefined && (said === 'approved' || said === undefined) && present({ refundedInAll: refunded })),
      }),
    );
}

/** A sending of a statement, received so many milliseconds after the tests' present. */
export function sending(statement: Statement, name: string, number: number, receivedAfter: number): Claim {
  const { given, signed, ...said } = statement;
  const receivedAt = now + receivedAfter;
  const time = given ?? signed;
  return {
    ...said,
    requestId: requestId(number, receivedAt),
    statement: name,
    receivedAt,
    // A clock that runs ahead counts as the time of receipt.
    eventTime: time === undefined ? receivedAt : Math.min(receivedAt, now + time * 1000),
    timeGiven: given !== undefined,
  };
}

/** What an integration decides anew with each version: what the same statement was read with. */
export function configured(sent: Claim, statement: Statement | undefined): Claim {
  if (statement === undefined) return sent;
  const { fallback, homeCurrency, mode } = statement;
  const { homeCurrency: _home, ...rest } = sent;
  return { ...rest, fallback, mode, ...present({ homeCurrency }) };
}

/** When a sending is received: within seconds of the others, or hours later. */
const receipt = fc
  .record({ hours: fc.constantFrom(0, 0, 0, 1, 2, 3, 5), seconds: fc.integer({ min: 0, max: 5 }) })
  .map(({ hours, seconds }) => hours * hour + seconds * 1000);

/** Up to so many claims of one key: new statements, and further sendings of the ones before. */
export function claims(world: World, maxLength: number): fc.Arbitrary<readonly Claim[]> {
  const one = fc.record({ statement: statements(world), again: fc.option(fc.nat(), { freq: 3 }), received: receipt });
  return fc.array(one, { minLength: 1, maxLength }).map((all) =>
    all.map(({ statement, again, received }, place) => {
      const of = again === null ? place : again % (place + 1);
      const first = all[of];
      // A sending of a sending is a sending of what that one sent.
      const said = of === place || first === undefined || first.again !== null ? place : of;
      return sending(all[said]?.statement ?? statement, `statement ${said}`, place + 1, received);
    }),
  );
}

/** The same claims in another order of arrival. */
export function shuffled<Item>(items: readonly Item[]): fc.Arbitrary<readonly Item[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length });
}
