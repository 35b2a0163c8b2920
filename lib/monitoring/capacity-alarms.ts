import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { errorLogs, tracker } from './alarm-definition';

/**
 * What is refused for its rate, and what soon would be. Where visitors or senders feel it, RequestsFailing calls: a click or a postback for
 * which Lambda has no function is a 5xx of the API, and counted as such.
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
      usersLose:
        'Requests end in 5xx by the count of API Gateway, which needs no log of ours. Alone it means the admin API.',
      notAffected: 'what is stored or queued already.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'RequestsThrottled',
      severity: 'ticket',
      metric: own.requestsThrottled(),
      threshold: alarms.requestsThrottled,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'Visitors or senders above the rate of their route get 429: clicks are lost, postbacks are sent again.',
      notAffected: 'the other routes, each of which has a rate of its own.',
      firstCommand: tracker(stage, 'status'),
    },
    {
      id: 'ConcurrencyNearLimit',
      severity: 'ticket',
      metric: platform.concurrencyPercent(),
      threshold: alarms.concurrencyPercent,
      periods: { breaching: 2, of: 3 },
      usersLose: 'Nothing yet: a little more traffic, here or elsewhere in the account, and functions are refused.',
      notAffected: 'everything, for now.',
      firstCommand: 'aws lambda get-account-settings',
    },
    {
      id: 'FunctionsNearTimeout',
      severity: 'ticket',
      metric: platform.durationPercent(),
      threshold: alarms.durationPercent,
      periods: { breaching: 3, of: 3 },
      usersLose: 'Little yet: answers are slow, and a little slower they become errors. Visitors leave before.',
      notAffected: 'what is stored or queued already.',
      firstCommand: errorLogs(functions.postback),
    },
  ];
}
