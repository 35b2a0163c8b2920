import { clicksTable, type ClicksTable } from '../adapters/clicks-table';
import { configurationTable, type ConfigurationTable } from '../adapters/configuration-table';
import { dynamoDbClient } from '../adapters/dynamodb';
import { optionalEnvironment, requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { masterSecret, type MasterSecret } from '../adapters/master-secret';
import { retryQueue, sqsClient, type RetryQueue } from '../adapters/retry-queue';
import { visitorKeys, type VisitorKeys } from '../adapters/visitor-keys';
import { readServedDocument, type ServedKind } from '../domain/configuration/served-document';

/** What clicks are recorded with. */
export interface ClickTools {
  readonly configuration: ConfigurationTable<ServedKind>;
  readonly clicks: ClicksTable;
  readonly queue: RetryQueue;
  readonly visitors: VisitorKeys;
  readonly secret: MasterSecret;
  /** Where visitors go whose campaign names no fallback of its own. */
  readonly stageFallback: string | undefined;
}

export function toolsFromEnvironment(): ClickTools {
  const client = dynamoDbClient();
  return {
    configuration: configurationTable<ServedKind>(
      client,
      requireEnvironment('configTable'),
      requireEnvironmentNumber('configCacheSeconds'),
      readServedDocument,
    ),
    clicks: clicksTable(client, requireEnvironment('clicksTable')),
    queue: retryQueue(sqsClient(), requireEnvironment('retryQueueUrl')),
    visitors: visitorKeys(client, requireEnvironment('visitorKeysTable')),
    secret: masterSecret(requireEnvironment('masterSecretArn')),
    stageFallback: optionalEnvironment('fallbackUrl'),
  };
}
