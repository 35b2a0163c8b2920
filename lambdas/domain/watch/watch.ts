import { isSerious, isSilence, weigh, type Doubt, type HourCount } from './doubt';
import { burst, learn, noHabit, usualIn, type Habit } from './habit';
import { hourAfter, hoursBetween, hoursPerWeek, type Hour } from './hour';
import type { RecentHours } from './unread';

/** The watchdog's state for one integration. */
export interface Watch {
  readonly integration: string;
  /** The newest hour that is counted in here. */
  readonly countedUntil: Hour;
  readonly habit: Habit;
  /** The newest hour in which a postback of it was accepted. */
  readonly lastHeard: Hour;
  readonly doubt?: Doubt;
  /**
   * The habit before the doubt became serious: missing postbacks are measured by it, and not by the habit that the doubt itself changes.
   */
  readonly habitBefore?: Habit;
  /** Its last hours, as far as they say whether its amounts are read. */
  readonly recent?: RecentHours;
  /** The hour after which the doubt was first called a silence, while it is one. */
  readonly toldSince?: Hour;
}

/** A silence that was reported for a week becomes the new habit. */
export const hoursUntilForgotten = hoursPerWeek;

/**
 * Takes one more hour into what is known of an integration; `undefined` where there is nothing to change.
 *
 * An integration that never sent has no habit to fall short of. After a gap (it was paused, or the watchdog did not run) an integration is missed
 * only once it has sent again. A silence teaches nothing: when it is back its habit is as it was before. After a week of silence the
 * habit is given up, and a new one is learnt should it ever come back.
 */
export function observe(
  before: Watch | undefined,
  integration: string,
  hour: Hour,
  counted: HourCount,
): Watch | undefined {
  const { accepted } = counted;
  const known = before !== undefined && hourAfter(before.countedUntil) === hour ? before : undefined;
  if (accepted === 0 && (known === undefined || known.habit.hoursLearnt === 0)) return undefined;
  const habit = before?.habit ?? noHabit;
  const lastHeard = accepted === 0 && before !== undefined ? before.lastHeard : hour;
  const common = { integration, countedUntil: hour, lastHeard };

  const measure = known?.habitBefore ?? habit;
  const usual = usualIn(measure, hour);
  const doubt = usual === undefined ? undefined : weigh(known?.doubt, hour, counted, { usual, burst: burst(measure) });
  const reportedSince = known?.toldSince;
  if (doubt !== undefined && isSilence(doubt, reportedSince !== undefined)) {
    const isOver = reportedSince !== undefined && hoursBetween(reportedSince, hour) >= hoursUntilForgotten;
    return isOver
      ? { ...common, habit: noHabit }
      : { ...common, habit: measure, doubt, toldSince: reportedSince ?? hour };
  }
  return {
    ...common,
    habit: learn(habit, hour, accepted),
    ...(doubt !== undefined && { doubt, ...(isSerious(doubt) && { habitBefore: measure }) }),
  };
}
