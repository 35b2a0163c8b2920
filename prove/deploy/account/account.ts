import { Agent } from 'node:https';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Emulator, emulatedRegion, rootCredentials } from '../emulator/emulator';

/** The emulated account as its owner sees it. */
export interface Account {
  readonly emulator: Emulator;
  readonly cloudFormation: CloudFormationClient;
  readonly dynamoDb: DynamoDBClient;
  readonly secrets: SecretsManagerClient;
  readonly sqs: SQSClient;
  readonly close: () => void;
}

export function openAccount(emulator: Emulator): Account {
  const httpsAgent = new Agent({ ca: emulator.certificate, keepAlive: true });
  const settings = {
    region: emulatedRegion,
    endpoint: emulator.endpoint,
    credentials: rootCredentials,
    requestHandler: { httpsAgent },
  };
  return {
    emulator,
    cloudFormation: new CloudFormationClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    secrets: new SecretsManagerClient(settings),
    sqs: new SQSClient(settings),
    close: () => httpsAgent.destroy(),
  };
}
