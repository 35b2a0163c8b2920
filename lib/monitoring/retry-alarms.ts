import { atOnce, errorLogs, queueDepth } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** What goes wrong between "acknowledged" and "stored". */
export function retryAlarms({ stage, metrics, retryPath, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  const deadLetterQueueUrl = retryPath.deadLetterQueue.queueUrl;
  return [
    {
      id: 'EventsQueued',
      urgency: 'ticket',
      metric: metrics.eventsQueued(),
      threshold: alarms.queuedEvents,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'Nothing yet: a table does not take writes, so clicks and postbacks wait in the retry queue and show late.',
      notAffected: 'redirects; acknowledgements to senders.',
      firstCommand: queueDepth(retryPath.retryQueue.queueUrl),
    },
    {
      id: 'RetriesStuck',
      urgency: 'page',
      metric: metrics.stuckRetryAge(alarms.oldestRetrySeconds),
      threshold: alarms.oldestRetrySeconds,
      periods: { breaching: 3, of: 3 },
      usersLose:
        'Acknowledged clicks and conversions wait and none is being finished; after 4 days in the queue they are gone.',
      notAffected: 'what is stored at once; redirects.',
      firstCommand: errorLogs(functions.retry),
    },
    {
      id: 'DeadLetterQueueNotEmpty',
      urgency: 'page',
      metric: metrics.deadLetters(),
      threshold: 1,
      periods: atOnce,
      usersLose: 'Acknowledged clicks or conversions were given up on; they are kept for 14 days and need a person.',
      notAffected: 'everything that is stored; new clicks and postbacks.',
      firstCommand: queueDepth(deadLetterQueueUrl),
    },
    {
      id: 'MessagesDeadLettered',
      urgency: 'ticket',
      metric: metrics.counter('messageDeadLettered'),
      threshold: 1,
      periods: atOnce,
      usersLose: 'The retry function has just given up on a click or conversion, and wrote down why.',
      notAffected: 'everything that is stored; the other messages in the retry queue.',
      firstCommand: `aws sqs receive-message --queue-url ${deadLetterQueueUrl} --message-attribute-names All --visibility-timeout 5`,
    },
  ];
}
