import { copyFileSync, cpSync } from 'node:fs';
import * as path from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { environmentVariable } from '../lambdas/contract';
import type { DataPolicy } from './data-policy';
import { bundleOf } from './function-bundles';
import type { FunctionSettings } from './stage/function-settings';

/** Settings that all functions of a stack share. */
export interface FunctionDefaults {
  readonly stageName: string;
  readonly data: DataPolicy;
}

/** Props of `TrackerFunction`, with overridable defaults. */
export interface TrackerFunctionProps extends FunctionDefaults {
  readonly settings: FunctionSettings;
  /** Its folder in `lambdas`, whose `handler.ts` exports `handler`. */
  readonly folder: string;
  readonly description: string;
  /** @default 10 seconds */
  readonly timeout?: Duration;
  /** Paths of files in the project, by their names beside the code. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables beside STAGE, which every function has. */
  readonly environment?: Readonly<Record<string, string>>;
}

const repository = path.join(__dirname, '..');

/** Returns the bundle of a function with the files beside it. A synth without code, such as `cdk ls`, builds none. */
function bundledCode(name: string, files: Readonly<Record<string, string>>): Code {
  return Code.fromAsset(path.join(repository, 'lambdas', name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // No container runs; the CDK distinguishes assets by this command.
      image: DockerImage.fromRegistry('none'),
      command: [name, ...Object.entries(files).flat()],
      local: {
        tryBundle(folder) {
          cpSync(bundleOf(name), folder, { recursive: true });
          for (const [beside, file] of Object.entries(files)) {
            copyFileSync(path.join(repository, file), path.join(folder, beside));
          }
          return true;
        },
      },
    },
  });
}

/** A Lambda function with the tracker's settings. The caller overrides the defaults, but not the fixed properties. */
export class TrackerFunction extends LambdaFunction {
  /** The log group, which expires as the stage sets. */
  readonly ownLogGroup: LogGroup;

  constructor(scope: Construct, id: string, props: TrackerFunctionProps) {
    const { stageName, data, settings, folder, description, environment } = props;
    const { timeout = Duration.seconds(10) } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, data.logGroup);
    // A separate role: AWS's basic execution role may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    const forced = {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The platform's START, END and REPORT lines would cost as much as the requests themselves.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel[settings.logLevel],
      environment: { ...environment, [environmentVariable.stage]: stageName },
      code: bundledCode(folder, props.files ?? {}),
      // A rollback, by CodeDeploy or by hand, returns to an older version.
      currentVersionOptions: {
        removalPolicy: data.isDisposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      },
    };
    super(scope, id, {
      description,
      timeout,
      memorySize: settings.memoryMegabytes,
      ...(settings.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: settings.reservedConcurrency,
      }),
      ...forced,
    });
    this.ownLogGroup = logGroup;
    Validations.of(this).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason:
          'A function’s DLQ is only for asynchronous invocations. The API waits; SQS keeps failed messages and has its own DLQ; a stream keeps changes for a day; the next scheduled run does the work of a failed one.',
      },
      {
        id: 'Serverless-LambdaTracing',
        reason:
          'X-Ray costs more per request than the function; requestId in each log line joins the lines of a request.',
      },
    );
  }
}
