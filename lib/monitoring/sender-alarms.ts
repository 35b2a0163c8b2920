import { tracker } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';

/** Alarms on mistakes or silence of senders. The tracker works, so that none of them pages; the first command names the integration. */
export function senderAlarms({ stage, own, platform, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  const persisting = { breaching: 2, of: 3 } as const;
  return [
    {
      id: 'PostbackRejections',
      severity: 'ticket',
      metric: own.percentOfPostbacks('postbackRejected', 'Postbacks rejected (%)'),
      threshold: alarms.rejectedPercent,
      periods: persisting,
      usersLose:
        'The postbacks of a sender cannot be recorded (macro, amount, status, unknown click): its conversions are missing.',
      notAffected: 'senders whose postbacks are right; the tracker itself works.',
      firstCommand: tracker(stage, 'postbacks search --result rejected --since 1h'),
    },
    {
      id: 'AmountsUnread',
      severity: 'ticket',
      metric: own.percentOfPostbacks('postbackAmountUnread', 'Recorded without the amount that came (%)'),
      threshold: alarms.amountUnreadPercent,
      periods: persisting,
      usersLose:
        'A sender uses another name for its amounts than its integration: its conversions are recorded without money.',
      notAffected: 'the conversions: a replay adds the amounts; other senders.',
      firstCommand: tracker(stage, 'postbacks search --warning AMOUNT_UNREAD --since 1h'),
    },
    {
      id: 'PostbacksUnmatched',
      severity: 'ticket',
      metric: own.outsideBand('postbackUnmatched', 'Unmatched out of its band', alarms.unmatchedPercent),
      threshold: 1,
      periods: persisting,
      usersLose:
        'More or fewer genuine click IDs than usual have no row: their postbacks wait an hour, then get CLICK_NOT_FOUND.',
      notAffected: 'conversions of stored clicks; forged click IDs are not counted here.',
      firstCommand: tracker(stage, 'postbacks search --reason PENDING_UNMATCHED --since 1h'),
    },
    {
      id: 'AuthenticationFailures',
      severity: 'ticket',
      metric: own.counter('postbackAuthenticationFailed'),
      threshold: alarms.authenticationFailures,
      periods: persisting,
      usersLose:
        'Either a sender has the wrong token or key and all its conversions are rejected, or somebody is guessing.',
      notAffected: 'senders with the right keys; no rejected request is recorded.',
      firstCommand: tracker(stage, 'postbacks search --result rejected --since 1h'),
    },
    {
      id: 'IntegrationsSilent',
      severity: 'ticket',
      metric: platform.silence(own.silentIntegrations()),
      threshold: 1,
      periods: { breaching: 2, of: 2 },
      silenceRings: true,
      usersLose:
        'An integration has stopped, its amounts are not read, or no server confirms its browser reports; or the watchdog does not run.',
      notAffected: 'other integrations; clicks.',
      firstCommand: `aws logs tail ${functions.watchdog.ownLogGroup.logGroupName} --since 3h --filter-pattern '{ ($.silentSince = "*") || ($.unreadSince = "*") || ($.unconfirmedSince = "*") }'`,
    },
  ];
}
