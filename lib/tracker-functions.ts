import * as path from 'node:path';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { countryFileName, environmentVariable, factsPrefix, functionTimeoutSeconds } from '../lambdas/contract';
import { factSets } from '../lambdas/domain/facts/columns';
import { functionAccess, resourceNames } from './function-access';
import type { FunctionAccess, FunctionName, ResourceName, VariableName } from './function-access';
import { keyAccess } from './key-access';
import { LiveAlias } from './live-alias';
import type { MasterSecret } from './master-secret';
import type { FactStore } from './reports/fact-store';
import type { DeliveryPath } from './outbound/delivery-path';
import type { ReportDatabase } from './reports/report-database';
import type { RetryPath } from './retry-path';
import type { StageConfiguration } from './stage-configuration';
import { publicUrlOf } from './stage/address-settings';
import { settingsOf } from './stage/function-settings';
import { TrackerFunction } from './tracker-function';
import { streamArn, type TrackingTables } from './tracking-tables';

/** What `TrackerFunctions` needs: everything that a function may be let at. */
export interface TrackerFunctionsProps {
  readonly stage: StageConfiguration;
  readonly tables: TrackingTables;
  readonly facts: FactStore;
  readonly reports: ReportDatabase;
  readonly retryPath: RetryPath;
  readonly deliveryPath: DeliveryPath;
  readonly masterSecret: MasterSecret;
  /** What encrypts them, where the stage names a key. */
  readonly key?: IKey | undefined;
}

/** What is allowed on objects is allowed below a prefix: they are named as they are written. */
const prefixesOf = {
  factObjects: factSets.map((set) => factsPrefix[set]),
  reportResults: [factsPrefix.results],
} as const satisfies Partial<Record<ResourceName, readonly string[]>>;

