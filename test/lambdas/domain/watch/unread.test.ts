import { hourAfter, type Hour } from '../../../../lambdas/domain/watch/hour';
import { unreadAmounts, withHour, type RecentHours, type UnreadAmounts } from '../../../../lambdas/domain/watch/unread';

const first: Hour = '2026-11-23T00';

/** What is known after hours of so many recorded postbacks, each with so many of them unread; `0/0` is an hour of nothing. */
function after(...hours: readonly (readonly [recorded: number, unread: number])[]): {
  recent: RecentHours;
  told: UnreadAmounts | undefined;
} {
  let recent: RecentHours = [];
  hours.forEach(([recorded, unread], index) => {
    recent = withHour(recent, hourAfter(first, index), { accepted: recorded, refused: 0, recorded, unread });
  });
  return { recent, told: unreadAmounts(recent, hourAfter(first, hours.length - 1)) };
}

const quiet = (hours: number): readonly (readonly [number, number])[] => Array.from({ length: hours }, () => [0, 0]);

describe('the amounts of an integration', () => {
  test.each<[string, readonly (readonly [number, number])[], number | undefined]>([
    ['of a large sender, all unread, are told after the first hour', [[500, 500]], 500],
    ['of which a tenth is unread are told', [[100, 10]], 10],
    ['of which less than a tenth is unread are not told', [[100, 9]], undefined],
    ['of which two are unread are not told', [[2, 2]], undefined],
    ['of a small sender are added up over a day', [[1, 1], ...quiet(10), [1, 1], ...quiet(10), [1, 1]], 3],
    ['of more than a day ago do not count', [[1, 1], ...quiet(12), [1, 1], ...quiet(12), [1, 1]], undefined],
    [
      'that are read again are not told once twenty came',
      [
        [500, 500],
        [20, 0],
      ],
      undefined,
    ],
    [
      'that are read again are told while fewer than twenty came',
      [
        [500, 500],
        [19, 0],
      ],
      500,
    ],
    [
      'that are unread since this hour are told whatever came before',
      [
        [500, 0],
        [20, 20],
      ],
      20,
    ],
    ['of an integration that recorded nothing are not told', quiet(3), undefined],
  ])('%s', (_, hours, unread) => {
    expect(after(...hours).told?.unread).toBe(unread);
  });

  test('are told with what was recorded, and since when', () => {
    expect(after([5, 2], [0, 0], [6, 1]).told).toEqual({ unread: 3, recorded: 11, since: first, hours: 3 });
  });

  test('are known by so many hours as are needed, and by none of more than a day ago', () => {
    expect(after([7, 0], [9, 0], [9, 0], [9, 0]).recent.map(({ hour }) => hour)).toEqual([
      hourAfter(first, 1),
      hourAfter(first, 2),
      hourAfter(first, 3),
    ]);
    expect(after([1, 0], ...quiet(23), [1, 0]).recent).toHaveLength(1);
    expect(after([1, 0], ...quiet(24)).recent).toEqual([]);
  });
});
