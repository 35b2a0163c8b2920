import * as fc from 'fast-check';
import { enough, hoursOf, weigh } from '../../../../lambdas/domain/watch/doubt';
import { burst, usualIn } from '../../../../lambdas/domain/watch/habit';
import { hourAfter, hourOfWeek, hoursBetween } from '../../../../lambdas/domain/watch/hour';
import { hoursUntilForgotten, observe } from '../../../../lambdas/domain/watch/watch';
import { accepted, dailyRound, firstHour, live, poisson, randomOf, type Sender } from './senders';

const week = 168;
const steady: Sender = () => 20;
const mute: Sender = () => 0;

describe('whoever never sent', () => {
  test('is not missed, and nothing is kept of it', () => {
    expect(live(mute, 10 * week)).toMatchObject({ watch: undefined, toldAt: [] });
  });
});

describe('a sender that stops', () => {
  test('in its first two weeks is not missed: what it usually does is not known yet', () => {
    const { watch, next } = live(steady, 2 * week - 1);

    expect(live(mute, 1, next, watch).toldAt).toEqual([]);
    expect(live(steady, 1, next, watch).watch?.habit.hoursLearnt).toBe(2 * week);
  });

  test('after them is told within hours, with what was usual', () => {
    const { watch, next } = live(steady, 3 * week);
    const stopped = live(mute, 2, next, watch);

    expect(stopped.toldAt).toEqual([hourAfter(next)]);
    expect(stopped.watch).toMatchObject({
      lastHeard: hourAfter(next, -1),
      doubt: { since: next, accepted: 0, usual: 40, weight: enough },
    });
    expect(stopped.watch?.doubt && hoursOf(stopped.watch.doubt, hourAfter(next))).toBe(2);
  });

  test('is not told after one hour, however busy it was', () => {
    const { watch, next } = live(() => 100_000, 3 * week);

    expect(live(mute, 1, next, watch).toldAt).toEqual([]);
    expect(live(mute, 2, next, watch).toldAt).toHaveLength(1);
  });

  test('is told the later the less it sends', () => {
    const delayOf = (perHour: number): number => {
      const { watch, next } = live(() => perHour, 3 * week);
      const [told = 'never'] = live(mute, 200, next, watch).toldAt;
      return hoursBetween(next, told);
    };

    expect([1000, 10, 3, 1].map(delayOf)).toEqual([1, 1, 4, 12]);
  });

  test('at night, when it never sends, is told in the morning', () => {
    const byDay: Sender = (hour) => (hourOfWeek(hour) % 24 >= 8 ? 20 : 0);
    const { watch, next } = live(byDay, 3 * week);

    expect(next.slice(11)).toBe('00');
    expect(live(mute, 24, next, watch).toldAt).toEqual([hourAfter(next, 9)]);
  });

  test('is told also where a few stragglers come', () => {
    const { watch, next } = live(() => 1000, 3 * week);

    expect(live(() => 20, 2, next, watch).toldAt).toHaveLength(1);
    expect(live(() => 250, week, next, watch).toldAt).toEqual([]);
  });

  test('is told although it sends all of a day at once', () => {
    const batch: Sender = (hour) => (hour.endsWith('T03') ? 500 : 0);
    const { watch, next } = live(batch, 3 * week);

    expect(live(mute, 48, next, watch).toldAt).toEqual([hourAfter(next, 27)]);
  });
});

test('an hour of the week that a sender leaves out from now on is not missed for ever', () => {
  const { watch, next } = live(steady, 3 * week);
  const skipsOne: Sender = (hour) => (hour.endsWith('T16') ? 0 : 20);
  const after = live(skipsOne, 10 * week, next, watch);

  expect(after.toldAt).toEqual([]);
  expect(usualIn(after.watch?.habit ?? fail(), hourAfter(after.next, 16))).toBeLessThan(2);
});

describe('a silence', () => {
  const before = live(steady, 3 * week);
  const silent = live(mute, 30, before.next, before.watch);

  test('leaves the habit as it was', () => {
    expect(usualIn(silent.watch?.habit ?? fail(), silent.next)).toBe(20);
  });

  test('ends when the sender is back', () => {
    const { watch } = live(steady, 1, silent.next, silent.watch);

    expect(watch).toMatchObject({ habit: { hoursLearnt: expect.any(Number) } });
    expect(watch).not.toHaveProperty('toldSince');
    expect(watch).not.toHaveProperty('doubt');
  });

  test('does not end with a straggler', () => {
    expect(live(() => 1, 1, silent.next, silent.watch).watch).toHaveProperty('toldSince');
  });

  test('is forgotten after a week, with the habit; a sender that comes back later is learnt anew', () => {
    const over = live(mute, hoursUntilForgotten + week, silent.next, silent.watch);
    expect(over.watch).not.toHaveProperty('toldSince');
    expect(over.watch?.habit.hoursLearnt).toBe(0);

    const back = live(() => 7, 2 * week, over.next, over.watch);
    expect(back.toldAt).toEqual([]);
    expect(usualIn(back.watch?.habit ?? fail(), back.next)).toBe(7);
    expect(live(mute, 4, back.next, back.watch).toldAt).toHaveLength(1);
  });

  test('counts what was rejected meanwhile', () => {
    const { watch } = before;
    const after = observe(watch, 'acme', before.next, { accepted: 0, refused: 18 });

    expect(after?.doubt).toMatchObject({ accepted: 0, refused: 18 });
  });
});

