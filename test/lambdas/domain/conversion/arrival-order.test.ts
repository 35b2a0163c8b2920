import * as fc from 'fast-check';
import type { Claim } from '../../../../lambdas/domain/request/claim';
import { payableOf } from '../../../../lambdas/domain/conversion/payable';
import { claims, configured, foldingModes, runs, shuffled, statements, type World } from './arbitraries';
import { Ledger, stateOf } from './ledger';
import { expectedOf } from './naive-model';

const anyMode = fc.constantFrom(...foldingModes);
/** The mode and the retry window that an integration has from the first claim to the last. */
const worlds = fc
  .record({ mode: anyMode, retryHours: fc.constantFrom(0, 1, 2, 48) })
  .map(({ mode, retryHours }): World => ({ mode: fc.constant(mode), retryHours: fc.constant(retryHours) }));

function arrive(all: readonly Claim[]): Ledger {
  const ledger = new Ledger('ignore', 'T1');
  for (const one of all) ledger.take(one);
  return ledger;
}

/** No two sendings of one millisecond: one of them is the first. */
function receivedLater(claim: Claim, milliseconds: number): Claim {
  const receivedAt = claim.receivedAt + milliseconds;
  return { ...claim, receivedAt, eventTime: claim.timeGiven ? claim.eventTime : receivedAt };
}

function* permutations<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  if (items.length < 2) yield items;
  for (const [place, item] of items.entries()) {
    if (items.length < 2) return;
    for (const others of permutations(items.toSpliced(place, 1))) yield [item, ...others];
  }
}

describe('whatever the order of arrival', () => {
  test('up to seven claims end where the plain reading of the rules says', () => {
    const cases = worlds
      .chain((world) => claims(world, 7))
      .chain((all) => fc.tuple(fc.constant(all), shuffled(all), shuffled(all), shuffled(all)));
    fc.assert(
      fc.property(cases, ([all, ...orders]) => {
        const expected = expectedOf(all);
        for (const order of [all, all.toReversed(), ...orders]) {
          expect(stateOf(arrive(order).stored)).toEqual(expected);
        }
      }),
      runs(),
    );
  });

  test('every permutation of four claims ends in one state', () => {
    const cases = worlds.chain((world) => claims(world, 4));
    fc.assert(
      fc.property(cases, (all) => {
        const expected = expectedOf(all);
        for (const order of permutations(all)) expect(stateOf(arrive(order).stored)).toEqual(expected);
      }),
      runs(),
    );
  });

  test('every permutation of seven claims ends in one state', () => {
    const cases = worlds.chain((world) => claims(world, 7));
    fc.assert(
      fc.property(cases, (all) => {
        const expected = expectedOf(all);
        for (const order of permutations(all)) expect(stateOf(arrive(order).stored)).toEqual(expected);
      }),
      runs(1 / 100),
    );
  });

  test('claims end in one state though the mode changed in between', () => {
    const cases = claims({ mode: anyMode, retryHours: fc.constant(0) }, 7)
      .map((all) => all.filter(({ statement }, place) => all.findIndex((one) => one.statement === statement) === place))
      .chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(cases, ([all, order]) => {
        expect(stateOf(arrive(order).stored)).toEqual(expectedOf(all));
      }),
      runs(),
    );
  });

  test('a statement that was sent under several configurations counts as its first sending was read', () => {
    const world = { mode: anyMode, retryHours: fc.constant(48) };
    const cases = fc
      .tuple(claims(world, 5), fc.array(statements(world), { minLength: 5, maxLength: 5 }))
      .map(([all, others]) => all.map((one, place) => configured(receivedLater(one, place), others[place])))
      .chain((all) => fc.tuple(fc.constant(all), shuffled(all)));
    fc.assert(
      fc.property(cases, ([all, order]) => {
        expect(stateOf(arrive(order).stored)).toEqual(expectedOf(all));
      }),
      runs(),
    );
  });

  test('the deltas of a history add up to what is payable, in each currency', () => {
    const cases = worlds.chain((world) => claims(world, 12)).chain(shuffled);
    fc.assert(
      fc.property(cases, (all) => {
        const ledger = new Ledger('ignore', 'T1');
        for (const one of all) {
          ledger.take(one);
          expect(ledger.delta).toEqual(payableOf(ledger.stored));
        }
      }),
      runs(),
    );
  });
});
