import { AttributeType, Billing, ContributorInsightsMode, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Attribute } from 'aws-cdk-lib/aws-dynamodb';
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { tableKey } from '../lambdas/contract';
import type { DataPolicy } from './data-policy';

/** Props of `TrackingTables`. */
export interface TrackingTablesProps {
  readonly data: DataPolicy;
  /** Whether CloudWatch reports which keys are throttled. */
  readonly hotKeyInsights: boolean;
}

const textKey = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/**
 * All tables of the tracker. On demand, and without secondary indexes: an index doubles each write, and a hot campaign in it would
 * throttle its table.
 */
export class TrackingTables extends Construct {
  /** Every version of campaigns, integrations and sources. */
  readonly config: TableV2;
  /** One row per click, which expires some time after its attribution window. */
  readonly clicks: TableV2;
  /** One row per conversion, kept for ever: a duplicate is recognised by it. */
  readonly conversions: TableV2;
  /** One row per postback request with its verdict, for support and for replay. */
  readonly postbackLog: TableV2;
  /** One random key per UTC day, which makes the visits of one machine on that day one visitor's. */
  readonly visitorKeys: TableV2;

  constructor(scope: Construct, id: string, { data, hotKeyInsights }: TrackingTablesProps) {
    super(scope, id);
    this.config = new TableV2(this, 'Config', {
      ...data.table,
      // A few rows that a team edits by hand: the limit is for tables that strangers write to.
      billing: Billing.onDemand(),
      partitionKey: textKey(tableKey.config.partition),
      sortKey: textKey(tableKey.config.sort),
    });
    this.clicks = new TableV2(this, 'Clicks', {
      ...data.table,
      partitionKey: textKey(tableKey.clicks.partition),
      timeToLiveAttribute: tableKey.clicks.timeToLive,
      // An erased or changed click is also counted with its former values.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.conversions = new TableV2(this, 'Conversions', {
      ...data.table,
      partitionKey: textKey(tableKey.conversions.partition),
      sortKey: textKey(tableKey.conversions.sort),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      // Only in this table senders choose the key of a write, repeatedly. CloudWatch bills each watched key of a table by the month, so
      // the other tables, whose keys are spread by this code, are not watched.
      ...(hotKeyInsights && {
        contributorInsightsSpecification: { enabled: true, mode: ContributorInsightsMode.THROTTLED_KEYS },
      }),
    });
    this.postbackLog = new TableV2(this, 'PostbackLog', {
      ...data.table,
      partitionKey: textKey(tableKey.postbackLog.partition),
      sortKey: textKey(tableKey.postbackLog.sort),
      timeToLiveAttribute: tableKey.postbackLog.timeToLive,
    });
    this.visitorKeys = new TableV2(this, 'VisitorKeys', {
      ...data.table,
      billing: Billing.onDemand(),
      // A restored key could identify a visitor: none outlives its two days, in no backup and no retained table.
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      deletionProtection: false,
      removalPolicy: RemovalPolicy.DESTROY,
      partitionKey: textKey(tableKey.visitorKeys.partition),
      timeToLiveAttribute: tableKey.visitorKeys.timeToLive,
    });
    Validations.of(this.visitorKeys).acknowledge(
      { id: 'AwsSolutions-DDB3', reason: 'Its keys are deleted after two days: a backup would keep them.' },
      { id: 'Serverless-DynamoDBPITR', reason: 'Its keys are deleted after two days: a backup would keep them.' },
    );
  }
}

/** Streams of the tables. */
export function streamArn(table: TableV2): string {
  const { tableStreamArn } = table;
  if (tableStreamArn === undefined) throw new Error(`${table.node.path} has no stream`);
  return tableStreamArn;
}