test('after a gap, such as a pause of its campaigns, a sender is missed only once it has sent again', () => {
  const { watch, next } = live(steady, 3 * week);
  const resumed = hourAfter(next, 300);

  expect(live(mute, week, resumed, watch)).toMatchObject({ watch, toldAt: [] });
  const back = live(steady, 1, hourAfter(resumed, week), watch);
  expect(live(mute, 2, back.next, back.watch).toldAt).toHaveLength(1);
});

describe('nothing is told in a year of', () => {
  type Ordinary = (random: () => number) => Sender;
  /** A number of its own for each day, from 0.3 to 1.7. */
  const dayFactor = (random: () => number): Sender => {
    const factors = new Map<string, number>();
    return (hour) => {
      const day = hour.slice(0, 10);
      const factor = factors.get(day) ?? 0.3 + 1.4 * random();
      factors.set(day, factor);
      return factor;
    };
  };
  const cases: readonly (readonly [string, Ordinary])[] = [
    ['a sender of ten an hour', (random) => (hour) => poisson(10 * dailyRound(hour), random)],
    ['a sender of two a day', (random) => (hour) => poisson(0.1 * dailyRound(hour), random)],
    [
      'good days and bad days',
      (random) => {
        const factorOf = dayFactor(random);
        return (hour) => poisson(100 * dailyRound(hour) * factorOf(hour), random);
      },
    ],
    [
      'a daily batch that is an hour late at times',
      (random) => {
        const lateness = dayFactor(random);
        return (hour) => (hour.slice(11) === (lateness(hour) > 1.4 ? '04' : '03') ? 500 : 0);
      },
    ],
    [
      'office hours whose clocks change',
      () => (hour) => {
        const summer = hour > '2025-03-30T01' && hour < '2025-10-26T01' ? 1 : 0;
        const local = (hourOfWeek(hour) + summer) % 24;
        return local >= 9 && local < 17 ? 50 : 0;
      },
    ],
    [
      'a batch whose clock changes',
      () => (hour) => {
        const summer = hour > '2025-03-30T01' && hour < '2025-10-26T01';
        return hour.endsWith(summer ? 'T02' : 'T03') ? 500 : 0;
      },
    ],
  ];

  test.each(cases)('%s', (_what, ordinary) => {
    for (const seed of [1, 2, 3]) expect(live(ordinary(randomOf(seed)), 52 * week).toldAt).toEqual([]);
  });
});

describe('the evidence', () => {
  const count = fc.integer({ min: 0, max: 100_000 });
  const habit = fc.record({
    usual: fc.double({ min: 0, max: 100_000, noNaN: true }),
    burst: fc.double({ min: 1, max: 1000, noNaN: true }),
  });
  const weightAfter = (
    weight: number,
    received: number,
    { usual, burst: together }: { usual: number; burst: number },
  ) => {
    const before = { since: firstHour, accepted: 0, refused: 0, usual: 0, weight };
    const doubt = weigh(weight > 0 ? before : undefined, hourAfter(firstHour), accepted(received), {
      usual,
      burst: together,
    });
    return doubt?.weight ?? 0;
  };
  const weight = fc.double({ min: 0, max: enough, noNaN: true });

  /** Postbacks come whole: of any usual number, however small, a fifth is one at least. */
  const fifthOf = (usual: number): number => (usual > 0 ? Math.max(1, Math.ceil(usual * 0.22)) : 0);

  test('never grows where a fifth of the usual or more has come', () => {
    fc.assert(
      fc.property(weight, habit, (before, known) => {
        expect(weightAfter(before, fifthOf(known.usual), known)).toBeLessThanOrEqual(before);
      }),
      { examples: [[0, { usual: Number.MIN_VALUE, burst: 1 }]] },
    );
  });

  test('is never less for fewer postbacks, nor more than enough', () => {
    fc.assert(
      fc.property(weight, habit, count, count, (before, known, one, other) => {
        const more = weightAfter(before, Math.max(one, other), known);
        const less = weightAfter(before, Math.min(one, other), known);
        expect(less).toBeGreaterThanOrEqual(more);
        expect(less).toBeLessThanOrEqual(enough);
      }),
    );
  });

  test('weighs the less the more postbacks come together', () => {
    const single = live((hour) => (hourOfWeek(hour) % 2 === 0 ? 40 : 0), 4 * week).watch;
    const random = randomOf(5);
    const lumps = live(() => (random() < 0.1 ? 200 : 0), 4 * week).watch;

    expect(burst(single?.habit ?? fail())).toBe(1);
    expect(burst(lumps?.habit ?? fail())).toBeGreaterThan(100);
  });
});

test('nothing that is observed is counted below zero or lost', () => {
  const counts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 900 });
  fc.assert(
    fc.property(counts, (received) => {
      const { watch } = live((hour) => received[hoursBetween(firstHour, hour)] ?? 0, received.length);
      const last = received.findLastIndex((one) => one > 0);
      expect(watch?.lastHeard).toBe(last < 0 ? undefined : hourAfter(firstHour, last));
      expect(watch?.habit.perHour.every((mean) => mean >= 0 && mean <= 1000) ?? true).toBe(true);
    }),
    { numRuns: 30 },
  );
});

/** Only where a test itself is wrong. */
function fail(): never {
  throw new Error('nothing is known of a sender that has sent');
}
