import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { masterSecret } from '../adapters/master-secret';
import { postbackLogTable } from '../adapters/postback-log-table';
import { reportedInFull, reportsTable } from '../adapters/reports-table';
import { goneClicks } from '../domain/click/gone-clicks';
import { readServedDocument, type ServedKind } from '../domain/configuration/served-document';
import type { ReportStores } from './take-report';

/** The stores of judgement for reports of browsers. They reverse nothing and show no key, so that nothing is noted of either. */
export function reportStoresFromEnvironment(): ReportStores {
  const client = dynamoDbClient();
  return {
    configuration: configurationTable<ServedKind>(
      client,
      requireEnvironment('configTable'),
      requireEnvironmentNumber('configCacheSeconds'),
      readServedDocument,
    ),
    clicks: clicksTable(client, requireEnvironment('clicksTable')),
    masterSecret: masterSecret(requireEnvironment('masterSecretArn')),
    conversions: reportsTable(client, requireEnvironment('conversionsTable')),
    isFull: reportedInFull(client, requireEnvironment('conversionsTable')),
    postbackLog: postbackLogTable(client, requireEnvironment('postbackLogTable')),
    reversalMarks: { mark: async () => undefined },
    keyUse: { note: async () => undefined },
    goneClicks: goneClicks(),
    logRetentionDays: requireEnvironmentNumber('postbackLogRetentionDays'),
  };
}
