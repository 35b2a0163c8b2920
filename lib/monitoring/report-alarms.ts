import { atOnce, errorLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Failures between a stored change and a report. They never affect clicks and postbacks. */
export function reportAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  return [
    {
      id: 'CountingLate',
      severity: 'ticket',
      metric: platform.countingAge(),
      threshold: alarms.countingLateSeconds * 1000,
      periods: { breaching: 2, of: 3 },
      usersLose: 'Nothing yet: reports lack the newest clicks and conversions, and count them after this ends.',
      notAffected: 'clicks, postbacks and their conversions; older numbers.',
      firstCommand: errorLogs(functions.count),
    },
    {
      id: 'CountingStopped',
      severity: 'page',
      metric: platform.countingAge(),
      threshold: alarms.countingStoppedSeconds * 1000,
      periods: atOnce,
      usersLose: 'Changes wait uncounted. The streams drop them after 24 hours, and reports would lack them.',
      notAffected: 'clicks, postbacks and their conversions, which the tables keep.',
      firstCommand: errorLogs(functions.count),
    },
    {
      id: 'FactsUncounted',
      severity: 'ticket',
      metric: own.counter('factsUncounted'),
      threshold: 1,
      periods: atOnce,
      usersLose: 'Changes of clicks or conversions could not be read and are stored apart: no report shows them.',
      notAffected: 'all other changes; the tables.',
      firstCommand: errorLogs(functions.count),
    },
    {
      id: 'CompactionFailing',
      severity: 'info',
      metric: platform.compactionErrors(),
      threshold: 2,
      periods: { breaching: 2, of: 2 },
      usersLose:
        'Nothing yet: numbers stay right, reports become slower, and erased visitors stay in their files until it runs.',
      notAffected: 'the numbers of every report.',
      firstCommand: tracker(stage, 'status'),
    },
  ];
}
