import { atOnce, errorLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { hour } from './own-metrics';

/** Failures between "acknowledged" and "stored". Messages wait for days, so that only those about to expire page. */
export function retryAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  return [
    {
      id: 'EventsQueued',
      severity: 'ticket',
      metric: own.eventsQueued(),
      threshold: alarms.queuedEvents,
      // Rings after one period, and for a quarter of an hour: one short outage is then one ticket.
      periods: { breaching: 1, of: 3 },
      usersLose:
        'Nothing yet: a table rejects writes, so clicks and postbacks wait in the retry queue and appear late.',
      notAffected: 'redirects; acknowledgements to senders.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'RetriesStuck',
      severity: 'ticket',
      metric: platform.retriesStuck(),
      threshold: 1,
      periods: { breaching: 3, of: 3 },
      usersLose:
        'Nothing yet: acknowledged clicks and conversions wait, none is finished, and they become dead letters after 5 days.',
      notAffected: 'clicks and postbacks that the tables take directly; redirects.',
      firstCommand: errorLogs(functions.retry),
    },
    {
      id: 'RetriesExpiring',
      severity: 'page',
      // A message that failed often is tried only each half hour.
      metric: platform.longestRetry(own.retryWait(hour)),
      threshold: alarms.expiringRetrySeconds,
      periods: atOnce,
      usersLose: 'Acknowledged clicks and conversions have waited for a day or more, and soon become dead letters.',
      notAffected: 'clicks and postbacks that the tables take directly; redirects.',
      firstCommand: errorLogs(functions.retry),
    },
    {
      id: 'RetryFunctionErrors',
      severity: 'ticket',
      metric: platform.retryFunctionErrors(),
      threshold: 1,
      periods: { breaching: 3, of: 3 },
      usersLose:
        'Nothing yet: the retry function crashes or times out. A message that ends it becomes a dead letter within hours.',
      notAffected: 'clicks and postbacks that the tables take directly; redirects; answers to senders.',
      firstCommand: errorLogs(functions.retry),
    },
    {
      id: 'DeadLetterQueueNotEmpty',
      severity: 'ticket',
      metric: platform.deadLetters(),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Nothing yet: the tracker gave up on acknowledged clicks or conversions. They are kept for 14 days and need a person.',
      notAffected: 'everything stored; new clicks and postbacks.',
      firstCommand: tracker(stage, 'dead-letters list'),
    },
    {
      id: 'DeadLettersExpiring',
      severity: 'page',
      metric: platform.deadLettersLeft(),
      threshold: 1,
      periods: { breaching: alarms.deadLetterDays, of: alarms.deadLetterDays },
      usersLose: `The dead letter queue was not empty for ${alarms.deadLetterDays} days. SQS deletes its clicks and conversions after 14.`,
      notAffected: 'everything stored; new clicks and postbacks.',
      firstCommand: tracker(stage, 'dead-letters list'),
    },
  ];
}
