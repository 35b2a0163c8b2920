import { atOnce, errorLogs } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { fiveMinutes, minute } from './tracker-metrics';

const latestRejected = (tableName: string): string =>
  `aws dynamodb query --table-name ${tableName} --key-condition-expression 'hourAndShard = :h' ` +
  `--expression-attribute-values "{\\":h\\":{\\"S\\":\\"$(date -u +%Y-%m-%dT%H)#00\\"}}" --no-scan-index-forward --limit 20`;

/** What goes wrong with postbacks: our fault, the sender's, or somebody's who is neither. */
export function postbackAlarms({ stage, metrics, tables, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  const readLog = latestRejected(tables.postbackLog.tableName);
  return [
    {
      id: 'PostbackServerFaults',
      urgency: 'page',
      metric: metrics.percentOfPostbacks(
        'postbackFailed',
        alarms.minimumPostbacks,
        minute,
        'Postbacks answered 503 (%)',
      ),
      threshold: alarms.serverFaultPercent,
      periods: { breaching: 3, of: 5 },
      usersLose: 'Senders get 503: conversions are lost from any sender that does not send again.',
      notAffected: 'clicks and redirects; conversions already recorded or queued.',
      firstCommand: errorLogs(functions.postback),
    },
    {
      id: 'PostbackRejections',
      urgency: 'ticket',
      metric: metrics.percentOfPostbacks(
        'postbackRejected',
        alarms.minimumPostbacks,
        fiveMinutes,
        'Postbacks rejected (%)',
      ),
      threshold: alarms.rejectedPercent,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'A sender sends what cannot be recorded (macro, amount, status, unknown click): its conversions are missing.',
      notAffected: 'senders whose postbacks are right; the tracker itself works.',
      firstCommand: readLog,
    },
    {
      id: 'PostbacksUnmatched',
      urgency: 'ticket',
      metric: metrics.percentOfPostbacks(
        'postbackUnmatched',
        alarms.minimumPostbacks,
        fiveMinutes,
        'Postbacks unmatched (%)',
      ),
      threshold: alarms.unmatchedPercent,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'Click IDs that we made have no row: their postbacks wait for an hour and are then refused as CLICK_NOT_FOUND.',
      notAffected: 'conversions of clicks that are stored; forged click IDs are not counted here.',
      firstCommand: errorLogs(functions.click),
    },
    {
      id: 'AuthenticationFailures',
      urgency: 'ticket',
      metric: metrics.counter('postbackAuthenticationFailed'),
      threshold: alarms.authenticationFailures,
      periods: { breaching: 2, of: 3 },
      usersLose:
        'Either a sender has the wrong token or key and all its conversions are refused, or somebody is guessing.',
      notAffected: 'senders with the right keys; nothing that was refused is recorded.',
      firstCommand: readLog,
    },
    {
      id: 'ConversionHistoryFull',
      urgency: 'ticket',
      metric: metrics.counter('conversionHistoryFull'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'A conversion changed 64 times and takes no further change: its status and amount may now be out of date.',
      notAffected: 'every other conversion.',
      firstCommand: errorLogs(functions.postback),
    },
    {
      id: 'LogRowsLost',
      urgency: 'ticket',
      metric: metrics.counter('logRowLost'),
      threshold: 1,
      periods: atOnce,
      usersLose:
        'Some postbacks have no row in the postback log: support cannot look them up, and they cannot be replayed.',
      notAffected: 'verdicts and conversions: they stand as they were answered.',
      firstCommand: errorLogs(functions.postback),
    },
  ];
}
