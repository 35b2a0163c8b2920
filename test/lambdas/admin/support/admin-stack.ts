import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoDbClient } from '../../../../lambdas/adapters/dynamodb';
import { adminApi } from '../../../../lambdas/admin/admin-api';
import { servicesFromEnvironment, type Services } from '../../../../lambdas/admin/http/services';
import { createTables, startLocalDynamoDb, type LocalDynamoDb } from '../../../storage/local-dynamodb';
import { adminCaller, type AdminCaller } from './admin-caller';
import { startSecretsServer, type SecretsServer } from './secrets-server';

/** The admin API on a real DynamoDB server and a secret of its own. */
export interface AdminStack {
  readonly database: LocalDynamoDb;
  readonly secrets: SecretsServer;
  readonly client: DynamoDBClient;
  readonly call: AdminCaller;
  stop(): Promise<void>;
}

/** @param others services in place of those that the environment names */
export async function startAdminStack(others: Partial<Services> = {}): Promise<AdminStack> {
  const database = await startLocalDynamoDb();
  const secrets = await startSecretsServer();
  process.env['STAGE'] = 'test';
  const speak = keepLinesBack();
  const client = dynamoDbClient();
  await createTables(client);
  return {
    database,
    secrets,
    client,
    call: adminCaller(adminApi({ ...servicesFromEnvironment(client), ...others })),
    async stop() {
      speak();
      client.destroy();
      await secrets.stop();
      await database.stop();
    },
  };
}

/** Each change is a line of the function's log: in the report of a test run nobody looks for it. */
function keepLinesBack(): () => void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = ((...parts: Parameters<typeof write>) =>
    String(parts[0]).startsWith('{"') || write(...parts)) as typeof write;
  return () => (stdout.write = write);
}

export const integrationDocument = { name: 'Acme', preset: 'generic' };

export function campaignDocument(integration: string, name = 'Spring'): Readonly<Record<string, unknown>> {
  const offers = [{ id: 'main', url: 'https://shop.example/?sub={clickid}', weight: 100 }];
  return { name, integration, status: 'active', offers };
}
