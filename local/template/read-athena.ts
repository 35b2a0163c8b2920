import { arn } from '../account';
import { StartupFailure } from '../failure';
import { listOf, numberOr, objectOrEmpty, stringOrUndefined, textOf } from '../json';
import type { ColumnModel, GlueTableModel, WorkGroupModel } from './model';
import type { ServedResource, ServedResources } from './resources';

/** Reads workgroups of Athena. Encryption, metrics and the engine's version change no result. */
export function readWorkGroups(resources: ServedResources): WorkGroupModel[] {
  return resources.ofType('AWS::Athena::WorkGroup').map(({ logicalId, label, name, arn: ownArn, properties }) => {
    const configuration = objectOrEmpty(properties['WorkGroupConfiguration']);
    const cutoff = configuration['BytesScannedCutoffPerQuery'];
    return {
      logicalId,
      label,
      name,
      arn: ownArn,
      // Athena's default enforces the settings of the workgroup.
      enforces: configuration['EnforceWorkGroupConfiguration'] !== false,
      isEnabled: properties['State'] !== 'DISABLED',
      outputLocation: stringOrUndefined(objectOrEmpty(configuration['ResultConfiguration'])['OutputLocation']),
      cutoffBytes: cutoff === undefined ? undefined : numberOr(cutoff, 0),
    };
  });
}

/** Type names of Glue and Athena, with those of DuckDB. */
const columnTypes: Readonly<Record<string, string>> = {
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  double: 'DOUBLE',
  int: 'INTEGER',
  string: 'VARCHAR',
  varchar: 'VARCHAR',
};

/** Reads tables of Parquet objects without partitions, the only supported kind. */
export function readGlueTables(resources: ServedResources): GlueTableModel[] {
  const databases = resources.ofType('AWS::Glue::Database').map(({ name }) => name);
  return resources.ofType('AWS::Glue::Table').map((resource) => {
    const { logicalId, label, name, properties } = resource;
    const database = textOf(properties['DatabaseName']);
    if (!databases.includes(database)) {
      throw new StartupFailure(
        `The table ${logicalId} is of the database ${database}, which the template does not have.`,
      );
    }
    const input = objectOrEmpty(properties['TableInput']);
    const storage = objectOrEmpty(input['StorageDescriptor']);
    const serde = textOf(objectOrEmpty(storage['SerdeInfo'])['SerializationLibrary']);
    if (!/parquet/i.test(serde) || listOf(input['PartitionKeys']).length > 0) {
      throw new StartupFailure(
        `The table ${logicalId} is not one of Parquet files without partitions, which is all that the local stack reads.`,
      );
    }
    const location = textOf(storage['Location']);
    const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
    if (bucket === undefined || prefix === undefined || (prefix !== '' && !prefix.endsWith('/'))) {
      throw new StartupFailure(`The table ${logicalId} has the location ${location}: it must be s3://bucket/folder/.`);
    }
    return {
      logicalId,
      label,
      name,
      database,
      bucket,
      prefix,
      columns: listOf(storage['Columns']).map((column) => readColumn(column, resource)),
    };
  });
}

function readColumn(given: unknown, { logicalId }: ServedResource): ColumnModel {
  const { Name: name, Type: type } = objectOrEmpty(given);
  const engineType = columnTypes[textOf(type)];
  if (typeof name !== 'string' || engineType === undefined) {
    throw new StartupFailure(
      `The table ${logicalId} has the column ${textOf(name)} of type ${textOf(type)}, which the local stack does not read.`,
    );
  }
  return { name, engineType };
}

/** The resources that Glue checks permissions on, from the catalog down. */
export function catalogArns(database: string, table?: string): readonly string[] {
  const above = [arn('glue', 'catalog'), arn('glue', `database/${database}`)];
  return table === undefined ? above : [...above, arn('glue', `table/${database}/${table}`)];
}
