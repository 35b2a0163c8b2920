import { StartupFailure } from '../failure';
import { evaluate } from '../iam/evaluate';
import { type ConditionContext, readStatements, type Statement } from '../iam/policy';
import { listOf, objectOrEmpty, textOf } from '../json';
import type { ServedResource, ServedResources } from './resources';

/** AWS managed policies that a role may name. They grant nothing that is served here. */
const knownManagedPolicies = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess'];

/** Whether an AWS service may assume the role; `context` has the condition keys of its request. */
export function isAssumable(role: ServedResource, service: string, context: ConditionContext = {}): boolean {
  const trust = readStatements(role.properties['AssumeRolePolicyDocument'], role.logicalId, context)
    .filter((statement) => statement.principals.includes(service))
    .map((statement): Statement => ({ ...statement, resources: ['*'] }));
  return evaluate(trust, 'sts:AssumeRole', '*') === 'allowed';
}

/** Returns the statements of a role from all of its policies. */
export function readRoleStatements(role: ServedResource, resources: ServedResources): Statement[] {
  for (const managed of listOf(role.properties['ManagedPolicyArns']).map(textOf)) {
    const own = resources.withArn(managed);
    if (own === undefined && !knownManagedPolicies.some((known) => managed.endsWith(`/${known}`))) {
      throw new StartupFailure(
        `The role ${role.logicalId} has the managed policy ${managed}, whose content is not known here.`,
      );
    }
  }
  const inline = listOf(role.properties['Policies']).map((policy) => objectOrEmpty(policy)['PolicyDocument']);
  const attached = resources
    .ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
    .filter(
      ({ arn, properties }) =>
        listOf(properties['Roles']).includes(role.name) || listOf(role.properties['ManagedPolicyArns']).includes(arn),
    )
    .map(({ properties }) => properties['PolicyDocument']);
  return [...inline, ...attached].flatMap((document) => readStatements(document, role.logicalId));
}
