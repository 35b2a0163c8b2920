import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clickErasure, type ClickErasure } from '../../adapters/click-erasure';
import { clicksTable, type ClicksTable } from '../../adapters/clicks-table';
import { configurationHistory, type ConfigurationHistory } from '../../adapters/configuration-history';
import { configurationTable } from '../../adapters/configuration-table';
import { conversionErasure, type ConversionErasure } from '../../adapters/conversion-erasure';
import { conversionReader, type ConversionReader } from '../../adapters/conversion-reader';
import { conversionsTable } from '../../adapters/conversions-table';
import { deadLetterQueue, type DeadLetterQueue } from '../../adapters/dead-letter-queue';
import { deliveriesReader, type DeliveriesReader } from '../../adapters/deliveries-reader';
import { deliveriesTable, type DeliveriesTable } from '../../adapters/deliveries-table';
import { deliveryQueue, type DeliveryQueue } from '../../adapters/delivery-queue';
import { requireEnvironment } from '../../adapters/environment';
import { keyUseReader, keyUseTable, type KeyUseReader } from '../../adapters/key-use-table';
import { masterSecret, type MasterSecret } from '../../adapters/master-secret';
import type { Deadline } from '../../adapters/deadline';
import { readManifest } from '../../adapters/manifest';
import { engineFromEnvironment, type ReportEngine } from '../../adapters/report-engine';
import { sendOutbound } from '../../adapters/outbound-http';
import { transactionReader, type TransactionReader } from '../../adapters/transaction-index';
import { outboundRules } from '../../adapters/outbound-rules';
import { postbackLogReader, type PostbackLogReader } from '../../adapters/postback-log-reader';
import { postbackLogTable, type PostbackLogTable } from '../../adapters/postback-log-table';
import { reversalMarks } from '../../adapters/reversal-marks';
import { retryQueue, type RetryQueue } from '../../adapters/retry-queue';
import { sqsClient } from '../../adapters/sqs';
import type { Item } from '../../adapters/item';
import { sourceHealthTable, type SourceHealthTable } from '../../adapters/source-health-table';
import { sourceSecrets, type SourceSecrets } from '../../adapters/source-secrets';
import { scanTable, type SegmentPosition } from '../../adapters/table-scan';
import { readServedDocument, type ServedKind } from '../../domain/configuration/served-document';
import type { Manifest } from '../../domain/facts/manifest';
import type { Attempt } from '../../domain/outbound/judge';
import type { OutboundRequest } from '../../domain/outbound/request';
import { templateOf } from '../../domain/outbound/sources';
import type { SourceTemplate } from '../../domain/outbound/sources/template';
import { accessTokens, type AccessTokens } from '../../outbound/access-tokens';
import type { JudgementStores } from '../../judgement/judge';
import { recountServices, type RecountServices } from './recount-services';

/** The services of reports. */
export interface ReportServices {
  readonly engine: ReportEngine;
  readManifest(deadline: Deadline): Promise<Manifest>;
}

/** The services of an audit beside the reports. */
export interface AuditServices {
  /** Scans a stretch of one table; returns where each segment continues. */
  scan(
    table: 'clicks' | 'conversions',
    positions: readonly SegmentPosition[],
    deadline: Deadline,
    onItem: (item: Item) => void,
  ): Promise<readonly SegmentPosition[]>;
}

/** The services of outbound postbacks. */
export interface OutboundServices {
  readonly reader: DeliveriesReader;
  readonly deliveries: Pick<DeliveriesTable, 'ofGroup'>;
  readonly queue: DeliveryQueue;
  readonly health: Pick<SourceHealthTable, 'of'>;
  readonly secrets: SourceSecrets;
  templateOf(id: string): SourceTemplate | undefined;
  send(request: OutboundRequest, isSecret: boolean): Promise<Attempt>;
  readonly accessTokens: AccessTokens;
}

