import { Duration } from 'aws-cdk-lib';
import { atOnce, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects, CompositeDefinition } from './alarm-definition';
import { clicksFailing } from './click-alarms';

/** A window over which failures are compared with the objective's allowance. */
interface Window {
  readonly id: string;
  readonly period: Duration;
  readonly inWords: string;
  /** The short window shows that failures continue, and needs no minimum: the long window had one. */
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
  // With few postbacks the next failure may be ten minutes away: the alarm must not end, and ring again, in between.
  periods: { breaching: 1, of: 3 },
};
/**
 * The objective that most postbacks get no server error, by how fast failures use up the allowance of 30 days: 14.4 times too fast is 2%
 * of it in an hour. A long window, which one blip does not fill, and a short one, which ends the alarm soon after the failures.
 * https://sre.google/workbook/alerting-on-slos/#6-multiwindow-multi-burn-rate-alerts
 */
export function objectiveAlarms(subjects: AlarmSubjects): CompositeDefinition[] {
  const { stage } = subjects;
  const fast = [oneHour, fiveMinutes].map((window) => part(subjects, window));
  return [
    {
      id: 'RequestsFailing',
      severity: 'page',
      // One page for both paths: the cause of one mostly breaks the other within minutes.
      anyOf: [[clicksFailing(subjects)], fast],
      usersLose:
        'Visitors or senders get errors: clicks are lost, and conversions of senders that do not retry. The parts show which.',
      notAffected: 'recorded and queued conversions.',
      firstCommand: tracker(stage, 'status'),
    },
  ];
}

/**
 * Continuing failures, too few to page: 6 times too fast for three hours of six is at least 2.5% of the allowance of 30 days. An incident
 * of less than an hour does not fill three of them, so that no ticket follows its page.
 */
export function postbacksFailingSlowly({ stage, own }: AlarmSubjects): AlarmDefinition {
  const { slowBurnRate, slowBurnSeverity } = stage.alarms;
  return {
    id: 'PostbacksFailingSlowly',
    severity: slowBurnSeverity,
    metric: own.postbackFailurePercent(Duration.hours(1), 1, 'Postbacks that failed in an hour (%)'),
    threshold: allowedPercent(stage, slowBurnRate),
    periods: { breaching: 3, of: 6 },
    usersLose: 'A few postbacks in a hundred get server errors, for hours: a postback without a retry is lost.',
    notAffected: 'clicks and redirects; most postbacks; recorded and queued conversions.',
    firstCommand: tracker(stage, 'status'),
  };
}

/** Per cent of failures that use up the allowance of 30 days this many times too fast. */
const allowedPercent = ({ alarms }: AlarmSubjects['stage'], burnRate: number): number =>
  Number((burnRate * (100 - alarms.postbackSuccessPercent)).toFixed(4));

function part({ stage, own }: AlarmSubjects, window: Window): AlarmDefinition {
  const { fastBurnRate, minimumFailedPostbacks } = stage.alarms;
  const threshold = allowedPercent(stage, fastBurnRate);
  return {
    id: `PostbackFailures${window.id}`,
    section: 'PostbacksFailing',
    severity: undefined,
    metric: own.postbackFailurePercent(
      window.period,
      window.long ? minimumFailedPostbacks : 1,
      `Postbacks that failed in ${window.inWords} (%)`,
    ),
    threshold,
    periods: window.periods,
    usersLose: `At least ${threshold}% of the postbacks in ${window.inWords} got a server error.`,
    notAffected: 'see RequestsFailing, which pages instead: this part rings nobody.',
    firstCommand: tracker(stage, 'status'),
  };
}
