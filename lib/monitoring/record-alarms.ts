import { atOnce, errorLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** What is missing, or may be, from what is kept of postbacks. */
export function recordAlarms({ stage, own, functions }: AlarmSubjects): AlarmDefinition[] {
  return [
    {
      id: 'ConversionHistoryFull',
      severity: 'ticket',
      metric: own.counter('conversionHistoryFull'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'A conversion changed 64 times and takes no further change: its status and amount may now be out of date.',
      notAffected: 'every other conversion.',
      firstCommand: tracker(stage, 'postbacks search --reason TRANSITION_REFUSED --since 1h'),
    },
    {
      id: 'LogRowsLost',
      severity: 'ticket',
      metric: own.counter('logRowLost'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Some postbacks have no row in the postback log: support cannot look them up, and they cannot be replayed.',
      notAffected: 'verdicts and conversions: they stand as they were answered.',
      firstCommand: errorLogs(functions.postback),
    },
  ];
}
