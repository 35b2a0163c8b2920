import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { errorLogs, tracker } from './alarm-definition';

/**
 * Alarms on throttling, present or near. Throttling that visitors or senders notice is paged by RequestsFailing: a click or postback
 * without a free function is a 5xx of the API.
 */
export function capacityAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  return [
    {
      id: 'ApiServerErrors',
      severity: 'ticket',
      metric: own.withoutPrefetches(platform.apiServerErrors(), 'Answered 5xx (API)'),
      threshold: alarms.apiServerErrors,
      periods: { breaching: 3, of: 5 },
      usersLose: 'Requests get 5xx, by API Gateway’s own count. Alone it means the admin API.',
      notAffected: 'stored and queued clicks and postbacks.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'RequestsThrottled',
      severity: 'ticket',
      metric: own.requestsThrottled(),
      threshold: alarms.requestsThrottled,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'Visitors or senders above the rate of their route get 429: clicks are lost, most postbacks are retried.',
      notAffected: 'the other routes: each has its own rate.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'ConcurrencyNearLimit',
      severity: 'ticket',
      metric: platform.concurrencyPercent(),
      threshold: alarms.concurrencyPercent,
      periods: { breaching: 2, of: 3 },
      usersLose: 'Nothing yet: Lambda rejects calls after a little more traffic, here or elsewhere in the account.',
      notAffected: 'everything, for now.',
      firstCommand: 'aws lambda get-account-settings',
    },
    {
      id: 'FunctionsNearTimeout',
      severity: 'ticket',
      metric: platform.durationPercent(),
      threshold: alarms.durationPercent,
      periods: { breaching: 3, of: 3 },
      usersLose: 'Little yet: answers are slow, and become errors if they are a little slower. Visitors leave earlier.',
      notAffected: 'stored and queued clicks and postbacks.',
      firstCommand: errorLogs(functions.postback),
    },
  ];
}
