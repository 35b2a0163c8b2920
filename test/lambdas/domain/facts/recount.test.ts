import * as fc from 'fast-check';
import { conversionChanges } from '../../../../lambdas/domain/facts/changes';
import { clickFact } from '../../../../lambdas/domain/facts/click-fact';
import { quarterOf } from '../../../../lambdas/domain/facts/columns';
import { clickDifference, withoutCopies } from '../../../../lambdas/domain/facts/recount-clicks';
import { conversionCorrections } from '../../../../lambdas/domain/facts/recount-conversions';
import { quietMilliseconds } from '../../../../lambdas/domain/facts/recount-quiet';
import { storedClickFact, storedConversionFact } from '../../../../lambdas/domain/facts/recount-rows';
import { nextSlice } from '../../../../lambdas/domain/facts/recount-slice';
import { rowWithoutVisitor, type ConversionFact } from '../../../../lambdas/domain/facts/rows';
import type { Conversion } from '../../../../lambdas/domain/conversion/conversion';
import { erasedConversion } from '../../../../lambdas/domain/conversion/erasure';
import { claims, foldingModes, runs } from '../conversion/arbitraries';
import { Ledger } from '../conversion/ledger';
import { clickId, now } from '../support/factories';
import { clickOf, lookups } from './support';

const later = now + 10 * quietMilliseconds;
const bookedNow = quarterOf(later);
const rowOf = (number: number) => clickFact(clickOf({ clickId: clickId(number) }), lookups);

/** Whatever the facts lost or have too often: how often each row of a list is there. */
const mishaps = fc.array(fc.constantFrom(0, 1, 1, 1, 2, 3), { minLength: 40, maxLength: 40 });

describe('clicks', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 });

  test('are each counted once, however often they were, and none that has expired is lost', () => {
    fc.assert(
      fc.property(
        numbers,
        numbers,
        mishaps,
        fc.array(fc.nat({ max: 3 }), { minLength: 40, maxLength: 40 }),
        (here, gone, often, places) => {
          const known = [...new Set([...here, ...gone])];
          const objects = [0, 1, 2, 3].map((place) => ({
            key: `object-${place}`,
            rows: known.flatMap((number, at) =>
              // Those that are stored no more were counted at least once.
              Array.from({ length: Math.max(often[at] ?? 1, here.includes(number) ? 0 : 1) }, (_, copy) => copy)
                .filter((copy) => ((places[at] ?? 0) + copy) % 4 === place)
                .map(() => rowOf(number)),
            ),
          }));
          const stored = here.map(rowOf);
          const { missing, doubled } = clickDifference(stored, objects);
          const after = [
            ...objects.map(({ key, rows }) => ({
              key,
              rows: withoutCopies(
                rows,
                doubled.filter((one) => one.key === key).flatMap((one) => one.rows),
              ),
            })),
            { key: 'added', rows: missing },
          ];
          const ids = after.flatMap(({ rows }) => rows.map((row) => row['click_id']));
          expect(ids.toSorted()).toEqual(known.map((number) => clickId(number)).toSorted());
          expect(clickDifference(stored, after)).toEqual({ missing: [], doubled: [] });
        },
      ),
      runs(),
    );
  });

  test('of erased visitors have no ID, and stay as they are', () => {
    const bare = rowWithoutVisitor(rowOf(1));
    const counted = [{ key: 'object', rows: [bare, bare] }];
    expect(clickDifference([bare], counted)).toEqual({ missing: [], doubled: [] });
  });

  test.each([
    ['so long ago that no change is on its way', {}, 0, true],
    ['a moment ago', {}, 1, false],
    ['long ago, from the queue a moment ago', { clickedAt: now - quietMilliseconds, storedAt: now + 1 }, 0, false],
  ])('that were written %s', (_, fields, shift, isCompared) => {
    const click = clickOf({ clickedAt: now + shift, ...fields });
    expect(storedClickFact(click, now, lookups) !== undefined).toBe(isCompared);
  });
});

