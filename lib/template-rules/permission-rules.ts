import type { ResourceName, VariableName } from '../function-entry';
import { functionEntry, functionNames } from '../functions';
import { environmentVariable } from '../../lambdas/contract';
import { isObject, listOf, objectOrEmpty, textOf, type JsonObject } from '../../local/json';
import { isKnownAction } from './known-actions';
import type { Rule } from './rule';
import { referencesIn, type Resource, type Template } from './template';

interface Statement {
  /** The resource of the policy. */
  readonly owner: Resource;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly on: unknown;
  readonly principal: unknown;
}

const documentsOf = ({ type, properties }: Resource): readonly unknown[] => [
  properties['PolicyDocument'],
  ...(type === 'AWS::IAM::Role' ? [properties['AssumeRolePolicyDocument']] : []),
  ...listOf(properties['Policies']).map((policy) => objectOrEmpty(policy)['PolicyDocument']),
];

function statementsOf(template: Template): readonly Statement[] {
  return template.resources.flatMap((owner) =>
    documentsOf(owner)
      .flatMap((document) => listOf(objectOrEmpty(document)['Statement']))
      .map(objectOrEmpty)
      .map((given: JsonObject) => ({
        owner,
        effect: textOf(given['Effect']),
        actions: listOf(given['Action']).map(textOf),
        on: given['Resource'],
        principal: given['Principal'],
      })),
  );
}

/** Returns the Allow statements of a function's role. */
const allowedTo = (template: Template, one: Resource): readonly Statement[] =>
  allowedBy(template, one.properties['Role']);

/** Returns the Allow statements of the role behind an ARN, from all of its policies. */
function allowedBy(template: Template, roleArn: unknown): readonly Statement[] {
  const roles = referencesIn(roleArn);
  return statementsOf(template).filter(
    ({ effect, owner }) =>
      effect === 'Allow' &&
      (roles.has(owner.logicalId) || [...referencesIn(owner.properties['Roles'])].some((role) => roles.has(role))),
  );
}

const allows = (statements: readonly Statement[], action: string, target: Resource): boolean =>
  statements.some(({ actions, on }) => actions.includes(action) && referencesIn(on).has(target.logicalId));

/** The variable that names a resource to a function. */
const variableOf: Readonly<Partial<Record<ResourceName, VariableName>>> = {
  config: 'configTable',
  clicks: 'clicksTable',
  conversions: 'conversionsTable',
  postbackLog: 'postbackLogTable',
  facts: 'factsTable',
  factObjects: 'factsBucket',
  reportResults: 'factsBucket',
  factsBucket: 'factsBucket',
  reportsWorkGroup: 'reportsWorkGroup',
  reportsCatalog: 'reportsDatabase',
  retryQueue: 'retryQueueUrl',
  deadLetterQueue: 'deadLetterQueueUrl',
  masterSecret: 'masterSecretArn',
};

/** Returns the actions and resources of a function's entry, which is found by its description. */
function neededBy(
  template: Template,
  one: Resource,
): readonly { readonly action: string; readonly target: Resource }[] {
  const access = functionNames
    .map(functionEntry)
    .find(({ description }) => description === one.properties['Description']);
  const variables = objectOrEmpty(objectOrEmpty(one.properties['Environment'])['Variables']);
  const names = Object.entries(variableOf);
  return names.flatMap(([resource, variable]) => {
    const actions = Object.entries(access?.actions ?? {}).find(([name]) => name === resource)?.[1] ?? [];
    const ids = referencesIn(variables[environmentVariable[variable]]);
    return template.resources
      .filter(({ logicalId }) => ids.has(logicalId))
      .flatMap((target) => actions.map((action) => ({ action, target })));
  });
}

const pollerActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];

export const permissionRules: readonly Rule[] = [
  {
    name: 'unknown-action',
    demands: 'Every action in a policy exists: IAM accepts unknown actions, which grant nothing.',
    offences: ({ template }) =>
      statementsOf(template).flatMap(({ owner, actions }) =>
        actions
          .filter((action) => !isKnownAction(action))
          .map((action) => ({
            logicalId: owner.logicalId,
            message: `names the action ${action}, which does not exist`,
          })),
      ),
  },
  {
    name: 'missing-grant',
    demands: 'A function has the permissions for every action of its entry in functions.ts.',
    offences: ({ template }) =>
      template.ofType('AWS::Lambda::Function').flatMap((one) => {
        const allowed = allowedTo(template, one);
        return neededBy(template, one)
          .filter(({ action, target }) => !allows(allowed, action, target))
          .map(({ action, target }) => ({
            logicalId: one.logicalId,
            message: `may not do ${action} on ${target.logicalId}`,
          }));
      }),
  },
  {
    name: 'poller-permission',
    demands: 'A function has the permissions of Lambda’s poller on its queue; otherwise Lambda rejects the mapping.',
    offences: ({ template }) =>
      template.ofType('AWS::Lambda::EventSourceMapping').flatMap(({ logicalId, properties }) => {
        const consumer = template.functionIn(properties['FunctionName']);
        const allowed = consumer === undefined ? [] : allowedTo(template, consumer);
        return template
          .referredTo(properties['EventSourceArn'], 'AWS::SQS::Queue')
          .flatMap((queue) => pollerActions.filter((action) => !allows(allowed, action, queue)))
          .map((action) => ({ logicalId, message: `feeds a function that may not do ${action} on the queue` }));
      }),
  },
  {
    name: 'invoke-permission',
    demands: 'Only this API may invoke the function of each of its integrations.',
    offences: ({ template }) =>
      template.ofType('AWS::ApiGatewayV2::Integration').flatMap(({ logicalId, properties }) => {
        const called = referencesIn(properties['IntegrationUri']);
        const api = [...referencesIn(properties['ApiId'])][0] ?? '';
        const isPermitted = template.ofType('AWS::Lambda::Permission').some(({ properties: permission }) => {
          const { Principal: principal, Action: action, FunctionName: on, SourceArn: source } = permission;
          return (
            principal === 'apigateway.amazonaws.com' &&
            action === 'lambda:InvokeFunction' &&
            [...referencesIn(on)].some((id) => called.has(id)) &&
            referencesIn(source).has(api)
          );
        });
        return isPermitted ? [] : [{ logicalId, message: 'calls a function that API Gateway may not invoke' }];
      }),
  },
  {
    name: 'schedule-permission',
    demands: 'The role of a schedule may invoke its function.',
    offences: ({ template }) =>
      template.ofType('AWS::Scheduler::Schedule').flatMap(({ logicalId, properties }) => {
        const { Arn: called, RoleArn: role } = objectOrEmpty(properties['Target']);
        const ids = referencesIn(called);
        const mayInvoke = allowedBy(template, role).some(
          ({ actions, on }) =>
            actions.includes('lambda:InvokeFunction') && [...referencesIn(on)].some((id) => ids.has(id)),
        );
        return mayInvoke ? [] : [{ logicalId, message: 'calls a function that its role may not invoke' }];
      }),
  },
  {
    name: 'open-to-anybody',
    demands: 'No policy of a resource allows anything to everybody.',
    offences: ({ template }) =>
      statementsOf(template)
        .filter(({ effect, principal }) => effect === 'Allow' && isAnybody(principal))
        .map(({ owner, actions }) => ({
          logicalId: owner.logicalId,
          message: `allows ${actions.join(', ')} to anybody`,
        })),
  },
];

const isAnybody = (principal: unknown): boolean =>
  principal === '*' || (isObject(principal) && listOf(principal['AWS']).includes('*'));
