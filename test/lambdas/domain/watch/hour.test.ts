import * as fc from 'fast-check';
import { hourAfter, hourOfWeek, hoursBetween, hoursToCount } from '../../../../lambdas/domain/watch/hour';

const at = (text: string): number => Date.parse(text);
const longAgo = at('2020-01-01T00:00:00Z');

test('an hour is followed by the next, over the end of a year', () => {
  expect(hourAfter('2026-12-31T23')).toBe('2027-01-01T00');
  expect(hourAfter('2027-01-01T00', -1)).toBe('2026-12-31T23');
  expect(hoursBetween('2026-12-31T22', '2027-01-01T01')).toBe(3);
});

test('the week begins on Sunday at 00:00 UTC', () => {
  expect(hourOfWeek('2026-11-22T00')).toBe(0);
  expect(hourOfWeek('2026-11-23T14')).toBe(38);
  expect(hourOfWeek('2026-11-28T23')).toBe(167);
});

describe('the hours that are to be counted', () => {
  test('end with the hour that is complete', () => {
    const known = { counted: '2026-11-23T11', firstPossible: longAgo, reach: 504 };

    expect(hoursToCount(at('2026-11-23T14:05:00Z'), known)).toEqual(['2026-11-23T12', '2026-11-23T13']);
    expect(hoursToCount(at('2026-11-23T12:59:59Z'), known)).toEqual([]);
  });

  test('are none where a later hour is counted already', () => {
    const known = { counted: '2026-11-23T13', firstPossible: longAgo, reach: 504 };

    expect(hoursToCount(at('2026-11-23T09:05:00Z'), known)).toEqual([]);
  });

  test('begin, the first time, with the hour before there was anything to count', () => {
    const firstPossible = at('2026-11-23T13:30:00Z');

    expect(hoursToCount(at('2026-11-23T14:05:00Z'), { firstPossible, reach: 504 })).toEqual([
      '2026-11-23T12',
      '2026-11-23T13',
    ]);
  });

  test('reach back so far and no further', () => {
    const hours = hoursToCount(at('2026-11-23T14:05:00Z'), {
      counted: '2026-01-01T00',
      firstPossible: longAgo,
      reach: 5,
    });

    expect([hours.length, hours[0], hours[4]]).toEqual([5, '2026-11-23T09', '2026-11-23T13']);
  });

  test('are counted once each, however often and late somebody asks', () => {
    const moments = fc.array(fc.integer({ min: longAgo, max: longAgo + 20 * 3_600_000 }), { minLength: 1 });
    fc.assert(
      fc.property(moments, (asked) => {
        const counted: string[] = ['2019-12-31T22'];
        for (const now of asked) {
          counted.push(...hoursToCount(now, { counted: counted.at(-1), firstPossible: longAgo, reach: 504 }));
        }
        const inRow = counted.map((_, index) => hourAfter('2019-12-31T22', index));
        expect(counted).toEqual(inRow);
        expect(counted.at(-1)).toBe(hourAfter(new Date(Math.max(...asked)).toISOString().slice(0, 13), -1));
      }),
    );
  });
});
