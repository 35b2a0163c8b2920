import type { Statement } from '../iam/policy';
import type { JsonObject } from '../json';

/** The resources of the template that the local stack serves: plain data, with every name and ARN resolved. */
export interface StackModel {
  readonly stackName: string;
  readonly functions: readonly FunctionModel[];
  readonly tables: readonly TableModel[];
  readonly queues: readonly QueueModel[];
  readonly secrets: readonly SecretModel[];
  readonly buckets: readonly BucketModel[];
  readonly workGroups: readonly WorkGroupModel[];
  readonly glueTables: readonly GlueTableModel[];
  readonly eventSources: readonly EventSourceModel[];
  readonly streamSources: readonly StreamSourceModel[];
  readonly schedules: readonly ScheduleModel[];
  readonly api: ApiModel | undefined;
  /** Logical IDs and types of resources without effect here. */
  readonly inert: readonly string[];
}

export interface FunctionModel {
  readonly logicalId: string;
  /** Short name for logs, counts and fault rules. */
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  readonly assetDirectory: string;
  /** `file.export`, as in the template. */
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  readonly roleName: string;
  /** Statements of every policy attached to its role. */
  readonly statements: readonly Statement[];
}

export interface TableModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  /** Input of CreateTable without the name. */
  readonly definition: JsonObject;
  readonly timeToLiveAttribute: string | undefined;
}

export interface QueueModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** Attributes of SQS: all values are strings. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Statements of the queue's policies. */
  readonly statements: readonly Statement[];
}

export interface SecretModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  readonly secretString: string | undefined;
  readonly generate: JsonObject | undefined;
}

export interface BucketModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  /** The Deny statements of the bucket's policies. */
  readonly denials: readonly Statement[];
}

/** A workgroup of Athena. */
export interface WorkGroupModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  /** Whether its settings override those of a query. */
  readonly enforces: boolean;
  readonly isEnabled: boolean;
  /** `s3://bucket/prefix/` */
  readonly outputLocation: string | undefined;
  /** Maximum bytes of a query; a larger one is cancelled. */
  readonly cutoffBytes: number | undefined;
}

/** A table of Athena over every Parquet object below a prefix. */
export interface GlueTableModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly database: string;
  readonly bucket: string;
  /** Empty, or ends in a slash. */
  readonly prefix: string;
  readonly columns: readonly ColumnModel[];
}

export interface ColumnModel {
  readonly name: string;
  /** A type of DuckDB. */
  readonly engineType: string;
}

export interface EventSourceModel {
  readonly logicalId: string;
  readonly label: string;
  readonly queue: QueueModel;
  readonly function: FunctionModel;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency: number | undefined;
}

/** An event source mapping on the stream of a table. */
export interface StreamSourceModel {
  readonly logicalId: string;
  readonly label: string;
  readonly table: TableModel;
  /** The value of `Fn::GetAtt`, which events carry. */
  readonly streamArn: string;
  readonly function: FunctionModel;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** `undefined` without a tumbling window. */
  readonly tumblingWindowSeconds: number | undefined;
  readonly reportsBatchItemFailures: boolean;
  readonly bisectsOnError: boolean;
  /** Maximum retries of a failed batch; `undefined` for no limit. */
  readonly maximumRetryAttempts: number | undefined;
  /** Maximum age of a record, after which it is skipped; `undefined` for no limit. */
  readonly maximumRecordAgeSeconds: number | undefined;
}

/** A schedule of EventBridge. */
export interface ScheduleModel {
  readonly logicalId: string;
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  /** `rate(1 hour)` or `cron(5 * * * ? *)`. */
  readonly expression: string;
  readonly function: FunctionModel;
  /** JSON input of the function; `<aws.scheduler.…>` are placeholders for attributes of a run. */
  readonly input: string;
  /** Whether its role allows the call. */
  readonly permitted: boolean;
}

export interface ApiModel {
  readonly apiId: string;
  readonly stageName: string;
  readonly routes: readonly RouteModel[];
}

export interface RouteModel {
  readonly logicalId: string;
  /** `GET /c/{campaign}` or `$default`. */
  readonly routeKey: string;
  /** `ANY` for every method and for `$default`. */
  readonly method: string;
  readonly path: string;
  readonly iamAuthorized: boolean;
  readonly function: FunctionModel;
  readonly timeoutMilliseconds: number;
  /** Whether a resource policy of the function lets API Gateway call it for this route; without, AWS answers 500. */
  readonly permitted: boolean;
}
