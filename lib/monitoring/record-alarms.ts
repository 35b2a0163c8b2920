import { atOnce, errorLogs } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Alarms on postbacks whose record is missing, or may be. */
export function recordAlarms({ own, functions }: AlarmSubjects): AlarmDefinition[] {
  return [
    {
      id: 'LogRowsLost',
      severity: 'ticket',
      metric: own.counter('logRowLost'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Some postbacks have no row in the postback log: support cannot look them up, and they cannot be replayed.',
      notAffected: 'verdicts in the answers, and conversions.',
      firstCommand: errorLogs(functions.postback),
    },
  ];
}
