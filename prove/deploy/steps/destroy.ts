import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { allowDeletion, describeStack, type DeployedStack, physicalName, physicalNames } from '../account/stack';
import { stackName } from '../cdk';
import type { Proof, Sent } from '../proof';
import { rowsOf, Tracker } from '../tracker';
import { succeeded } from './deploy';

/** The emulator sends no changes: tables of counts and reports stay empty. The keys of visitors are deleted with the stack. */
const written = ['TablesConfig', 'TablesClicks', 'TablesConversions', 'TablesPostbackLog'] as const;

/** `cdk destroy`, which is rejected first, and then leaves what holds data. */
export async function destroy(proof: Proof, stack: DeployedStack, sent: Sent): Promise<void> {
  const { checks, cdk, account } = proof;
  checks.section('The end of the stack');
  const rejected = await cdk.destroy();
  const isRejected = rejected.code !== 0 && /TerminationProtection is enabled/.test(rejected.output);
  checks.that('cdk destroy is rejected while termination protection is on', isRejected, `exit code ${rejected.code}`);
  const untouched = await describeStack(account, stackName);
  checks.that(
    'and nothing is gone',
    untouched?.resources.length === stack.resources.length,
    `${untouched?.resources.length ?? 0} resources`,
  );

  await allowDeletion(account, stackName);
  succeeded(proof, 'cdk destroy, with the protection taken off', await cdk.destroy());
  checks.that('the stack is gone', (await describeStack(account, stackName)) === undefined, 'no stack');
  const { status } = await new Tracker(account, stack).call({ path: '/ping' });
  checks.that('and so is its API', status >= 400, status);

  const counts: number[] = [];
  for (const label of written) {
    const table = physicalName(stack, 'AWS::DynamoDB::GlobalTable', label);
    counts.push((await rowsOf(account, table).catch(() => [])).length);
  }
  checks.that(
    'every table that was written to is left, with rows in it',
    counts.every((count) => count > 0),
    `${counts.join(' + ')} rows`,
  );
  const conversions = await rowsOf(account, physicalName(stack, 'AWS::DynamoDB::GlobalTable', 'TablesConversions'));
  checks.that(
    'the conversions among them',
    conversions.length >= sent.conversions.length,
    `${conversions.length} rows`,
  );
  const left: string[] = [];
  for (const [label, QueueUrl] of physicalNames(stack, 'AWS::SQS::Queue')) {
    const { Attributes } = await account.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    if (Attributes?.['QueueArn'] !== undefined) left.push(label);
  }
  checks.that('every queue is left', left.length === physicalNames(stack, 'AWS::SQS::Queue').size, left.join(', '));
  const SecretId = physicalName(stack, 'AWS::SecretsManager::Secret', 'MasterSecret');
  const secret = await account.secrets.send(new DescribeSecretCommand({ SecretId }));
  checks.that(
    'the master secret is left',
    secret.DeletedDate === undefined && secret.ARN !== undefined,
    secret.Name ?? 'gone',
  );
}
