import { atOnce, errorLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Seconds that a delivery may wait in its queue: several functions work it, and each message is tried at once. */
const lateSeconds = 900;
/** A quarter of what the stream keeps a change for. */
const stoppedMilliseconds = 6 * 60 * 60_000;

/** What goes wrong between a recorded conversion and the traffic source that is told of it. Nothing of it touches clicks and postbacks. */
export function deliveryAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const notAffected = 'clicks, postbacks, conversions and reports.';
  return [
    {
      id: 'DispatchingStopped',
      severity: 'page',
      metric: platform.dispatchingAge(),
      threshold: stoppedMilliseconds,
      periods: atOnce,
      usersLose:
        'Changes of conversions wait, and 24 hours after they were made the stream drops them: sources would not hear of them.',
      notAffected,
      firstCommand: errorLogs(functions.dispatch),
    },
    {
      id: 'DeliveriesLate',
      severity: 'ticket',
      metric: platform.oldestDeliveryAge(),
      threshold: lateSeconds,
      periods: { breaching: 2, of: 3 },
      usersLose: 'Nothing yet: traffic sources hear of conversions late, and optimize by older numbers.',
      notAffected,
      firstCommand: errorLogs(functions.deliver),
    },
    {
      id: 'DeliveriesUnplanned',
      severity: 'ticket',
      metric: own.counter('deliveryUnplanned'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Changes of conversions, or the document of a source, could not be read: the source does not hear of them.',
      notAffected,
      firstCommand: errorLogs(functions.dispatch),
    },
    {
      id: 'DeliveriesExhausted',
      severity: 'ticket',
      metric: own.counter('deliveryExhausted'),
      threshold: 1,
      periods: atOnce,
      usersLose: 'A traffic source did not take conversions for three days: they are not tried any more.',
      notAffected: 'other sources; conversions and reports.',
      firstCommand: tracker(stage, 'deliveries search --source ID --state exhausted'),
    },
    {
      id: 'SourceSuspended',
      severity: 'ticket',
      metric: own.counter('sourceSuspended'),
      threshold: 1,
      periods: atOnce,
      usersLose: 'A traffic source has accepted nothing for three days: its deliveries are held until somebody looks.',
      notAffected: 'other sources; conversions and reports.',
      firstCommand: tracker(stage, 'deliveries search --source ID --state held'),
    },
  ];
}
