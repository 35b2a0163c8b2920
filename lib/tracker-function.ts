import * as path from 'node:path';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApplicationLogLevel, Architecture, LoggingFormat, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { environmentVariable } from '../lambdas/contract';
import bundle from './bundling.json';
import type { DataPolicy } from './data-policy';
import type { FunctionSettings } from './stage/function-settings';

/** What is the same for every function of a stack. */
export interface FunctionDefaults {
  readonly stageName: string;
  readonly data: DataPolicy;
}

/** What `TrackerFunction` needs, and what a caller may choose. */
export interface TrackerFunctionProps extends FunctionDefaults {
  readonly settings: FunctionSettings;
  /** The handler's file, which exports `handler`. */
  readonly entry: string;
  readonly description: string;
  /** @default 10 seconds */
  readonly timeout?: Duration;
  /** Files that lie beside the code, by their names there; each a path in the project. */
  readonly files?: Readonly<Record<string, string>>;
  /** Variables beside STAGE, which every function has. */
  readonly environment?: Readonly<Record<string, string>>;
}

const repository = path.join(__dirname, '..');

/**
 * ES modules with the SDK inside: what is deployed is what was tested, and it loads a third faster than CommonJS or
 * the runtime's own SDK. Maps lie beside the bundle for whoever reads a stack trace; the runtime does not load them.
 */
const bundlingOf = (files: Readonly<Record<string, string>>): NodejsFunctionProps['bundling'] => ({
  format: OutputFormat.ESM,
  target: bundle.target,
  minify: true,
  bundleAwsSDK: true,
  mainFields: bundle.mainFields,
  // In Lambda credentials are in the environment, and the SDK looks there first. Its other ways to find some (SSO,
  // profiles, a metadata server) are loaded only when that fails: a third of each bundle that would never run.
  externalModules: bundle.external,
  // What the SDK brings and no function uses: 20 kB of each bundle.
  esbuildArgs: {
    '--alias': Object.entries(bundle.leftOut).map(([name, file]) => `${name}=${path.join(repository, file)}`),
  },
  sourceMap: true,
  sourcesContent: false,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_, folder) => [
      [process.execPath, path.join(__dirname, 'portable-source-map.mjs'), folder, repository].map(quoted).join(' '),
      ...Object.entries(files).map(([name, file]) => copying(path.join(repository, file), path.join(folder, name))),
    ],
  },
});

/** A command that any shell understands, since Node runs it. */
function copying(from: string, to: string): string {
  const program = `require('node:fs').copyFileSync(process.argv[1], process.argv[2])`;
  return [process.execPath, '-e', program, from, to].map(quoted).join(' ');
}

function quoted(word: string): string {
  return `"${word}"`;
}

/** A Lambda function as every function of the tracker is. The caller overrides the defaults, and nothing overrides what is forced. */
export class TrackerFunction extends NodejsFunction {
  /** Where the function logs; expires as the stage says. */
  readonly ownLogGroup: LogGroup;

  constructor(scope: Construct, id: string, props: TrackerFunctionProps) {
    const { stageName, data, settings, entry, description, environment } = props;
    const { timeout = Duration.seconds(10) } = props;
    const logGroup = new LogGroup(scope, `${id}Logs`, data.logGroup);
    // A role of our own: AWS's basic execution role may write to every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);

    const forced = {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'handler',
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // The platform's START, END and REPORT lines would cost as much as the requests themselves.
      systemLogLevelV2: SystemLogLevel.WARN,
      applicationLogLevelV2: ApplicationLogLevel[settings.logLevel],
      environment: { ...environment, [environmentVariable.stage]: stageName },
      projectRoot: repository,
      depsLockFilePath: path.join(repository, 'package-lock.json'),
      bundling: bundlingOf(props.files ?? {}),
      // An older version is what a release is turned back to, by CodeDeploy or by hand.
      currentVersionOptions: {
        removalPolicy: data.isDisposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      },
    };
    super(scope, id, {
      entry,
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
