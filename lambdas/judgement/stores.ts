import { clicksTable } from '../adapters/clicks-table';
import { configurationTable } from '../adapters/configuration-table';
import { conversionsTable } from '../adapters/conversions-table';
import { dynamoDbClient } from '../adapters/dynamodb';
import { requireEnvironment, requireEnvironmentNumber } from '../adapters/environment';
import { keyUseTable } from '../adapters/key-use-table';
import { masterSecret } from '../adapters/master-secret';
import { postbackLogTable } from '../adapters/postback-log-table';
import { reversalMarks } from '../adapters/reversal-marks';
import { readServedDocument, type ServedKind } from '../domain/configuration/served-document';
import { goneClicks } from '../domain/click/gone-clicks';
import type { JudgementStores } from './judge';

/** The tables and the secret that judgement works on, as the template names them to the function. */
export function storesFromEnvironment(): JudgementStores {
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
    conversions: conversionsTable(client, requireEnvironment('conversionsTable')),
    postbackLog: postbackLogTable(client, requireEnvironment('postbackLogTable')),
    reversalMarks: reversalMarks(client, requireEnvironment('clicksTable')),
    keyUse: keyUseTable(client, requireEnvironment('postbackLogTable')),
    goneClicks: goneClicks(),
    logRetentionDays: requireEnvironmentNumber('postbackLogRetentionDays'),
  };
}
