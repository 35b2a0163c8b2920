import { errorLogs, tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Alarms on clicks, each of which was paid for and comes only once. They do not cover postbacks. */
export function clicksFailing({ stage, own, functions }: AlarmSubjects): AlarmDefinition {
  return {
    id: 'ClicksFailing',
    severity: undefined,
    metric: own.clickFailurePercent(),
    threshold: stage.alarms.clickFailurePercent,
    periods: { breaching: 2, of: 3 },
    usersLose:
      'Visitors see an error instead of the offer, or reach it while neither table nor queue stored their click: the traffic is wasted.',
    notAffected: 'recorded conversions. It rings nobody: RequestsFailing pages instead.',
    firstCommand: errorLogs(functions.click),
  };
}

/** A link leads to no campaign, or to a paused one whose traffic is still bought. */
export function clicksUnserved({ stage, own }: AlarmSubjects): AlarmDefinition {
  return {
    id: 'ClicksUnserved',
    severity: 'ticket',
    metric: own.clicksUnserved(),
    threshold: stage.alarms.unservedClicks,
    periods: { breaching: 2, of: 2 },
    usersLose: 'Paid visitors get no offer: their campaign is paused or unknown.',
    notAffected:
      'visitors of other campaigns; conversions. Visitors with a fallback URL are redirected there, and not recorded.',
    firstCommand: tracker(stage, 'status'),
  };
}
