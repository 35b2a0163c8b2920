import { listOf, objectOrEmpty, type JsonObject } from '../../../local/json';
import { type Fault, remove, replace, set, without } from './fault';

const policyOf = (name: string) => ({ type: 'AWS::IAM::Policy', named: `Functions${name}` });

/** Takes an action out of the statement that allows it on a resource. */
const withoutGrant =
  (action: string, resource: string) =>
  (definition: JsonObject): JsonObject => {
    const statements = listOf(objectOrEmpty(objectOrEmpty(definition['Properties'])['PolicyDocument'])['Statement']);
    const left = statements.flatMap((given) => {
      const statement = objectOrEmpty(given);
      if (!JSON.stringify(statement['Resource']).includes(resource)) return [statement];
      const actions = listOf(statement['Action']).filter((one) => one !== action);
      return actions.length === 0 ? [] : [{ ...statement, Action: actions }];
    });
    return set('Properties.PolicyDocument.Statement', left)(definition);
  };

export const permissionFaults: readonly Fault[] = [
  {
    title: 'an action that IAM does not have',
    in: policyOf('Click'),
    change: replace('dynamodb:PutItem', 'dynamodb:PutItems'),
    caughtBy: ['own rules', 'unknown-action'],
  },
  {
    title: 'the name of an operation for that of an action',
    in: policyOf('Click'),
    change: replace('sqs:SendMessage', 'sqs:SendMessageBatch'),
    caughtBy: ['own rules', 'unknown-action'],
  },
  {
    title: 'no permission to write conversions',
    in: policyOf('Postback'),
    change: withoutGrant('dynamodb:PutItem', 'TablesConversions'),
    names: 'FunctionsPostback',
    caughtBy: ['own rules', 'missing-grant'],
  },
  {
    title: 'no permission to read the master secret',
    in: policyOf('Click'),
    change: withoutGrant('secretsmanager:GetSecretValue', 'MasterSecret'),
    names: 'FunctionsClick',
    caughtBy: ['own rules', 'missing-grant'],
  },
  {
    title: 'no permission for Lambda to poll the queue',
    in: policyOf('Retry'),
    change: withoutGrant('sqs:ReceiveMessage', 'RetryPathRetryQueue'),
    names: 'RetryPathDelivery',
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'no permission for Lambda to delete from the queue',
    in: policyOf('Retry'),
    change: withoutGrant('sqs:DeleteMessage', 'RetryPathRetryQueue'),
    names: 'RetryPathDelivery',
    caughtBy: ['own rules', 'poller-permission'],
  },
  {
    title: 'all actions of a service',
    in: policyOf('Click'),
    change: replace('dynamodb:PutItem', 'dynamodb:*'),
    caughtBy: ['cdk-nag', 'AwsSolutions-IAM5'],
  },
  {
    title: 'all resources of an account',
    in: policyOf('Admin'),
    change: set('Properties.PolicyDocument.Statement.1.Resource', '*'),
    caughtBy: ['cdk-nag', 'AwsSolutions-IAM5'],
  },
  {
    title: 'a policy of an administrator',
    in: { type: 'AWS::IAM::Role', named: 'FunctionsClick' },
    change: set('Properties.ManagedPolicyArns', ['arn:aws:iam::aws:policy/AdministratorAccess']),
    caughtBy: ['cdk-nag', 'AwsSolutions-IAM4'],
  },
  {
    title: 'an effect that is neither Allow nor Deny',
    in: policyOf('Click'),
    change: set('Properties.PolicyDocument.Statement.0.Effect', 'Alow'),
    names: 'FunctionsClick',
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'a role that Lambda may not assume',
    in: { type: 'AWS::IAM::Role', named: 'FunctionsClick' },
    change: replace('lambda.amazonaws.com', 'ec2.amazonaws.com'),
    names: 'FunctionsClick',
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'a schedule whose role may not run its function',
    in: { type: 'AWS::IAM::Policy', named: 'DispatchingScheduleRole' },
    change: remove,
    names: 'DispatchingSchedule',
    caughtBy: ['own rules', 'schedule-permission'],
  },
  {
    title: 'a schedule with a role that no schedule may take',
    in: { type: 'AWS::IAM::Role', named: 'DispatchingScheduleRole' },
    change: replace('scheduler.amazonaws.com', 'events.amazonaws.com'),
    names: 'DispatchingSchedule',
    caughtBy: ['local stack', 'does not start'],
  },
  {
    title: 'a queue that anybody may write to',
    in: { type: 'AWS::SQS::QueuePolicy', named: 'RetryPathRetryQueue' },
    change: (definition) =>
      replace('"Deny"', '"Allow"')(without('Properties.PolicyDocument.Statement.0.Condition')(definition)),
    caughtBy: ['own rules', 'open-to-anybody'],
  },
];
