import { join } from 'node:path';
import { openDataFolder } from '../../../local/data-folder/open';
import { DynamoDbError } from '../../../local/dynamodb/client';
import { startDynoxide } from '../../../local/dynamodb/server';
import { type JsonObject, listOf, objectOrEmpty } from '../../../local/json';
import { type Resource, Template } from '../../../lib/template-rules/template';
import type { Layer } from './subject';

/** A DynamoDB server that is not ours: it is asked to make the tables just as the template has them. Its data lie in `folder`. */
export async function startDynamoDbLayer(folder: string): Promise<Layer & { readonly stop: () => Promise<void> }> {
  const data = openDataFolder(join(folder, 'tables'));
  const server = await startDynoxide(data, () => undefined);
  const { client } = server;
  let made = 0;

  const rejection = async (table: Resource): Promise<string | undefined> => {
    const TableName = `table-${made++}`;
    try {
      await client.call('CreateTable', { TableName, ...definitionOf(table.properties) });
      await client.call('DeleteTable', { TableName });
      return undefined;
    } catch (error) {
      if (!(error instanceof DynamoDbError)) throw error;
      return `${table.logicalId}: ${error.message}`;
    }
  };
  return {
    name: 'dynamodb',
    findings: async ({ template }) => {
      const found: string[] = [];
      for (const table of new Template(template).ofType('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table')) {
        const message = await rejection(table);
        if (message !== undefined) found.push(message);
      }
      return found.map((message) => ({ rule: 'CreateTable', message }));
    },
    stop: async () => {
      await server.stop();
      data.lock.release();
    },
  };
}

/** Input of CreateTable but for the name. Capacity is not simulated, and a table on demand needs no figures. */
function definitionOf(properties: JsonObject): JsonObject {
  const indexes = listOf(properties['GlobalSecondaryIndexes']).map((index) => {
    const { IndexName, KeySchema, Projection } = objectOrEmpty(index);
    return { IndexName, KeySchema, Projection };
  });
  return {
    AttributeDefinitions: properties['AttributeDefinitions'],
    KeySchema: properties['KeySchema'],
    BillingMode: 'PAY_PER_REQUEST',
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
  };
}
