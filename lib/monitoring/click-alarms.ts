import { errorLogs } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** What goes wrong with clicks, each of which was paid for and comes only once. It says nothing of postbacks. */
export function clicksFailing({ stage, own, functions }: AlarmSubjects): AlarmDefinition {
  return {
    id: 'ClicksFailing',
    severity: undefined,
    metric: own.clickFailurePercent(),
    threshold: stage.alarms.clickFailurePercent,
    periods: { breaching: 2, of: 3 },
    usersLose:
      'Visitors see an error instead of the offer, or reach it while neither table nor queue took their click: the traffic is wasted.',
    notAffected: 'conversions already recorded. It rings nobody by itself: RequestsFailing pages in its place.',
    firstCommand: errorLogs(functions.click),
  };
}