/** The functions, each with the variables and permissions of its row in function-access.ts and no others. */
export class TrackerFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, TrackerFunction>>;
  /** What is called, by the API, the queue or a schedule: the released version of each. */
  readonly live: Readonly<Record<FunctionName, LiveAlias>>;

  constructor(scope: Construct, id: string, props: TrackerFunctionsProps) {
    super(scope, id);
    const { stage, tables, facts, reports, retryPath, deliveryPath, masterSecret, key } = props;
    const { retryQueue, deadLetterQueue } = retryPath;
    const variables: Record<VariableName, string> = {
      configTable: tables.config.tableName,
      clicksTable: tables.clicks.tableName,
      conversionsTable: tables.conversions.tableName,
      postbackLogTable: tables.postbackLog.tableName,
      visitorKeysTable: tables.visitorKeys.tableName,
      factsTable: facts.table.tableName,
      factsBucket: facts.bucket.bucketName,
      reportsWorkGroup: reports.workGroupName,
      reportsDatabase: reports.databaseName,
      deliveriesTable: deliveryPath.table.tableName,
      deliveryQueueUrl: deliveryPath.queue.queueUrl,
      retryQueueUrl: retryQueue.queueUrl,
      deadLetterQueueUrl: deadLetterQueue.queueUrl,
      masterSecretArn: masterSecret.secret.secretArn,
      configCacheSeconds: String(stage.configCacheSeconds),
      postbackLogRetentionDays: String(stage.postbackLogRetentionDays),
      publicUrl: publicUrlOf(stage) ?? '',
      fallbackUrl: stage.fallbackUrl ?? '',
    };
    const arns: Record<ResourceName, string | readonly string[]> = {
      config: tables.config.tableArn,
      clicks: tables.clicks.tableArn,
      conversions: tables.conversions.tableArn,
      clicksStream: streamArn(tables.clicks),
      conversionsStream: streamArn(tables.conversions),
      everyStream: '*',
      postbackLog: tables.postbackLog.tableArn,
      visitorKeys: tables.visitorKeys.tableArn,
      facts: facts.table.tableArn,
      factObjects: prefixesOf.factObjects.map((prefix) => facts.bucket.arnForObjects(`${prefix}*`)),
      reportResults: prefixesOf.reportResults.map((prefix) => facts.bucket.arnForObjects(`${prefix}*`)),
      factsBucket: facts.bucket.bucketArn,
      reportsWorkGroup: reports.workGroupArn,
      reportsCatalog: reports.catalogArns,
      retryQueue: retryQueue.queueArn,
      deadLetterQueue: deadLetterQueue.queueArn,
      deliveries: deliveryPath.table.tableArn,
      dueDeliveries: deliveryPath.indexArn('due'),
      deliveriesBySource: deliveryPath.indexArn('bySource'),
      deliveryQueue: deliveryPath.queue.queueArn,
      masterSecret: masterSecret.secret.secretArn,
    };
    const { countryFile } = stage.reports;
    const build = (name: FunctionName, constructId: string): TrackerFunction => {
      const { description, environment, actions } = functionAccess[name];
      const built = new TrackerFunction(this, constructId, {
        stage,
        description,
        key,
        settings: settingsOf(stage, name),
        entry: path.join(__dirname, '..', 'lambdas', name, 'handler.ts'),
        timeout: Duration.seconds(functionTimeoutSeconds[name]),
        ...(name === 'count' && countryFile !== undefined && { files: { [countryFileName]: countryFile } }),
        environment: Object.fromEntries(
          environment.map((variable) => [environmentVariable[variable], variables[variable]]),
        ),
      });
      for (const resource of resourceNames) {
        const allowed = actions[resource];
        if (allowed)
          built.addToRolePolicy(new PolicyStatement({ actions: [...allowed], resources: [arns[resource]].flat() }));
      }
      this.answerForWildcards(built, facts.bucket, actions);
      const everything = resourceNames.flatMap((resource) => actions[resource] ?? []);
      if (key) for (const statement of keyAccess(key, everything)) built.addToRolePolicy(statement);
      return built;
    };
    this.byName = {
      click: build('click', 'Click'),
      visitor: build('visitor', 'Visitor'),
      postback: build('postback', 'Postback'),
      retry: build('retry', 'Retry'),
      admin: build('admin', 'Admin'),
      watchdog: build('watchdog', 'Watchdog'),
      count: build('count', 'Count'),
      compact: build('compact', 'Compact'),
      dispatch: build('dispatch', 'Dispatch'),
      deliver: build('deliver', 'Deliver'),
    };
    const alias = (name: FunctionName): LiveAlias =>
      new LiveAlias(this.byName[name], settingsOf(stage, name).provisionedConcurrency);
    this.live = {
      click: alias('click'),
      visitor: alias('visitor'),
      postback: alias('postback'),
      retry: alias('retry'),
      admin: alias('admin'),
      watchdog: alias('watchdog'),
      count: alias('count'),
      compact: alias('compact'),
      dispatch: alias('dispatch'),
      deliver: alias('deliver'),
    };
  }
  private answerForWildcards({ role }: TrackerFunction, bucket: Bucket, actions: FunctionAccess['actions']): void {
    if (role === undefined) return;
    if (actions.everyStream !== undefined) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Lambda lists the streams in the name of the function, and IAM knows no smaller resource for that.',
      });
    }
    const { defaultChild } = bucket.node;
    if (!(defaultChild instanceof CfnBucket)) throw new Error('a bucket is made of a CfnBucket');
    const name = Stack.of(bucket).getLogicalId(defaultChild);
    const prefixes = (['factObjects', 'reportResults'] as const)
      .filter((resource) => actions[resource] !== undefined)
      .flatMap((resource) => prefixesOf[resource]);
    for (const prefix of prefixes) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${name}.Arn>/${prefix}*]`,
        reason: 'Objects are named as they are written; a prefix of the one bucket is the smallest resource there is.',
      });
    }
  }
}
