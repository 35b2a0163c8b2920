import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { environmentVariable } from '../../lambdas/contract';
import { functionNames, type FunctionName } from '../../lib/functions';
import { logicalId, repository, synthesized, type Resource } from './synthesized';
import { closedEnvironment } from '../../prove/closed-environment';

const { resources, template } = synthesized('prod');

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: Resource | readonly Resource[];
}

/**
 * The construct behind an ARN in a policy: `{"Fn::GetAtt": ["TablesClicks2FF1CD00", "Arn"]}` → `TablesClicks`. Of an ARN that is
 * joined: what follows the construct or the account, such as `FactsBucket/clicks/*`.
 */
function nameOf(resource: Resource | '*'): string {
  if (resource === '*') return 'everything';
  const [, parts = []]: readonly [string, readonly unknown[]] = resource['Fn::Join'] ?? ['', []];
  if (parts.length > 0) {
    return parts
      .map((part) => (typeof part === 'string' ? part : nameOf(part as Resource)))
      .join('')
      .replace(/^arn:AWS::Partition:(\w+):AWS::Region:AWS::AccountId:/, '$1:');
  }
  const attribute: readonly string[] = resource['Fn::GetAtt'] ?? [];
  if (attribute[0] !== undefined && attribute[1] === 'StreamArn') return `${attribute[0].slice(0, -8)} stream`;
  const id: unknown = attribute[1] === 'Arn' ? attribute[0] : resource['Ref'];
  if (typeof id === 'string' && id.startsWith('AWS::')) return id;
  return typeof id === 'string' ? id.slice(0, -8) : JSON.stringify(resource);
}

const constructIdOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Every action on every resource that a function's role is allowed, one a line. */
function allowed(name: string): string[] {
  const role = logicalId(resources('AWS::IAM::Role'), `Functions${constructIdOf(name)}Role`);
  const statements = Object.values(resources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`"${role}"`))
    .flatMap(({ Properties }): Statement[] => Properties['PolicyDocument']['Statement']);
  return statements
    .flatMap(({ Effect, Action, Resource }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((one) => `${Effect} ${action} ${nameOf(one)}`)),
    )
    .sort();
}

const allow = (grants: Record<string, readonly string[]>): string[] =>
  Object.entries(grants)
    .flatMap(([resource, actions]) => actions.map((action) => `Allow ${action} ${resource}`))
    .sort();

const logging = (name: string) => ({ [`Functions${name}Logs`]: ['logs:CreateLogStream', 'logs:PutLogEvents'] });
const stream = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
const glue = ['glue:GetDatabase', 'glue:GetTable'];
const secret = { MasterSecret: ['secretsmanager:GetSecretValue'] };

