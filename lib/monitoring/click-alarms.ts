import { atOnce, errorLogs } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { minute } from './tracker-metrics';

/** What goes wrong with clicks, each of which was paid for. */
export function clickAlarms({ metrics, functions }: AlarmSubjects): AlarmDefinition[] {
  return [
    {
      id: 'ClicksLost',
      urgency: 'page',
      metric: metrics.counter('clickLost', minute),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Visitors reach the offer, but neither table nor queue took their click: its conversion cannot be matched.',
      notAffected: 'the visitors themselves; clicks that were stored or queued.',
      firstCommand: errorLogs(functions.click),
    },
    {
      id: 'ClicksFailed',
      urgency: 'page',
      metric: metrics.counter('clickFailed', minute),
      threshold: 1,
      periods: { breaching: 2, of: 5 },
      usersLose:
        'Visitors see an error instead of the offer: the campaign could not be read, and the traffic is wasted.',
      notAffected: 'campaigns that a running function still remembers; conversions already recorded.',
      firstCommand: errorLogs(functions.click),
    },
  ];
}
