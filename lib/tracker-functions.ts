import * as path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { environmentVariable, functionTimeoutSeconds } from '../lambdas/contract';
import { functionAccess, resourceNames } from './function-access';
import type { FunctionName, ResourceName, VariableName } from './function-access';
import type { MasterSecret } from './master-secret';
import type { RetryPath } from './retry-path';
import type { StageConfiguration } from './stage-configuration';
import { TrackerFunction } from './tracker-function';
import type { TrackingTables } from './tracking-tables';

/** What `TrackerFunctions` needs: everything that a function may be let at. */
export interface TrackerFunctionsProps {
  readonly stage: StageConfiguration;
  readonly tables: TrackingTables;
  readonly retryPath: RetryPath;
  readonly masterSecret: MasterSecret;
}

/** The four functions, each with the variables and permissions of its row in function-access.ts and no others. */
export class TrackerFunctions extends Construct {
  readonly byName: Readonly<Record<FunctionName, TrackerFunction>>;

  constructor(scope: Construct, id: string, { stage, tables, retryPath, masterSecret }: TrackerFunctionsProps) {
    super(scope, id);
    const { retryQueue, deadLetterQueue } = retryPath;
    const variables: Record<VariableName, string> = {
      configTable: tables.config.tableName,
      clicksTable: tables.clicks.tableName,
      conversionsTable: tables.conversions.tableName,
      postbackLogTable: tables.postbackLog.tableName,
      retryQueueUrl: retryQueue.queueUrl,
      deadLetterQueueUrl: deadLetterQueue.queueUrl,
      masterSecretArn: masterSecret.secret.secretArn,
      configCacheSeconds: String(stage.configCacheSeconds),
      postbackLogRetentionDays: String(stage.postbackLogRetentionDays),
    };
    const arns: Record<ResourceName, string> = {
      config: tables.config.tableArn,
      clicks: tables.clicks.tableArn,
      conversions: tables.conversions.tableArn,
      postbackLog: tables.postbackLog.tableArn,
      retryQueue: retryQueue.queueArn,
      deadLetterQueue: deadLetterQueue.queueArn,
      masterSecret: masterSecret.secret.secretArn,
    };
    const build = (name: FunctionName, constructId: string): TrackerFunction => {
      const { description, environment, actions } = functionAccess[name];
      const built = new TrackerFunction(this, constructId, {
        stage,
        description,
        entry: path.join(__dirname, '..', 'lambdas', name, 'handler.ts'),
        timeout: Duration.seconds(functionTimeoutSeconds[name]),
        environment: Object.fromEntries(
          environment.map((variable) => [environmentVariable[variable], variables[variable]]),
        ),
      });
      for (const resource of resourceNames) {
        const allowed = actions[resource];
        if (allowed) built.addToRolePolicy(new PolicyStatement({ actions: [...allowed], resources: [arns[resource]] }));
      }
      return built;
    };
    this.byName = {
      click: build('click', 'Click'),
      postback: build('postback', 'Postback'),
      retry: build('retry', 'Retry'),
      admin: build('admin', 'Admin'),
    };
  }
}
