import * as fc from 'fast-check';
import { byDay, leftovers, roundsOf } from '../../../../lambdas/domain/facts/compaction-plan';
import { clickFact } from '../../../../lambdas/domain/facts/click-fact';
import { quarterOf } from '../../../../lambdas/domain/facts/columns';
import type { FactObject } from '../../../../lambdas/domain/facts/manifest';
import { countedKey, dayKey } from '../../../../lambdas/domain/facts/object-key';
import { spanOf } from '../../../../lambdas/domain/facts/object-span';
import { runs } from '../conversion/arbitraries';
import { clickId, now } from '../support/factories';
import { clickOf, lookups, sumsOf } from './support';

const hours = 3_600_000;
const limits = { rows: 1000, objects: 4 };
const today = '2026-11-23';

const objectAt = (key: string, clickedAt: number, rows = 10, until = clickedAt): FactObject => ({
  key,
  set: 'clicks',
  rows,
  bytes: 1000,
  click: { first: quarterOf(clickedAt), last: quarterOf(until) },
});
const counted = (id: string, clickedAt = now, rows = 10, until = clickedAt) =>
  objectAt(countedKey('clicks', id), clickedAt, rows, until);
const keysOf = (objects: readonly FactObject[], erased: readonly string[] = []) =>
  roundsOf(objects, erased, limits).map(({ inputs }) =>
    inputs.map(({ key }) => key.replace(/^clicks\/|\.parquet$/g, '')),
  );

describe('what is put together', () => {
  test('is all that count wrote, with what its day has that is not full', () => {
    const small = objectAt(dayKey('clicks', today, 'small'), now, 100);
    const full = objectAt(dayKey('clicks', today, 'full'), now, 900);
    const otherDay = objectAt(dayKey('clicks', '2026-11-20', 'other'), now - 72 * hours, 100);
    expect(keysOf([otherDay, full, counted('b'), small, counted('a')])).toEqual([
      [`${today}/small`, 'counted/a', 'counted/b'],
    ]);
  });

  test('is nothing where count wrote nothing', () => {
    expect(
      keysOf([objectAt(dayKey('clicks', today, 'one'), now), objectAt(dayKey('clicks', today, 'two'), now)]),
    ).toEqual([]);
  });

  test('stays within the rows and objects of a round, and takes an object that has more alone', () => {
    const objects = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => counted(id, now, id === 'f' ? 5000 : 300));
    expect(keysOf(objects)).toEqual([
      ['counted/a', 'counted/b', 'counted/c'],
      ['counted/d', 'counted/e'],
      ['counted/f'],
    ]);
    expect(keysOf(['a', 'b', 'c', 'd', 'e'].map((id) => counted(id)))).toEqual([
      ['counted/a', 'counted/b', 'counted/c', 'counted/d'],
      ['counted/e'],
    ]);
  });

  test('is the small objects of a late row’s day, too', () => {
    const before = objectAt(dayKey('clicks', '2026-11-20', 'small'), now - 72 * hours, 100);
    expect(keysOf([counted('late', now - 72 * hours, 10, now), before])).toEqual([
      ['2026-11-20/small', 'counted/late'],
    ]);
  });

  test('is a day of many small objects, though nothing new is of it', () => {
    const small = Array.from({ length: 9 }, (_, index) => objectAt(dayKey('clicks', today, `part-${index}`), now));
    expect(keysOf(small).flat()).toHaveLength(9);
    expect(keysOf(small.slice(1))).toEqual([]);
  });

  test('is what may hold rows of an erased click, by the time that its ID carries', () => {
    const [here, there] = [now, now - 48 * hours].map((at) => objectAt(dayKey('clicks', today, `of-${at}`), at, 900));
    if (here === undefined || there === undefined) throw new Error('there are two');
    expect(keysOf([here, there], [clickId(1, now)])).toEqual([[`${today}/of-${now}`]]);
  });
});

describe('the rows of a round', () => {
  const clicks = fc
    .array(fc.record({ seed: fc.integer({ min: 1, max: 9 }), after: fc.integer({ min: -60, max: 60 }) }), {
      minLength: 1,
      maxLength: 30,
    })
    .map((all) =>
      all.map(({ seed, after }) =>
        clickFact(clickOf({ clickId: clickId(seed), clickedAt: now + after * hours }), lookups),
      ),
    );

  test('lie by their days, each in one place, and add up to what they were', () => {
    fc.assert(
      fc.property(clicks, (rows) => {
        const days = byDay('clicks', rows, new Set(), 50);
        expect(days.map(({ day }) => day)).toEqual([...new Set(days.map(({ day }) => day))].sort());
        for (const { day, rows: ofDay } of days) {
          const { click } = spanOf('clicks', ofDay);
          for (const quarter of [click.first, click.last]) {
            expect(new Date(quarter * 900_000).toISOString().slice(0, 10)).toBe(day);
          }
        }
        expect(sumsOf(days.flatMap((one) => one.rows))).toEqual(sumsOf(rows));
      }),
      runs(1 / 5),
    );
  });

  test('stay together with the last day where there are more days than one transaction takes', () => {
    fc.assert(
      fc.property(clicks, fc.integer({ min: 1, max: 3 }), (rows, most) => {
        const days = byDay('clicks', rows, new Set(), most);
        expect(days.length).toBeLessThanOrEqual(most);
        expect(sumsOf(days.flatMap((one) => one.rows))).toEqual(sumsOf(rows));
      }),
      runs(1 / 5),
    );
  });

  test('of an erased click lose their visitor, and no others', () => {
    fc.assert(
      fc.property(clicks, (rows) => {
        const left = byDay('clicks', rows, new Set([clickId(1)]), 50).flatMap((one) => one.rows);
        expect(left.filter(({ click_id: id }) => id === clickId(1))).toEqual([]);
        const bare = left.filter(({ click_id: id }) => id === '');
        expect(bare).toHaveLength(rows.filter(({ click_id: id }) => id === clickId(1)).length);
        for (const row of bare) expect([row['sub1'], row['device'], row['campaign']]).toEqual([null, null, 'spring']);
        expect(left.filter(({ sub1 }) => sub1 === 'red')).toHaveLength(rows.length - bare.length);
      }),
      runs(1 / 5),
    );
  });
});

test('an object goes when nothing names it, no query may still read it, and no run is about to name it', () => {
  const stored = ['named', 'kept', 'young', 'orphan'].map((key) => ({
    key,
    writtenAt: key === 'young' ? now : now - 1,
  }));
  expect(leftovers(stored, [{ ...counted('x'), key: 'named' }], ['kept'], now)).toEqual(['orphan']);
});
