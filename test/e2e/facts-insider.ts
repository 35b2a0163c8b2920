import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { accessKeyOf } from '../../local/wire/directory';
import type { LocalStack } from './local-stack';

/** What damages counted facts, under the permissions of the compact function. */
export interface FactsInsider {
  /** Makes the objects of a set count no more. */
  forget(set: 'clicks' | 'conversions'): Promise<void>;
  /** Makes the objects of a set count twice. */
  double(set: 'clicks' | 'conversions'): Promise<void>;
}

export async function factsInsiderOf(stack: LocalStack, assembly: string): Promise<FactsInsider> {
  const { queues, tables } = await stack.health();
  const template = readdirSync(assembly).find((file) => file.endsWith('.template.json')) ?? '';
  const { Resources: resources }: { readonly Resources: object } = JSON.parse(
    readFileSync(join(assembly, template), 'utf8'),
  );
  const settings = {
    endpoint: new URL(queues[0]?.url ?? '').origin,
    region: 'us-east-1',
    credentials: {
      accessKeyId: accessKeyOf(Object.keys(resources).find((id) => /^FunctionsCompact[0-9A-F]{8}$/.test(id)) ?? ''),
      secretAccessKey: 'local',
    },
  };
  const client = new DynamoDBClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  const TableName = tables.find(({ table }) => /Facts/.test(table))?.name ?? '';
  const Bucket = readdirSync(join(stack.dataFolder, 's3')).find((name) => !name.startsWith('.')) ?? '';

  async function named(set: string) {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: '#kind = :kind AND begins_with(#name, :set)',
        ExpressionAttributeNames: { '#kind': 'kind', '#name': 'name' },
        ExpressionAttributeValues: { ':kind': { S: 'manifest' }, ':set': { S: `${set}/` } },
      }),
    );
    if (items.length === 0) throw new Error(`no object of ${set} counts`);
    return items;
  }

  return {
    async forget(set) {
      for (const { kind, name } of await named(set)) {
        if (kind === undefined || name === undefined) throw new Error('a row of the manifest has no key');
        await client.send(new DeleteItemCommand({ TableName, Key: { kind, name } }));
      }
    },
    async double(set) {
      for (const item of await named(set)) {
        const key = item['name']?.S ?? '';
        const { Body: body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
        const copy = `${set}/counted/copy-of-${key.replaceAll('/', '-')}`;
        await s3.send(new PutObjectCommand({ Bucket, Key: copy, Body: await body?.transformToByteArray() }));
        await client.send(new PutItemCommand({ TableName, Item: { ...item, name: { S: copy } } }));
      }
    },
  };
}
