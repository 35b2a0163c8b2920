import { bucketArn } from '../s3/arn';
import type { FunctionModel, GlueTableModel, StackModel } from '../template/model';
import { catalogArns } from '../template/read-athena';
import { denialOf } from '../wire/authorize';
import type { Need } from '../wire/message';
import type { Relation } from './relations';

/** Checks that the caller may read the catalog and the objects. Returns the message with which Athena fails the query where not. */
export function denialOfReading(
  database: string,
  relations: readonly Relation[],
  caller: FunctionModel,
  stack: StackModel,
): string | undefined {
  const glue: Need[] = [
    ...needs('glue:GetDatabase', catalogArns(database)),
    ...relations.flatMap(({ table }) => needs('glue:GetTable', catalogArns(table.database, table.name))),
  ];
  const catalog = denialOf({ needs: glue }, caller, stack);
  if (catalog !== undefined) return `Insufficient permissions to execute the query. ${catalog}`;
  for (const { table, objects } of relations) {
    const list = needs('s3:ListBucket', [bucketArn(table.bucket)]);
    const get = objects.map(({ key }) => `${bucketArn(table.bucket)}/${key}`);
    const denial = denialOf({ needs: [...list, ...needs('s3:GetObject', get)] }, caller, stack);
    if (denial !== undefined) return `Permission denied on S3 path: s3://${table.bucket}/${table.prefix}. ${denial}`;
  }
  return undefined;
}

/** Checks in the same way that the caller may write the result. */
export function denialOfWriting(
  bucket: string,
  key: string,
  caller: FunctionModel,
  stack: StackModel,
): string | undefined {
  const look = needs('s3:GetBucketLocation', [bucketArn(bucket)]);
  const put = needs('s3:PutObject', [`${bucketArn(bucket)}/${key}`]);
  const denial = denialOf({ needs: [...look, ...put] }, caller, stack);
  return denial === undefined
    ? undefined
    : `Access denied when writing output to url: s3://${bucket}/${key}. ${denial}`;
}

/** Tables of a database, by name. */
export function queriedTables(database: string, stack: StackModel): readonly GlueTableModel[] {
  return stack.glueTables.filter((table) => table.database === database);
}

function needs(action: string, resources: readonly string[]): readonly Need[] {
  return resources.map((resourceArn) => ({ action, resourceArn }));
}