/** The services of the routes. */
export interface Services {
  readonly configuration: ConfigurationHistory;
  readonly clicks: ClicksTable;
  readonly postbackLog: PostbackLogReader;
  readonly conversions: ConversionReader;
  /** Returns the reader of clicks by transaction ID. */
  transactions(): TransactionReader;
  readonly master: MasterSecret;
  /** Writes rows of the log. */
  readonly postbackLogTable: PostbackLogTable;
  readonly keyUse: KeyUseReader;
  readonly clickErasure: ClickErasure;
  readonly conversionErasure: ConversionErasure;
  /** Returns the stores of judgement, with a memory of the configuration that is as young as this call. */
  judgement(): JudgementStores;
  /** Made by the first request that asks for a report. */
  reports(): ReportServices;
  audit(): AuditServices;
  recounting(): RecountServices;
  outbound(): OutboundServices;
  /** The two queues; made by the first request that asks for them. */
  queues(): { readonly retryQueue: RetryQueue; readonly deadLetters: DeadLetterQueue };
}

/** Far longer than a call: within one, a document is read once. */
const configurationSeconds = 3600;

export function servicesFromEnvironment(client: DynamoDBClient): Services {
  const logTable = postbackLogTable(client, requireEnvironment('postbackLogTable'));
  const master = masterSecret(requireEnvironment('masterSecretArn'));
  const clicks = clicksTable(client, requireEnvironment('clicksTable'));
  let queues: ReturnType<Services['queues']> | undefined;
  let reports: ReportServices | undefined;
  let outbound: OutboundServices | undefined;
  let recounting: RecountServices | undefined;
  return {
    configuration: configurationHistory(client, requireEnvironment('configTable')),
    clicks,
    postbackLog: postbackLogReader(client, requireEnvironment('postbackLogTable')),
    conversions: conversionReader(client, requireEnvironment('conversionsTable')),
    transactions: () => transactionReader(client, requireEnvironment('factsTable')),
    master,
    postbackLogTable: logTable,
    keyUse: keyUseReader(client, requireEnvironment('postbackLogTable')),
    clickErasure: clickErasure(client, requireEnvironment('clicksTable')),
    conversionErasure: conversionErasure(client, requireEnvironment('conversionsTable')),
    judgement: () => ({
      configuration: configurationTable<ServedKind>(
        client,
        requireEnvironment('configTable'),
        configurationSeconds,
        readServedDocument,
      ),
      clicks,
      masterSecret: master,
      conversions: conversionsTable(client, requireEnvironment('conversionsTable')),
      postbackLog: logTable,
      keyUse: keyUseTable(client, requireEnvironment('postbackLogTable')),
      reversalMarks: reversalMarks(client, requireEnvironment('clicksTable')),
      // A replayed row goes when it was to go.
      logRetentionDays: 0,
    }),
    queues: () => (queues ??= queuesFromEnvironment()),
    audit: () => ({
      scan: (table, positions, deadline, onItem) =>
        scanTable(client, requireEnvironment(`${table}Table`), positions, deadline, onItem),
    }),
    recounting: () => (recounting ??= recountServices(client)),
    outbound: () => (outbound ??= outboundFromEnvironment(client)),
    reports: () => (reports ??= reportsFromEnvironment(client)),
  };
}

function reportsFromEnvironment(client: DynamoDBClient): ReportServices {
  const table = requireEnvironment('factsTable');
  return {
    engine: engineFromEnvironment(),
    readManifest: (deadline) => readManifest(client, table, deadline),
  };
}

function outboundFromEnvironment(client: DynamoDBClient): OutboundServices {
  const table = requireEnvironment('deliveriesTable');
  const rules = outboundRules();
  return {
    reader: deliveriesReader(client, table),
    deliveries: deliveriesTable(client, table),
    queue: deliveryQueue(sqsClient(), requireEnvironment('deliveryQueueUrl')),
    health: sourceHealthTable(client, table),
    secrets: sourceSecrets(client, requireEnvironment('configTable')),
    templateOf,
    send: (request, isSecret) => sendOutbound(request, { ...rules, isSecret }),
    accessTokens: accessTokens(
      (request) => sendOutbound(request, { ...rules, isSecret: true }),
      () => Date.now(),
    ),
  };
}

function queuesFromEnvironment(): ReturnType<Services['queues']> {
  const client = sqsClient();
  return {
    retryQueue: retryQueue(client, requireEnvironment('retryQueueUrl')),
    deadLetters: deadLetterQueue(client, requireEnvironment('deadLetterQueueUrl')),
  };
}
