import { clicksTable, type ClicksTable } from '../adapters/clicks-table';
import { configurationTable, type ConfigurationTable } from '../adapters/configuration-table';
import { dynamoDbClient } from '../adapters/dynamodb';
import { optionalEnvironment, requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { masterSecret, type MasterSecret } from '../adapters/master-secret';
import { retryQueue, type RetryQueue } from '../adapters/retry-queue';
import { sqsClient } from '../adapters/sqs';
import { visitorKeys, type VisitorKeys } from '../adapters/visitor-keys';
import { readServedCampaign } from '../domain/configuration/served-campaign';

/** The means to record clicks. */
export interface ClickTools {
  readonly configuration: ConfigurationTable<'campaign'>;
  readonly clicks: ClicksTable;
  readonly queue: RetryQueue;
  readonly visitors: VisitorKeys;
  readonly secret: MasterSecret;
  /** Destination of visitors whose campaign names no fallback. */
  readonly stageFallback: string | undefined;
}

export function toolsFromEnvironment(): ClickTools {
  const client = dynamoDbClient();
  return {
    configuration: configurationTable<'campaign'>(
      client,
      requireEnvironment('configTable'),
      requireEnvironmentNumber('configCacheSeconds'),
      readServedCampaign,
    ),
    clicks: clicksTable(client, requireEnvironment('clicksTable')),
    queue: retryQueue(sqsClient(), requireEnvironment('retryQueueUrl')),
    visitors: visitorKeys(client, requireEnvironment('visitorKeysTable')),
    secret: masterSecret(requireEnvironment('masterSecretArn')),
    stageFallback: optionalEnvironment('fallbackUrl'),
  };
}
