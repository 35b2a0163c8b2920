import { atOnce, errorLogs, sourceLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Maximum seconds of a delivery in its queue: several functions process it, and each message is tried immediately. */
const lateSeconds = 900;
/** A quarter of the time that the stream keeps a change. */
const stoppedMilliseconds = 6 * 60 * 60_000;

/**
 * Failures between a recorded conversion and the postback to its traffic source. They never affect clicks and postbacks.
 */
export function deliveryAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const notAffected = 'clicks, postbacks, conversions and reports.';
  return [
    {
      id: 'DispatchingStopped',
      severity: 'page',
      metric: platform.dispatchingAge(),
      threshold: stoppedMilliseconds,
      periods: atOnce,
      usersLose: 'Changes of conversions wait. The stream drops them after 24 hours, and sources would not get them.',
      notAffected,
      firstCommand: errorLogs(functions.dispatch),
    },
    {
      id: 'DeliveriesLate',
      severity: 'ticket',
      metric: platform.oldestDeliveryAge(),
      threshold: lateSeconds,
      periods: { breaching: 2, of: 3 },
      usersLose: 'Nothing yet: traffic sources get conversions late, and optimize by older numbers.',
      notAffected,
      firstCommand: errorLogs(functions.deliver),
    },
    {
      id: 'DeliveriesFailing',
      severity: 'ticket',
      metric: own.bySource('deliveryNeedsPerson'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'A traffic source does not get conversions: it accepts nothing for days, or they or its document could not be read.',
      notAffected: 'other sources; conversions and reports.',
      names: `Source in AlarmContributorAttributes of this message, or ${tracker(stage, 'status')}.`,
      firstCommand: sourceLogs(functions.deliver),
    },
    {
      id: 'DeliveriesDeadLettered',
      severity: 'ticket',
      metric: platform.deadDeliveries(),
      threshold: 1,
      periods: atOnce,
      usersLose: 'Deliveries could not be tried: their messages are dead letters, kept for 14 days.',
      notAffected,
      firstCommand: errorLogs(functions.deliver),
    },
  ];
}