// Written out on purpose, and not read from lib/functions.ts: a permission is changed in two places, on purpose.
const expected: Record<FunctionName, string[]> = {
  click: allow({
    ...logging('Click'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem'],
    TablesClicks: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    TablesVisitorKeys: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    RetryPathRetryQueue: ['sqs:SendMessage'],
  }),
  visitor: allow({
    ...logging('Visitor'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem'],
    TablesClicks: ['dynamodb:GetItem'],
    TablesConversions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    TablesPostbackLog: ['dynamodb:PutItem'],
    RetryPathRetryQueue: ['sqs:SendMessage'],
  }),
  postback: allow({
    ...logging('Postback'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem'],
    TablesClicks: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    TablesConversions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    TablesPostbackLog: ['dynamodb:PutItem'],
    RetryPathRetryQueue: ['sqs:SendMessage'],
  }),
  retry: allow({
    ...logging('Retry'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem'],
    TablesClicks: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    TablesConversions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    TablesPostbackLog: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
    RetryPathRetryQueue: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
    ],
    RetryPathDeadLetterQueue: ['sqs:SendMessage'],
  }),
  admin: allow({
    ...logging('Admin'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    TablesClicks: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
    TablesConversions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan'],
    TablesPostbackLog: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    RetryPathRetryQueue: ['sqs:SendMessage'],
    RetryPathDeadLetterQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
    FactsTable: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    OutboundTable: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'OutboundTable/index/BySource': ['dynamodb:Query'],
    OutboundQueue: ['sqs:SendMessage'],
    FactsBucket: ['s3:GetBucketLocation', 's3:ListBucket'],
    'FactsBucket/clicks/*': ['s3:GetObject', 's3:PutObject'],
    'FactsBucket/conversions/*': ['s3:GetObject', 's3:PutObject'],
    'FactsBucket/results/*': ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
    'athena:workgroup/ReportsWorkGroup': ['athena:GetQueryExecution', 'athena:StartQueryExecution'],
    'glue:catalog': glue,
    'glue:database/ReportsDatabase': glue,
    'glue:table/ReportsDatabase/clicks': glue,
    'glue:table/ReportsDatabase/conversions': glue,
  }),
  watchdog: allow({
    ...logging('Watchdog'),
    TablesConfig: ['dynamodb:Query'],
    TablesPostbackLog: ['dynamodb:PutItem', 'dynamodb:Query'],
  }),
  count: allow({
    ...logging('Count'),
    TablesConfig: ['dynamodb:GetItem'],
    'TablesClicks stream': stream,
    'TablesConversions stream': stream,
    everything: ['dynamodb:ListStreams'],
    FactsTable: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    'FactsBucket/clicks/*': ['s3:PutObject'],
    'FactsBucket/conversions/*': ['s3:PutObject'],
  }),
  compact: allow({
    ...logging('Compact'),
    TablesVisitorKeys: ['dynamodb:DeleteItem', 'dynamodb:Scan'],
    FactsTable: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    FactsBucket: ['s3:ListBucket'],
    'FactsBucket/clicks/*': ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    'FactsBucket/conversions/*': ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
  }),
  dispatch: allow({
    ...logging('Dispatch'),
    TablesConfig: ['dynamodb:GetItem'],
    'TablesConversions stream': stream,
    everything: ['dynamodb:ListStreams'],
    OutboundTable: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    'OutboundTable/index/BySource': ['dynamodb:Query'],
    'OutboundTable/index/Due': ['dynamodb:Query'],
    OutboundQueue: ['sqs:SendMessage'],
  }),
  deliver: allow({
    ...logging('Deliver'),
    ...secret,
    TablesConfig: ['dynamodb:GetItem'],
    TablesClicks: ['dynamodb:GetItem'],
    TablesConversions: ['dynamodb:GetItem'],
    OutboundTable: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    OutboundQueue: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
  }),
};

describe.each(functionNames)('the function %s', (name) => {
  test('may do exactly what it does, and nothing more', () => {
    expect(allowed(name)).toEqual(expected[name]);
  });
});

test('no policy of any role names a wildcard, but for the names of streams, and the objects below a prefix of the one bucket', () => {
  for (const policy of Object.values(resources('AWS::IAM::Policy'))) {
    const others = JSON.stringify(policy['Properties'])
      .replaceAll(/\{"Fn::GetAtt":\["FactsBucket[0-9A-F]{8}","Arn"\]\},"\/(?:clicks|conversions|results)\/\*"/g, '')
      .replaceAll('{"Action":"dynamodb:ListStreams","Effect":"Allow","Resource":"*"}', '');
    expect(others).not.toContain('*');
  }
});

/** Calls to the SDK, and the action that a policy must allow for each. */
const actionsOf: Record<string, string> = {
  GetItem: 'dynamodb:GetItem',
  BatchGetItem: 'dynamodb:BatchGetItem',
  PutItem: 'dynamodb:PutItem',
  UpdateItem: 'dynamodb:UpdateItem',
  Query: 'dynamodb:Query',
  // Of Puts; compaction also deletes and updates within one.
  TransactWriteItems: 'dynamodb:PutItem',
  SendMessage: 'sqs:SendMessage',
  SendMessageBatch: 'sqs:SendMessage',
  ReceiveMessage: 'sqs:ReceiveMessage',
  DeleteMessageBatch: 'sqs:DeleteMessage',
  GetQueueAttributes: 'sqs:GetQueueAttributes',
  ChangeMessageVisibility: 'sqs:ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'sqs:ChangeMessageVisibility',
  GetSecretValue: 'secretsmanager:GetSecretValue',
  StartQueryExecution: 'athena:StartQueryExecution',
  GetQueryExecution: 'athena:GetQueryExecution',
  Scan: 'dynamodb:Scan',
  PutObject: 's3:PutObject',
  GetObject: 's3:GetObject',
  DeleteObject: 's3:DeleteObject',
  ListObjectsV2: 's3:ListBucket',
  DeleteItem: 'dynamodb:DeleteItem',
};

/**
 * What no call of the SDK's own tells: what a service does in the name of a function (Lambda for one that works a queue or a stream, Athena
 * for one that asks it), and what stands within a transaction.
 */
const doneForIt: Partial<Record<FunctionName, readonly string[]>> = {
  retry: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  admin: [
    'glue:GetDatabase',
    'glue:GetTable',
    's3:AbortMultipartUpload',
    's3:GetBucketLocation',
    's3:GetObject',
    's3:ListBucket',
    's3:PutObject',
  ],
  count: [...stream, 'dynamodb:ListStreams'],
  compact: ['dynamodb:UpdateItem'],
  dispatch: [...stream, 'dynamodb:ListStreams'],
  deliver: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
};

describe.each(functionNames)('the environment of %s', (name) => {
  const functions = resources('AWS::Lambda::Function');
  const environment: { readonly Variables: object } =
    functions[logicalId(functions, `Functions${constructIdOf(name)}`)]?.['Properties']['Environment'];
  const set = Object.keys(environment.Variables).sort();
  const code = reachableCode(name);

  test('has every variable that its code reads, and beside the stage none that it does not', () => {
    const read = Object.entries(environmentVariable)
      .filter(([key]) => new RegExp(`\\b(?:require|optional)Environment(?:Number)?\\(\\s*["']${key}["']`).test(code))
      .map(([, variable]) => variable);
    expect(set).toEqual([...new Set([...read, environmentVariable.stage])].sort());
  });

  test('comes with permission for every call that its code makes, and for no other', () => {
    const called = [...code.matchAll(/\bnew (\w+)Command\d*\(/g)].map(([, call = '']) => actionsOf[call] ?? call);
    const actions = allowed(name).map((grant) => grant.split(' ')[1]);
    const logs = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    expect(new Set(actions)).toEqual(new Set([...called, ...(doneForIt[name] ?? []), ...logs]));
  });

  test('stays far under the 4 kB that Lambda allows', () => {
    expect(JSON.stringify(environment).length).toBeLessThan(3000);
  });
});

/** What is left of a handler's code, with its imports, when everything that it cannot reach is gone. */
function reachableCode(name: string): string {
  const entry = path.join(repository, 'lambdas', name, 'handler.ts');
  const options = ['--bundle', '--format=esm', '--platform=node', '--packages=external'];
  return execFileSync(path.join(repository, 'node_modules', '.bin', 'esbuild'), [entry, ...options], {
    env: closedEnvironment(),
    encoding: 'utf8',
  });
}

test('the template holds no secret', () => {
  expect(JSON.stringify(template.toJSON())).not.toMatch(/"SecretString"|whsec_|AKIA[0-9A-Z]{16}/);
});
