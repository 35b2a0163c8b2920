import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { listOf, objectOrEmpty, parseJson, textOf } from '../../../local/json';
import type { Account } from './account';
import { putRolePolicy, rolePoliciesOf } from './identities';
import { type DeployedStack, physicalNames } from './stack';

/** Actions that the emulator has in a second form, for batches. */
const batchable = ['sqs:SendMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'];

/**
 * Puts right what the emulator gets wrong in the policies of a stack's roles; `correctedAfterDeploy` says what. What the template
 * does not grant is not granted by it.
 * @returns how many policies it changed
 */
export async function correctPolicies(account: Account, stack: DeployedStack): Promise<number> {
  const { emulator, secrets } = account;
  const arns = new Map<string, string>();
  for (const name of physicalNames(stack, 'AWS::SecretsManager::Secret').values()) {
    const { ARN: arn } = await secrets.send(new DescribeSecretCommand({ SecretId: name }));
    if (arn !== undefined) arns.set(name, arn);
  }
  let changed = 0;
  for (const role of physicalNames(stack, 'AWS::IAM::Role').values()) {
    for (const policy of await rolePoliciesOf(emulator, role)) {
      const document = corrected(policy.document, arns);
      if (document === policy.document) continue;
      await putRolePolicy(emulator, { ...policy, document });
      changed += 1;
    }
  }
  return changed;
}

/** The same document where nothing in it needs to be put right. `arns` are those of secrets by their names. */
export function corrected(document: string, arns: ReadonlyMap<string, string>): string {
  const policy = objectOrEmpty(parseJson(document));
  const statements = listOf(policy['Statement']).map((given) => {
    const statement = objectOrEmpty(given);
    const actions = listOf(statement['Action']).map(textOf);
    const resources = listOf(statement['Resource']).map(textOf);
    return {
      ...statement,
      Action: actions.flatMap((action) => (batchable.includes(action) ? [action, `${action}Batch`] : [action])),
      Resource: resources.map((resource) => arns.get(resource) ?? resource),
    };
  });
  const isAsBefore =
    JSON.stringify(statements.map(inLists)) === JSON.stringify(listOf(policy['Statement']).map(inLists));
  return isAsBefore ? document : JSON.stringify({ ...policy, Statement: statements });
}

const inLists = (given: unknown) => {
  const statement = objectOrEmpty(given);
  return [listOf(statement['Action']), listOf(statement['Resource'])];
};
