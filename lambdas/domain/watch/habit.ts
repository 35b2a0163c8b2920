import { hourOfWeek, hoursPerWeek, type Hour } from './hour';

/** The usual behaviour of an integration, learnt from its past. */
export interface Habit {
  /** Accepted postbacks in each hour of the week: the mean of past weeks, the newest with the most weight. */
  readonly perHour: readonly number[];
  readonly hoursLearnt: number;
  /** Squared differences from what was usual, and what was usual, each a mean over the last weeks: see `burst`. */
  readonly squares: number;
  readonly usual: number;
}

export const noHabit: Habit = {
  perHour: Array.from({ length: hoursPerWeek }, () => 0),
  hoursLearnt: 0,
  squares: 0,
  usual: 0,
};

/** Weight of a week in a mean of many weeks: some seven weeks are remembered. */
const newestWeight = 1 / 4;
/** Weight of an hour in `squares` and `usual`, which fade over four weeks. */
const newestHour = 1 / (4 * hoursPerWeek);
/** Before two weeks are known, an hour of the week is known from one example or none. */
const weeksToKnow = 2;

const weeksOf = ({ hoursLearnt }: Habit): number => Math.floor(hoursLearnt / hoursPerWeek);

/** Returns the usual number of an hour; `undefined` while it is unknown. */
export function usualIn(habit: Habit, hour: Hour): number | undefined {
  return weeksOf(habit) < weeksToKnow ? undefined : habit.perHour[hourOfWeek(hour)];
}

/**
 * Returns the size of bursts: the variance around the habit over its mean (Fano factor). 1 for a sender of single postbacks; a sender of
 * daily batches at changing hours has that of its batches. The unit of silence is a burst.
 */
export function burst({ squares, usual }: Habit): number {
  return usual > 0 ? Math.max(1, squares / usual) : 1;
}

const fading = (mean: number, value: number): number => mean + newestHour * (value - mean);

/** Adds one hour to the habit. The first weeks are a plain mean, since they weigh the same. */
export function learn(habit: Habit, hour: Hour, accepted: number): Habit {
  const slot = hourOfWeek(hour);
  const weeks = weeksOf(habit);
  const before = habit.perHour[slot] ?? 0;
  const after = before + Math.max(newestWeight, 1 / (weeks + 1)) * (accepted - before);
  return {
    // Three digits: a row of the table then stays within one write unit.
    perHour: habit.perHour.with(slot, Number(after.toPrecision(3))),
    hoursLearnt: habit.hoursLearnt + 1,
    // In the first week there is nothing yet to differ from.
    squares: weeks > 0 ? fading(habit.squares, (accepted - before) ** 2) : 0,
    usual: weeks > 0 ? fading(habit.usual, before) : 0,
  };
}
