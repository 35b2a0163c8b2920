import { Duration } from 'aws-cdk-lib';
import { atOnce, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects, CompositeDefinition } from './alarm-definition';
import { clicksFailing } from './click-alarms';

/** A window over which failures are compared with what the objective allows. */
interface Window {
  readonly id: string;
  readonly period: Duration;
  readonly inWords: string;
  /** The short window tells that it still goes on, and asks for no number: the long one did. */
  readonly long: boolean;
  readonly periods: AlarmDefinition['periods'];
}

const oneHour: Window = {
  id: 'OneHour',
  period: Duration.hours(1),
  inWords: 'the last hour',
  long: true,
  periods: atOnce,
};
const fiveMinutes: Window = {
  id: 'FiveMinutes',
  period: Duration.minutes(5),
  inWords: 'the last 5 minutes',
  long: false,
  // Where few postbacks come, the next failure may be ten minutes away: the alarm must not end, and call again, in between.
  periods: { breaching: 1, of: 3 },
};
const sixHours: Window = {
  id: 'SixHours',
  period: Duration.hours(6),
  inWords: 'the last 6 hours',
  long: true,
  periods: atOnce,
};
const halfAnHour: Window = {
  id: 'ThirtyMinutes',
  period: Duration.minutes(30),
  inWords: 'the last 30 minutes',
  long: false,
  periods: atOnce,
};

/**
 * The objective that most postbacks are answered without a server error, by how fast failures use up what it allows in 30 days: 14.4
 * times too fast is 2% of it in an hour, 6 times is 5% in 6 hours. Each rate is a long window, which one blip does not fill, and a short
 * one, which ends the alarm soon after the failures.
 * https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
export function objectiveAlarms(subjects: AlarmSubjects): CompositeDefinition[] {
  const { stage } = subjects;
  const { alarms } = stage;
  const fast = [oneHour, fiveMinutes].map((window) => part(subjects, window, alarms.fastBurnRate, 'PostbacksFailing'));
  return [
    {
      id: 'RequestsFailing',
      severity: 'page',
      // One call for both paths: what takes down one mostly takes down the other, a few minutes sooner or later.
      anyOf: [[clicksFailing(subjects)], fast],
      usersLose:
        'Visitors or senders get errors: clicks are lost, and conversions of any sender that does not send again. The parts tell which.',
      notAffected: 'conversions already recorded or queued.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'PostbacksFailingSlowly',
      severity: alarms.slowBurnSeverity,
      anyOf: [
        [sixHours, halfAnHour].map((window) => part(subjects, window, alarms.slowBurnRate, 'PostbacksFailingSlowly')),
      ],
      usersLose: 'A few postbacks in a hundred get server errors, for hours: those that are not sent again are lost.',
      notAffected: 'clicks and redirects; most postbacks; conversions already recorded or queued.',
      firstCommand: tracker(stage, 'status'),
      // Its short window still holds the fast burn's failures for half an hour after they ended.
      heldBackBy: { id: 'RequestsFailing', waitSeconds: 300, extensionSeconds: 2_400 },
    },
  ];
}

function part(subjects: AlarmSubjects, window: Window, burnRate: number, section: string): AlarmDefinition {
  const { stage, own } = subjects;
  const { postbackSuccessPercent, minimumFailedPostbacks } = stage.alarms;
  const threshold = Number((burnRate * (100 - postbackSuccessPercent)).toFixed(4));
  return {
    id: `PostbackFailures${window.id}`,
    section,
    severity: undefined,
    metric: own.postbackFailurePercent(
      window.period,
      window.long ? minimumFailedPostbacks : 1,
      `Postbacks that failed in ${window.inWords} (%)`,
    ),
    threshold,
    periods: window.periods,
    usersLose: `In ${window.inWords} ${threshold}% of the postbacks or more were answered with a server error.`,
    notAffected: 'nothing by itself: it rings nobody, and is one half of the alarm that the runbook names.',
    firstCommand: tracker(stage, 'status'),
  };
}
