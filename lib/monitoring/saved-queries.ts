import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { functionNames } from '../functions';
import type { FunctionName } from '../functions';
import type { TrackerFunction } from '../tracker-function';

/** The log groups of a query. */
type QueriedLog = FunctionName | 'access';

interface SavedQuery {
  readonly name: string;
  readonly logs: readonly QueriedLog[];
  readonly lines: readonly string[];
}

/** Both judge postbacks and write one line for each. */
const judging = ['postback', 'retry'] as const;

/**
 * On-call's queries in Logs Insights; docs/runbook.md says when to run each. Every request has a line with result, reason and
 * integration, or the outcome of the click; under load only some lines have the other fields, so that no count uses them.
 */
const savedQueries: readonly SavedQuery[] = [
  {
    name: 'Rejections by integration and reason',
    logs: judging,
    lines: [
      'filter result = "rejected"',
      'stats count(*) as postbacks by integration, reason',
      'sort postbacks desc',
      'limit 100',
    ],
  },
  {
    name: 'Amounts unread by integration',
    logs: judging,
    lines: [
      'filter warnings like "AMOUNT_UNREAD"',
      'stats count(*) as postbacks by integration, result',
      'sort postbacks desc',
      'limit 100',
    ],
  },
  {
    name: 'Warnings by integration',
    logs: judging,
    lines: [
      'filter ispresent(warnings)',
      'stats count(*) as postbacks by integration, warnings',
      'sort postbacks desc',
      'limit 100',
    ],
  },
  {
    name: 'Unmatched by integration',
    logs: judging,
    lines: [
      'filter reason in ["PENDING_UNMATCHED", "CLICK_NOT_FOUND"]',
      'stats count(*) as postbacks by integration, reason',
      'sort postbacks desc',
      'limit 100',
    ],
  },
  {
    name: 'Duplicates by integration',
    logs: judging,
    lines: [
      'filter result = "duplicate"',
      'stats count(*) as postbacks by integration, reason',
      'sort postbacks desc',
      'limit 100',
    ],
  },
  {
    name: 'Silent integrations',
    logs: ['watchdog'],
    lines: [
      'filter ispresent(silentSince) or ispresent(unreadSince) or ispresent(unconfirmedSince)',
      'fields @timestamp, integration, what, lastSeenAt, todo',
      'sort @timestamp desc',
      'limit 100',
    ],
  },
  {
    name: 'Postbacks answered 503 by minute',
    logs: ['postback'],
    lines: ['filter result = "error"', 'stats count(*) as postbacks by bin(1m)'],
  },
  {
    name: 'Clicks queued or lost by minute',
    logs: ['click'],
    lines: ['filter kept in ["queued", "lost"]', 'stats count(*) as clicks by kept, bin(1m)'],
  },
  {
    name: 'Clicks that no offer took',
    logs: ['click'],
    lines: [
      'filter ispresent(unserved)',
      'stats count(*) as clicks by unserved, campaign',
      'sort clicks desc',
      'limit 100',
    ],
  },
  {
    name: 'Slowest clicks and postbacks',
    logs: ['click', 'postback'],
    lines: [
      'filter ispresent(milliseconds)',
      'fields @timestamp, milliseconds, requestId, integration, campaign, result, reason, httpStatus, kept',
      'sort milliseconds desc',
      'limit 50',
    ],
  },
  {
    name: 'Errors by what was tried',
    logs: functionNames,
    lines: [
      'filter level = "ERROR"',
      'stats count(*) as errors, latest(detail) as newest by what, error',
      'sort errors desc',
      'limit 50',
    ],
  },
  {
    name: 'One request by its ID',
    logs: functionNames,
    lines: ['filter requestId = "PASTE THE REQUEST ID"', 'fields @timestamp, @log, @message', 'sort @timestamp asc'],
  },
  {
    // Each environment has a separate log stream: a new one has just started.
    name: 'Cold starts',
    logs: functionNames,
    lines: [
      'stats min(@timestamp) as firstSeen, count(*) as lines by @log, @logStream',
      'sort firstSeen desc',
      'limit 200',
    ],
  },
  {
    name: 'Answers by route and status',
    logs: ['access'],
    lines: [
      'filter status >= 429',
      'stats count(*) as requests, max(milliseconds) as slowest by routeKey, status, integrationStatus, integrationError',
      'sort requests desc',
      'limit 100',
    ],
  },
];

/** Props of `SavedQueries`. */
export interface SavedQueriesProps {
  readonly functions: Readonly<Record<FunctionName, TrackerFunction>>;
  readonly accessLog: ILogGroup;
}

/** The queries of Logs Insights that the runbook names, in a folder named like the stack. Saved queries cost nothing. */
export class SavedQueries extends Construct {
  readonly all: readonly CfnQueryDefinition[];

  constructor(scope: Construct, id: string, { functions, accessLog }: SavedQueriesProps) {
    super(scope, id);
    const groupOf = (log: QueriedLog): ILogGroup => (log === 'access' ? accessLog : functions[log].ownLogGroup);
    this.all = savedQueries.map(
      ({ name, logs, lines }) =>
        new CfnQueryDefinition(this, name.replaceAll(' ', ''), {
          name: `${Stack.of(this).stackName}/${name}`,
          logGroupNames: logs.map((log) => groupOf(log).logGroupName),
          queryString: lines.join('\n| '),
        }),
    );
  }
}
