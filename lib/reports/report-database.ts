import { Aws, Stack } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { factsPrefix } from '../../lambdas/contract';
import { factColumns, factSets, type ColumnType, type FactSet } from '../../lambdas/domain/facts/columns';
import type { DataPolicy } from '../data-policy';

/** Props of `ReportDatabase`. */
export interface ReportDatabaseProps {
  readonly stageName: string;
  readonly data: DataPolicy;
  readonly bucket: Bucket;
  /** Athena cancels a query that would read more. */
  readonly scanLimitMegabytes: number;
}

const glueType: Readonly<Record<ColumnType, string>> = { text: 'string', number: 'bigint', flag: 'boolean' };
const parquet = {
  input: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
  output: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
  serde: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
} as const;
const bytesPerMegabyte = 1_000_000;

/** The facts as Athena tables, and a workgroup that limits the cost of a query. */
export class ReportDatabase extends Construct {
  readonly workGroupName: string;
  readonly workGroupArn: string;
  readonly databaseName: string;
  /** The resources that a query looks up: the catalog, the database and its tables. */
  readonly catalogArns: readonly string[];

  constructor(scope: Construct, id: string, { stageName, data, bucket, scanLimitMegabytes }: ReportDatabaseProps) {
    super(scope, id);
    const stack = Stack.of(this);
    // Athena accepts names of small letters, digits and underscores.
    const named = stack.stackName.toLowerCase().replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: named, description: `Facts of the postback tracker, stage ${stageName}` },
    });
    for (const set of factSets) this.addTable(database, set, bucket);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: stack.stackName,
      description: `Reports of the postback tracker, stage ${stageName}`,
      state: 'ENABLED',
      recursiveDeleteOption: data.isDisposable,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: false,
        bytesScannedCutoffPerQuery: scanLimitMegabytes * bytesPerMegabyte,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${factsPrefix.results}`,
          encryptionConfiguration: data.key
            ? { encryptionOption: 'SSE_KMS', kmsKey: data.key.keyArn }
            : { encryptionOption: 'SSE_S3' },
        },
      },
    });
    this.workGroupName = workGroup.ref;
    this.workGroupArn = stack.formatArn({ service: 'athena', resource: 'workgroup', resourceName: workGroup.ref });
    this.databaseName = database.ref;
    const glue = (resource: string, resourceName?: string): string =>
      stack.formatArn({ service: 'glue', resource, ...(resourceName !== undefined && { resourceName }) });
    this.catalogArns = [
      glue('catalog'),
      glue('database', database.ref),
      ...factSets.map((set) => glue('table', `${database.ref}/${set}`)),
    ];
  }

  private addTable(database: CfnDatabase, set: FactSet, bucket: Bucket): CfnTable {
    return new CfnTable(this, set === 'clicks' ? 'ClicksTable' : 'ConversionsTable', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: database.ref,
      tableInput: {
        name: set,
        tableType: 'EXTERNAL_TABLE',
        parameters: { EXTERNAL: 'TRUE', classification: 'parquet' },
        storageDescriptor: {
          columns: factColumns[set].map(({ name, type }) => ({ name, type: glueType[type] })),
          location: `s3://${bucket.bucketName}/${factsPrefix[set]}`,
          inputFormat: parquet.input,
          outputFormat: parquet.output,
          serdeInfo: { serializationLibrary: parquet.serde, parameters: { 'serialization.format': '1' } },
        },
      },
    });
  }
}
