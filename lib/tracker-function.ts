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
  /** Files beside the code, by their names there; each a path in the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables beside STAGE, which every function has. */
  readonly environment?: Readonly<Record<string, string>>;
}

const repository = path.join(__dirname, '..');

/** The bundle of a function, with files beside it. A synth of no code, such as that of `cdk ls`, makes none. */
function bundledCode(name: string, files: Readonly<Record<string, string>>): Code {
  return Code.fromAsset(path.join(repository, 'lambdas', name), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Nothing runs in a container; the command is what the CDK tells one asset from another by.
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

/** A Lambda function as every function of the tracker is. The caller overrides the defaults, and nothing overrides what is forced. */
export class TrackerFunction extends LambdaFunction {
  /** Where the function logs; expires as the stage says. */
  readonly ownLogGroup: LogGroup;

  constructor(scope: Construct, id: string, props: TrackerFunctionProps) {
    const { stageName, data, settings, folder, description, environment } = props;
    const { timeout = Duration.seconds(10) } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, data.logGroup);
    // A role of our own: AWS's basic execution role may write to every log group of the account.
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
      // An older version is what a release is turned back to, by CodeDeploy or by hand.
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
