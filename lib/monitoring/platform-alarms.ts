import { errorLogs } from './alarm-definition';
import type { AlarmDefinition, AlarmSubjects } from './alarm-definition';
import { tableNames } from './tracker-metrics';
import type { TableName } from './tracker-metrics';

/** A table that refuses requests for their rate, and who feels it. */
const throttledTables: Record<
  TableName,
  { readonly id: string; readonly usersLose: string; readonly notAffected: string }
> = {
  config: {
    id: 'ConfigTableThrottled',
    usersLose:
      'A function that does not yet remember a campaign cannot read it: its visitors and senders get an error.',
    notAffected: 'functions that remember the campaign; conversions already recorded.',
  },
  clicks: {
    id: 'ClicksTableThrottled',
    usersLose:
      'Nothing while the retry queue takes what this table refuses; redirects are slower and clicks show late.',
    notAffected: 'the other tables.',
  },
  conversions: {
    id: 'ConversionsTableThrottled',
    usersLose:
      'Nothing while the retry queue takes what this table refuses; senders get 202 and conversions show late.',
    notAffected: 'clicks and redirects; the other tables.',
  },
  postbackLog: {
    id: 'PostbackLogTableThrottled',
    usersLose: 'Nothing while the retry queue takes what this table refuses; log rows show late.',
    notAffected: 'verdicts, conversions, clicks; the other tables.',
  },
};

/** What AWS itself reports: witnesses that do not depend on our code having survived to count. */
export function platformAlarms({ stage, metrics, tables, functions }: AlarmSubjects): AlarmDefinition[] {
  const { alarms } = stage;
  return [
    {
      id: 'ApiServerErrors',
      urgency: 'page',
      metric: metrics.apiServerErrors(),
      threshold: alarms.apiServerErrors,
      periods: { breaching: 3, of: 5 },
      usersLose: 'Visitors or senders get an error from the API: clicks are wasted or conversions not taken.',
      notAffected: 'what is stored or queued already.',
      firstCommand: errorLogs(functions.postback),
    },
    {
      id: 'FunctionErrors',
      urgency: 'page',
      metric: metrics.functionErrors(),
      threshold: 1,
      periods: { breaching: 3, of: 5 },
      usersLose: 'A function crashes or runs out of time: what it was doing for a visitor or sender failed.',
      notAffected: 'functions without errors (see the dashboard); a failed retry comes back by itself.',
      firstCommand: errorLogs(functions.postback),
    },
    {
      id: 'FunctionThrottles',
      urgency: 'page',
      metric: metrics.functionThrottles(),
      threshold: alarms.functionThrottles,
      periods: { breaching: 2, of: 5 },
      usersLose: 'The account runs as many functions as it may: further visitors and senders get an error.',
      notAffected: 'requests that got a function; queued messages, which wait.',
      firstCommand: 'aws lambda get-account-settings',
    },
    ...tableNames.map((name): AlarmDefinition => ({
      ...throttledTables[name],
      section: 'TableThrottled',
      urgency: 'ticket',
      metric: metrics.tableThrottles(name),
      threshold: alarms.tableThrottles,
      periods: { breaching: 3, of: 5 },
      firstCommand: `aws dynamodb describe-table --table-name ${tables[name].tableName}`,
    })),
    {
      id: 'TableSystemErrors',
      urgency: 'ticket',
      metric: metrics.tableSystemErrors(),
      threshold: 5,
      periods: { breaching: 3, of: 5 },
      usersLose: 'Nothing while retries and the queue cover it: DynamoDB itself answers with errors.',
      notAffected: 'redirects of campaigns that are remembered.',
      firstCommand: 'aws health describe-events --region us-east-1 --filter services=DYNAMODB,eventStatusCodes=open',
    },
  ];
}
