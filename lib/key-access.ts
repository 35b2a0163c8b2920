import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';

const read = ['kms:Decrypt', 'kms:DescribeKey'];
const write = [...read, 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

/**
 * Actions of a service on the key in its caller's name, by the caller's action.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
const keyActions: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:GetItem': read,
  'dynamodb:BatchGetItem': read,
  'dynamodb:Query': read,
  'dynamodb:PutItem': write,
  'dynamodb:GetRecords': ['kms:Decrypt'],
  's3:GetObject': ['kms:Decrypt'],
  's3:PutObject': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'sqs:SendMessage': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'secretsmanager:GetSecretValue': ['kms:Decrypt'],
};

/**
 * Returns the statements on the encrypting key that a role needs for `actions`, limited to the service of each. None for a key that AWS
 * owns.
 */
export function keyAccess(key: IKey | undefined, actions: readonly string[]): PolicyStatement[] {
  if (key === undefined) return [];
  const { region } = Stack.of(key);
  const services = [...new Set(actions.map((action) => action.split(':')[0] ?? ''))];
  return services.flatMap((service) => {
    const own = actions
      .filter((action) => action.startsWith(`${service}:`))
      .flatMap((action) => keyActions[action] ?? []);
    if (own.length === 0) return [];
    return new PolicyStatement({
      actions: [...new Set(own)],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${Aws.URL_SUFFIX}` } },
    });
  });
}
