import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { configurationHistory, type ConfigurationHistory } from '../adapters/configuration-history';
import { conversionReader, type ConversionReader } from '../adapters/conversion-reader';
import { requireEnvironment } from '../adapters/environment';
import { masterSecret, type MasterSecret } from '../adapters/master-secret';
import { postbackLogReader, type PostbackLogReader } from '../adapters/postback-log-reader';

/** What the routes work with. */
export interface Services {
  readonly configuration: ConfigurationHistory;
  readonly postbackLog: PostbackLogReader;
  readonly conversions: ConversionReader;
  readonly master: MasterSecret;
}

export function servicesFromEnvironment(client: DynamoDBClient): Services {
  return {
    configuration: configurationHistory(client, requireEnvironment('configTable')),
    postbackLog: postbackLogReader(client, requireEnvironment('postbackLogTable')),
    conversions: conversionReader(client, requireEnvironment('conversionsTable')),
    master: masterSecret(requireEnvironment('masterSecretArn')),
  };
}