describe('conversions', () => {
  const world = { mode: fc.constantFrom(...foldingModes), retryHours: fc.constant(48) };
  const histories = fc.array(claims(world, 5), { minLength: 1, maxLength: 4 });

  /** What a click said in a row, each as another conversion, and the rows that were counted of it. */
  function counting(said: readonly (readonly Parameters<Ledger['take']>[0][])[], often: readonly number[]) {
    const stored: Conversion[] = [];
    const counted: ConversionFact[] = [];
    for (const [index, sequence] of said.entries()) {
      const ledger = new Ledger('ignore', `T${index}`);
      // Two conversions a click.
      Object.assign(ledger.subject, { clickId: clickId(1 + Math.floor(index / 2)) });
      for (const one of sequence) {
        const before = ledger.stored;
        ledger.take(one);
        counted.push(...conversionChanges(before, ledger.stored, now, lookups).rows);
      }
      if (ledger.stored !== undefined) stored.push(ledger.stored);
    }
    return { stored, counted: counted.flatMap((row, at) => Array.from({ length: often[at] ?? 1 }, () => row)) };
  }
  const factsOf = (stored: readonly Conversion[], quiet = later): readonly ConversionFact[] =>
    stored.flatMap((one) => storedConversionFact(one, undefined, quiet, lookups) ?? []);

  /** Naive: what each click has in each cell. */
  function sums(rows: readonly ConversionFact[]): Readonly<Record<string, string>> {
    const found = new Map<string, [bigint, bigint]>();
    for (const { click_id: id, event, status, currency, count, amount } of rows) {
      const name = [id, event, status, currency].join(' ');
      const [number, money] = found.get(name) ?? [0n, 0n];
      found.set(name, [number + count, money + (amount ?? 0n)]);
    }
    return Object.fromEntries(
      [...found]
        .filter(([, [number, money]]) => number !== 0n || money !== 0n)
        .map(([name, both]) => [name, both.join()])
        .sort(),
    );
  }

  test('come to what is stored whatever was lost or counted twice, and a second time nothing is corrected', () => {
    fc.assert(
      fc.property(histories, mishaps, fc.constantFrom('now', 'as-stored'), (said, often, booking) => {
        const { stored, counted } = counting(said, often);
        const truth = factsOf(stored);
        const corrected = [...counted, ...conversionCorrections(truth, counted, bookedNow, booking)];
        expect(sums(corrected)).toEqual(
          sums([...truth, ...counted.filter((row) => truth.every((one) => one.click_id !== row.click_id))]),
        );
        expect(conversionCorrections(truth, corrected, bookedNow, booking)).toEqual([]);
      }),
      runs(1 / 3),
    );
  });

  test('that were counted rightly are not corrected, also where the country is known by another file now', () => {
    const { stored, counted } = counting([[]], []);
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '10' });
    const rows = conversionChanges(undefined, ledger.stored, now, lookups).rows.map((row) => ({
      ...row,
      country: 'AU',
    }));
    const truth = factsOf([...stored, ...(ledger.stored === undefined ? [] : [ledger.stored])]);
    expect(truth).toHaveLength(1);
    expect(conversionCorrections(truth, [...counted, ...rows], bookedNow, 'now')).toEqual([]);
  });

  test('one of which was written too lately wait, with all others of the click', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '10' });
    const other = new Ledger('update', 'T2');
    other.say({ amount: '5' });
    const both = [ledger.stored, other.stored].flatMap((one) => one ?? []);
    const [first, second] = both.map((one, at) =>
      storedConversionFact(one, at === 1 ? later + 1 : undefined, later, lookups),
    );
    const truth = [first, second].flatMap((one) => one ?? []);
    expect(truth).toHaveLength(2);
    expect(conversionCorrections(truth, [], bookedNow, 'now')).toEqual([]);
  });

  test.each([
    ['now', bookedNow],
    ['as-stored', quarterOf(now)],
  ] as const)('that nobody has counted are booked %s', (booking, quarter) => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '10' });
    const truth = factsOf([ledger.stored].flatMap((one) => one ?? []));
    const corrections = conversionCorrections(truth, [], bookedNow, booking);
    expect(corrections.map(({ count, amount, booked_quarter: booked }) => [count, amount, Number(booked)])).toEqual([
      [1n, 10_000_000n, quarter],
    ]);
  });

  test('of which a part was counted are corrected now: a month that is closed stays as it is', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ status: 'pending', amount: '10' });
    const pending = ledger.stored;
    ledger.say({ status: 'approved', amount: '10' }, 5);
    const counted = conversionChanges(pending, ledger.stored, now, lookups).rows;
    const truth = factsOf([ledger.stored].flatMap((one) => one ?? []));
    const corrections = conversionCorrections(truth, counted, bookedNow, 'as-stored');
    expect(corrections.map(({ status, count, booked_quarter: booked }) => [status, count, Number(booked)])).toEqual([
      ['pending', 1n, bookedNow],
    ]);
  });

  describe('of an erased visitor', () => {
    const ledger = new Ledger('update', 'T1');
    ledger.say({ amount: '10' });
    const erased = ledger.stored && erasedConversion(ledger.stored);
    const truth = factsOf([erased].flatMap((one) => one ?? []));
    const counted = conversionChanges(undefined, ledger.stored, now, lookups).rows;

    test('are not added beside the rows that still name the click: compaction takes it out of them', () => {
      expect(truth.map(({ click_id: id }) => id)).toEqual(['']);
      expect(conversionCorrections(truth, counted, bookedNow, 'now')).toEqual([]);
      expect(conversionCorrections(truth, counted.map(rowWithoutVisitor), bookedNow, 'now')).toEqual([]);
    });

    test('are added without the visitor where nothing is counted of them', () => {
      const corrections = conversionCorrections(truth, [], bookedNow, 'now');
      expect(corrections.map(({ click_id: id, source, sub1, amount }) => [id, source, sub1, amount])).toEqual([
        ['', null, null, 10_000_000n],
      ]);
    });
  });
});

describe('slices', () => {
  const span = fc
    .tuple(fc.nat({ max: 400 }), fc.nat({ max: 150 }), fc.integer({ min: 1, max: 5000 }))
    .map(([first, length, rows]) => ({ rows, click: { first, last: first + length } }));

  test('cover every quarter that has rows once, in order, and each lies within a day', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), fc.integer({ min: 1, max: 4000 }), (objects, most) => {
        const covered: number[] = [];
        let from = 0;
        for (
          let slice = nextSlice(objects, from, 600, most);
          slice !== undefined;
          slice = nextSlice(objects, from, 600, most)
        ) {
          expect(Math.floor(slice.first / 96)).toBe(Math.floor(slice.last / 96));
          for (let quarter = slice.first; quarter <= slice.last; quarter++) covered.push(quarter);
          from = slice.last + 1;
        }
        expect(covered).toEqual([...new Set(covered)].toSorted((one, other) => one - other));
        const needed = objects.flatMap(({ click }) => [click.first, click.last]);
        expect(needed.filter((quarter) => !covered.includes(quarter))).toEqual([]);
      }),
      runs(),
    );
  });
});
