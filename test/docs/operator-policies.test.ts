import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { evaluate } from '../../local/iam/evaluate';
import { readStatements } from '../../local/iam/policy';
import { root } from '../e2e/assembly';
import { alarmsOf, describing } from '../lib/monitoring/watched';
import { actionsOfCommandLine, actionsOfCommands, actionsOfSource } from './support/called-actions';

const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const statementsOf = (name: string) => readStatements(JSON.parse(read('docs', 'deploy', `${name}.json`)), name);

const account = 'us-east-1:111122223333';
const stack = 'PostbackTracker-prod';
const logGroups = [
  `arn:aws:logs:${account}:log-group:${stack}-FunctionsClickLogs0CC108AC-Ab1`,
  `arn:aws:logs:${account}:log-group:/aws/vendedlogs/${stack}-access-11111111-2222`,
];
const functionArn = `arn:aws:lambda:${account}:function:${stack}-FunctionsClick22D3CE2F-Ab1`;
const tableArn = `arn:aws:dynamodb:${account}:table/${stack}-TablesClicks2FF1CD00-Ab1`;

/** On what each action is called: resources of a stack, or `*` where IAM knows no resource of the action. */
const resources: Readonly<Record<string, readonly string[]>> = {
  'cloudformation:DescribeStacks': [
    `arn:aws:cloudformation:${account}:stack/${stack}/11111111-2222`,
    `arn:aws:cloudformation:${account}:stack/CDKToolkit/11111111-2222`,
  ],
  'cloudformation:ListStackResources': [`arn:aws:cloudformation:${account}:stack/${stack}/11111111-2222`],
  'cloudwatch:DescribeAlarmContributors': ['*'],
  'cloudwatch:DescribeAlarms': ['*'],
  'cloudwatch:GetMetricData': ['*'],
  'cloudwatch:GetMetricStatistics': ['*'],
  'codedeploy:ListDeploymentGroups': [`arn:aws:codedeploy:${account}:application:${stack}-ReleaseApplication-Ab1`],
  'codedeploy:ListDeployments': [`arn:aws:codedeploy:${account}:deploymentgroup:${stack}-ReleaseApplication-Ab1/click`],
  'codedeploy:StopDeployment': [`arn:aws:codedeploy:${account}:deploymentgroup:${stack}-ReleaseApplication-Ab1/click`],
  'dynamodb:DescribeTable': [tableArn],
  'dynamodb:UpdateTable': [tableArn],
  'execute-api:Invoke': [`arn:aws:execute-api:${account}:API_ID/$default/GET/admin/v1/postbacks`],
  'lambda:GetAccountSettings': ['*'],
  'lambda:GetAlias': [functionArn],
  'lambda:GetFunctionConcurrency': [functionArn],
  'lambda:ListEventSourceMappings': ['*'],
  'lambda:ListVersionsByFunction': [functionArn],
  'lambda:UpdateAlias': [functionArn],
  'lambda:UpdateEventSourceMapping': [`arn:aws:lambda:${account}:event-source-mapping:11111111-2222`],
  'logs:DescribeQueryDefinitions': ['*'],
  'logs:DescribeResourcePolicies': ['*'],
  'logs:FilterLogEvents': logGroups,
  'logs:GetQueryResults': ['*'],
  'logs:StartQuery': logGroups,
  'servicequotas:GetServiceQuota': [`arn:aws:servicequotas:${account}:apigateway/L-8A5B8E43`],
  'servicequotas:RequestServiceQuotaIncrease': [`arn:aws:servicequotas:${account}:lambda/L-B99A9384`],
  'sns:ListSubscriptionsByTopic': [`arn:aws:sns:${account}:${stack}-MonitoringTopicsPage0A2D9DD2-Ab1`],
  'sts:GetCallerIdentity': ['*'],
  'sqs:PurgeQueue': [`arn:aws:sqs:${account}:${stack}-OutboundDeadLetterQueue8002BBED-Ab1`],
  'sqs:GetQueueAttributes': [`arn:aws:sqs:${account}:${stack}-RetryPathRetryQueue6ECB69CA-Ab1`],
};

const refused = (policy: string, actions: readonly string[]): readonly string[] =>
  actions.flatMap((action) =>
    (resources[action] ?? ['nobody has said on what it is called'])
      .filter((resource) => evaluate(statementsOf(policy), action, resource) !== 'allowed')
      .map((resource) => `${action} on ${resource}`),
  );

const runbook = read('docs', 'runbook.md');
const neededOnCall = [
  ...new Set([
    ...actionsOfCommandLine(),
    ...actionsOfCommands(runbook),
    ...[...alarmsOf('prod').values()].flatMap((alarm) => actionsOfCommands(describing(alarm))),
  ]),
].sort();

test('calls are found in commands and in sources, whatever they are written as', () => {
  expect(actionsOfCommands('x=$(aws service-quotas list-services) | aws logs tail NAME')).toEqual([
    'logs:FilterLogEvents',
    'servicequotas:ListServices',
  ]);
  expect(
    actionsOfSource("import {\n  SQSClient,\n  SendMessageCommand, paginateListQueues,\n} from '@aws-sdk/client-sqs';"),
  ).toEqual(['sqs:SendMessage', 'sqs:ListQueues']);
  expect(actionsOfCommandLine()).toEqual(
    expect.arrayContaining(['cloudformation:ListStackResources', 'cloudwatch:GetMetricData', 'execute-api:Invoke']),
  );
  expect(neededOnCall.length).toBeGreaterThan(15);
});

test('the operator may do what the runbook, the alarms and the command line call, each on the resources of a stack', () => {
  expect(refused('operator-policy', neededOnCall)).toEqual([]);
});

test('the operator may do nothing else', () => {
  const granted = statementsOf('operator-policy').flatMap(({ actions }) => actions);

  expect([...granted].sort()).toEqual(neededOnCall);
});

test('each release ends with a command that the policies of its role allow', () => {
  const steps: { readonly jobs: Record<string, { readonly steps: ReadonlyArray<{ readonly run?: string }> }> } = parse(
    read('.github', 'workflows', 'release.yml'),
  );
  const last = ['staging', 'production'].map((job) => steps.jobs[job]?.steps.at(-1)?.run);

  expect(last).toEqual(['npx tracker doctor --stage staging', 'npx tracker doctor --stage prod']);
  expect(read('docs', 'deploy.md')).toMatch(
    /`staging` and `production` get the deployer's policy and[^;]*\sthe operator's/,
  );
  expect(refused('operator-policy', actionsOfCommandLine())).toEqual([]);
});

test('the operator may empty no queue in which clicks and postbacks wait', () => {
  const queues = ['RetryPathRetryQueue6ECB69CA', 'RetryPathDeadLetterQueue9D2AA9A3', 'OutboundQueueA2785807'];
  const arns = queues.map((queue) => `arn:aws:sqs:${account}:${stack}-${queue}-Ab1`);

  for (const arn of arns) expect(evaluate(statementsOf('operator-policy'), 'sqs:PurgeQueue', arn)).toBe('not-allowed');
});

test('the operator is given nothing of another stack or API', () => {
  const foreign = Object.entries(resources)
    .flatMap(([action, arns]) =>
      arns.map((arn) => [action, arn.replaceAll(stack, 'SomebodyElses').replace('API_ID', 'SomebodyElses')] as const),
    )
    .filter(([, arn]) => arn.includes('SomebodyElses'));

  expect(foreign.length).toBeGreaterThan(5);
  expect(
    foreign.filter(([action, arn]) => evaluate(statementsOf('operator-policy'), action, arn) === 'allowed'),
  ).toEqual([]);
});
