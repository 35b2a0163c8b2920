import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnBucket, type Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { environmentVariable, factsPrefix } from '../lambdas/contract';
import { factSets } from '../lambdas/domain/facts/columns';
import { resourceNames } from './function-entry';
import type { FunctionEntry, ResourceName, VariableName } from './function-entry';
import { byFunction, functionEntry } from './functions';
import type { FunctionName } from './functions';
import { keyAccess } from './key-access';
import { LiveAlias } from './live-alias';
import type { MasterSecret } from './master-secret';
import type { FactStore } from './reports/fact-store';
import type { DeliveryPath } from './outbound/delivery-path';
import type { ReportDatabase } from './reports/report-database';
import type { RetryPath } from './retry-path';
import type { FunctionSettings } from './stage/function-settings';
import { TrackerFunction } from './tracker-function';
import type { FunctionDefaults } from './tracker-function';
import { streamArn, type TrackingTables } from './tracking-tables';

/** Variables whose values the stage chooses. */
type ChosenVariable = 'configCacheSeconds' | 'postbackLogRetentionDays' | 'publicUrl' | 'fallbackUrl';

/** Props of `TrackerFunctions`: everything that a function may access. */
export interface TrackerFunctionsProps extends FunctionDefaults {
  readonly settings: Readonly<Record<FunctionName, FunctionSettings>>;
  readonly variables: Readonly<Record<ChosenVariable, string>>;
  /** Files of the stage by their settings; each lies beside the code of the functions whose entry lists it. */
  readonly files: { readonly countryFile: string | undefined };
  readonly tables: TrackingTables;
  readonly facts: FactStore;
  readonly reports: ReportDatabase;
  readonly retryPath: RetryPath;
  readonly deliveryPath: DeliveryPath;
  readonly masterSecret: MasterSecret;
}

/** Permissions on objects apply below a prefix, in the form of their keys. */
const prefixesOf = {
  factObjects: factSets.map((set) => factsPrefix[set]),
  reportResults: [factsPrefix.results],
} as const satisfies Partial<Record<ResourceName, readonly string[]>>;

/** The functions, each with the variables and permissions of its entry in functions.ts and no others. */
export class TrackerFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, TrackerFunction>>;
  /** The released version of each function: what the API, queues and schedules invoke. */
  readonly live: Readonly<Record<FunctionName, LiveAlias>>;

  constructor(scope: Construct, id: string, props: TrackerFunctionsProps) {
    super(scope, id);
    const variables = variablesOf(props);
    const arns = arnsOf(props);
    this.byName = byFunction((name) => {
      const { actions } = functionEntry(name);
      const built = this.build(name, props, variables);
      for (const resource of resourceNames) {
        const allowed = actions[resource];
        if (allowed)
          built.addToRolePolicy(new PolicyStatement({ actions: [...allowed], resources: [arns[resource]].flat() }));
      }
      this.answerForWildcards(built, props.facts.bucket, actions);
      const everything = resourceNames.flatMap((resource) => actions[resource] ?? []);
      for (const statement of keyAccess(props.data.key, everything)) built.addToRolePolicy(statement);
      return built;
    });
    this.live = byFunction((name) => new LiveAlias(this.byName[name], props.settings[name].provisionedConcurrency));
  }

  private build(
    name: FunctionName,
    { stageName, data, settings, files: given }: TrackerFunctionsProps,
    variables: Readonly<Record<VariableName, string>>,
  ): TrackerFunction {
    const { description, timeoutSeconds, environment, files = {} } = functionEntry(name);
    const present = Object.entries(files).flatMap(([beside, setting]) => {
      const file = given[setting];
      return file === undefined ? [] : [[beside, file] as const];
    });
    return new TrackerFunction(this, constructIdOf(name), {
      stageName,
      data,
      description,
      settings: settings[name],
      folder: name,
      timeout: Duration.seconds(timeoutSeconds),
      files: Object.fromEntries(present),
      environment: Object.fromEntries(
        environment.map((variable) => [environmentVariable[variable], variables[variable]]),
      ),
    });
  }

  private answerForWildcards({ role }: TrackerFunction, bucket: Bucket, actions: FunctionEntry['actions']): void {
    if (role === undefined) return;
    if (actions.everyStream !== undefined) {
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Lambda lists the streams with this role, and IAM has no smaller resource for that.',
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
        reason: 'Object names are new on each write; a prefix of the bucket is the smallest possible resource.',
      });
    }
  }
}

/** Logical IDs are made of it: `click` is `FunctionsClick…`. */
const constructIdOf = (name: FunctionName): string => name.charAt(0).toUpperCase() + name.slice(1);

function variablesOf(props: TrackerFunctionsProps): Readonly<Record<VariableName, string>> {
  const { tables, facts, reports, retryPath, deliveryPath, masterSecret } = props;
  return {
    ...props.variables,
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
    retryQueueUrl: retryPath.retryQueue.queueUrl,
    deadLetterQueueUrl: retryPath.deadLetterQueue.queueUrl,
    masterSecretArn: masterSecret.secret.secretArn,
  };
}

function arnsOf(props: TrackerFunctionsProps): Readonly<Record<ResourceName, string | readonly string[]>> {
  const { tables, facts, reports, retryPath, deliveryPath, masterSecret } = props;
  const objects = (prefixes: readonly string[]): string[] =>
    prefixes.map((prefix) => facts.bucket.arnForObjects(`${prefix}*`));
  return {
    config: tables.config.tableArn,
    clicks: tables.clicks.tableArn,
    conversions: tables.conversions.tableArn,
    clicksStream: streamArn(tables.clicks),
    conversionsStream: streamArn(tables.conversions),
    everyStream: '*',
    postbackLog: tables.postbackLog.tableArn,
    visitorKeys: tables.visitorKeys.tableArn,
    facts: facts.table.tableArn,
    factObjects: objects(prefixesOf.factObjects),
    reportResults: objects(prefixesOf.reportResults),
    factsBucket: facts.bucket.bucketArn,
    reportsWorkGroup: reports.workGroupArn,
    reportsCatalog: reports.catalogArns,
    retryQueue: retryPath.retryQueue.queueArn,
    deadLetterQueue: retryPath.deadLetterQueue.queueArn,
    deliveries: deliveryPath.table.tableArn,
    dueDeliveries: deliveryPath.indexArn('due'),
    deliveriesBySource: deliveryPath.indexArn('bySource'),
    deliveryQueue: deliveryPath.queue.queueArn,
    masterSecret: masterSecret.secret.secretArn,
  };
}
