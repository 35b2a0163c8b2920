import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { closedEnvironment } from '../../prove/closed-environment';
import { node, root } from '../e2e/assembly';
import type { Resource } from '../lib/synthesized';
import { priced, resourcesOfStage, stageWithEverything } from './support/everything';

jest.setTimeout(120_000);

const oneOrMore = v.union([v.string(), v.array(v.string())]);
const policySchema = v.object({
  Version: v.literal('2012-10-17'),
  Statement: v.array(v.looseObject({ Effect: v.literal('Allow'), Action: oneOrMore, Resource: v.optional(oneOrMore) })),
});

/** In a template, resources are references. */
const grantedSchema = v.object({ Statement: v.array(v.object({ Action: oneOrMore })) });

const textOf = (name: string): string => readFileSync(join(root, 'docs', 'deploy', `${name}.json`), 'utf8');
const policy = (name: string) => v.parse(policySchema, JSON.parse(textOf(name)));
const actionsOf = (name: string): readonly string[] => policy(name).Statement.flatMap(({ Action }) => Action);

/** Whether a pattern of IAM, such as `logs:*Delivery*`, covers an action. */
const covers = (pattern: string, action: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(action);
const missingFrom = (patterns: readonly string[], actions: readonly string[]): readonly string[] =>
  actions.filter((action) => !patterns.some((pattern) => covers(pattern, action)));

/** What CloudFormation does to make, change and delete a resource of a type: the least that its role must be allowed. */
const actionsByType: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['apigateway:POST', 'apigateway:PATCH', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::ApiMapping': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Authorizer': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::DomainName': ['apigateway:POST', 'apigateway:DELETE', 'acm:DescribeCertificate'],
  'AWS::ApiGatewayV2::Integration': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Route': ['apigateway:POST', 'apigateway:DELETE'],
  'AWS::ApiGatewayV2::Stage': [
    'apigateway:POST',
    'logs:CreateLogDelivery',
    'logs:UpdateLogDelivery',
    'logs:PutResourcePolicy',
  ],
  'AWS::CertificateManager::Certificate': [
    'acm:RequestCertificate',
    'acm:DeleteCertificate',
    'route53:ChangeResourceRecordSets',
  ],
  'AWS::Chatbot::SlackChannelConfiguration': [
    'chatbot:CreateSlackChannelConfiguration',
    'chatbot:DeleteSlackChannelConfiguration',
  ],
  'AWS::CloudFront::Distribution': [
    'cloudfront:CreateDistribution',
    'cloudfront:DeleteDistribution',
    'wafv2:GetWebACL',
    'secretsmanager:GetSecretValue',
  ],
  'AWS::Athena::WorkGroup': [
    'athena:CreateWorkGroup',
    'athena:UpdateWorkGroup',
    'athena:DeleteWorkGroup',
    'athena:GetWorkGroup',
  ],
  'AWS::Glue::Database': ['glue:CreateDatabase', 'glue:UpdateDatabase', 'glue:DeleteDatabase', 'glue:GetDatabase'],
  'AWS::Glue::Table': ['glue:CreateTable', 'glue:UpdateTable', 'glue:DeleteTable', 'glue:GetTable'],
  'AWS::S3::Bucket': [
    's3:CreateBucket',
    's3:DeleteBucket',
    's3:PutEncryptionConfiguration',
    's3:PutLifecycleConfiguration',
    's3:PutBucketPublicAccessBlock',
    's3:PutBucketTagging',
  ],
  'AWS::S3::BucketPolicy': ['s3:PutBucketPolicy', 's3:GetBucketPolicy', 's3:DeleteBucketPolicy'],
  'AWS::CloudFront::Function': ['cloudfront:CreateFunction', 'cloudfront:PublishFunction'],
  'AWS::CloudFront::OriginRequestPolicy': [
    'cloudfront:CreateOriginRequestPolicy',
    'cloudfront:UpdateOriginRequestPolicy',
    'cloudfront:DeleteOriginRequestPolicy',
    'cloudfront:GetOriginRequestPolicy',
  ],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms', 'cloudwatch:DescribeAlarms'],
  'AWS::CloudWatch::CompositeAlarm': ['cloudwatch:PutCompositeAlarm', 'cloudwatch:DeleteAlarms'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch:PutDashboard', 'cloudwatch:GetDashboard', 'cloudwatch:DeleteDashboards'],
  'AWS::CodeDeploy::Application': ['codedeploy:CreateApplication', 'codedeploy:DeleteApplication'],
  'AWS::CodeDeploy::DeploymentGroup': [
    'codedeploy:CreateDeploymentGroup',
    'codedeploy:CreateDeployment',
    'codedeploy:GetDeployment',
    'codedeploy:GetDeploymentConfig',
    'iam:PassRole',
  ],
  'AWS::DynamoDB::GlobalTable': [
    'dynamodb:CreateTable',
    'dynamodb:DescribeTable',
    'dynamodb:UpdateTable',
    'dynamodb:UpdateTimeToLive',
    'dynamodb:UpdateContinuousBackups',
    'dynamodb:UpdateContributorInsights',
    'dynamodb:TagResource',
    'iam:CreateServiceLinkedRole',
  ],
  'AWS::IAM::Policy': ['iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:GetRolePolicy'],
  'AWS::IAM::Role': ['iam:CreateRole', 'iam:DeleteRole', 'iam:GetRole', 'iam:AttachRolePolicy', 'iam:TagRole'],
  'AWS::Lambda::Alias': ['lambda:CreateAlias', 'lambda:UpdateAlias', 'lambda:PutProvisionedConcurrencyConfig'],
  'AWS::Lambda::EventSourceMapping': ['lambda:CreateEventSourceMapping', 'lambda:DeleteEventSourceMapping'],
  'AWS::Lambda::Function': ['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'iam:PassRole', 's3:GetObject'],
  'AWS::Lambda::Permission': ['lambda:AddPermission', 'lambda:RemovePermission'],
  'AWS::Lambda::Version': ['lambda:PublishVersion', 'lambda:DeleteFunction'],
  'AWS::Logs::LogGroup': ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:DescribeLogGroups'],
  'AWS::Logs::MetricFilter': ['logs:PutMetricFilter', 'logs:DeleteMetricFilter'],
  'AWS::Logs::QueryDefinition': [
    'logs:PutQueryDefinition',
    'logs:DescribeQueryDefinitions',
    'logs:DeleteQueryDefinition',
  ],
  'AWS::Route53::RecordSet': [
    'route53:ChangeResourceRecordSets',
    'route53:GetChange',
    'route53:ListResourceRecordSets',
  ],
  'AWS::SNS::Subscription': ['sns:Subscribe', 'sns:Unsubscribe', 'sns:GetSubscriptionAttributes'],
  'AWS::SNS::Topic': ['sns:CreateTopic', 'sns:DeleteTopic', 'sns:SetTopicAttributes'],
  'AWS::SNS::TopicPolicy': ['sns:SetTopicAttributes'],
  'AWS::SQS::Queue': ['sqs:CreateQueue', 'sqs:DeleteQueue', 'sqs:SetQueueAttributes'],
  'AWS::SQS::QueuePolicy': ['sqs:SetQueueAttributes'],
  'AWS::Scheduler::Schedule': [
    'scheduler:CreateSchedule',
    'scheduler:GetSchedule',
    'scheduler:UpdateSchedule',
    'scheduler:DeleteSchedule',
    'iam:PassRole',
  ],
  'AWS::SecretsManager::Secret': [
    'secretsmanager:CreateSecret',
    'secretsmanager:GetRandomPassword',
    'secretsmanager:DeleteSecret',
  ],
  'AWS::WAFv2::WebACL': ['wafv2:CreateWebACL', 'wafv2:UpdateWebACL', 'wafv2:DeleteWebACL'],
};

type Resources = Readonly<Record<string, Resource>>;
const typesOf = (resources: Resources): readonly string[] => [
  ...new Set(Object.values(resources).map((one) => String(one['Type']))),
];

let prod: Resources;
let everything: Resources;
let bootstrap: string;
beforeAll(() => {
  bootstrap = execFileSync(node, [join(root, 'node_modules', '.bin', 'cdk'), 'bootstrap', '--show-template'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: closedEnvironment(),
  });
  prod = resourcesOfStage('prod');
  everything = stageWithEverything();
});

describe('the policy of the role by which CloudFormation deploys', () => {
  test('allows what each type of resource in prod takes', () => {
    const needed = typesOf(prod).flatMap((type) => actionsByType[type] ?? [`nobody has looked at ${type}`]);

    expect(missingFrom(actionsOf('execution-policy'), needed)).toEqual([]);
  });

  test('with that of the options allows what a stage with everything takes', () => {
    const needed = typesOf(everything).flatMap((type) => actionsByType[type] ?? [`nobody has looked at ${type}`]);
    const allowed = [...actionsOf('execution-policy'), ...actionsOf('execution-policy-options')];

    expect(missingFrom(allowed, needed)).toEqual([]);
    // The options are needed: else they should not be there.
    expect(missingFrom(actionsOf('execution-policy'), needed)).not.toEqual([]);
  });

  test('names the stack as the CDK does, and the bootstrap as it is', () => {
    expect(textOf('execution-policy')).toContain(':table/PostbackTracker-*');
    expect(textOf('execution-policy')).toContain('cdk-hnb659fds-assets-');
  });

  test('makes no role without the boundary, and takes the boundary off none', () => {
    const creating = policy('execution-policy').Statement.filter(({ Action }) =>
      [Action].flat().includes('iam:CreateRole'),
    );

    expect(creating.map((statement) => statement['Condition'])).toEqual([
      { StringEquals: { 'iam:PermissionsBoundary': expect.stringMatching(/:policy\/postback-tracker-boundary$/) } },
    ]);
    expect(missingFrom(actionsOf('execution-policy'), ['iam:DeleteRolePermissionsBoundary'])).toHaveLength(1);
  });
});

describe('the boundary of every role of the stack', () => {
  const granted = (resources: Resources): readonly string[] =>
    Object.values(resources)
      .filter((one) => one['Type'] === 'AWS::IAM::Policy')
      .flatMap((one) => v.parse(grantedSchema, one['Properties']['PolicyDocument']).Statement)
      .flatMap(({ Action }) => Action);

  test.each([
    ['prod', () => prod],
    ['a stage with everything', () => everything],
  ])('leaves %s all that its roles are granted', (_stage, resources) => {
    const actions = granted(resources());

    expect(actions.length).toBeGreaterThan(10);
    expect(missingFrom(actionsOf('boundary'), actions)).toEqual([]);
  });

  test('leaves no role a way to more', () => {
    expect(actionsOf('boundary').filter((action) => /^(iam|sts|\*)/.test(action))).toEqual([]);
  });
});

describe('the policy of whoever operates', () => {
  const [invoke, ...others] = policy('operator-policy').Statement.filter(({ Action }) =>
    [Action].flat().some((action) => action.startsWith('execute-api:')),
  );

  test('calls the admin routes of one API, in the stage that it has', () => {
    const stages = Object.values(prod).filter((one) => one['Type'] === 'AWS::ApiGatewayV2::Stage');

    expect([invoke?.Resource, others]).toEqual(['arn:aws:execute-api:*:111122223333:API_ID/$default/*/admin/v1/*', []]);
    expect(stages.map((one) => one['Properties']['StageName'])).toEqual(['$default']);
    expect(readFileSync(join(root, 'docs', 'deploy.md'), 'utf8')).toContain('s/API_ID/$api/g');
  });

  test('is the only one that calls the API', () => {
    const names = readdirSync(join(root, 'docs', 'deploy')).map((name) => name.replace('.json', ''));
    const calling = names.filter((name) => /"execute-api:/.test(textOf(name)));

    expect(calling).toEqual(['operator-policy']);
  });
});

describe('the policy of whoever deploys', () => {
  test('takes roles that the bootstrap makes', () => {
    const [assumed] = policy('deployer-policy').Statement.map(({ Resource }) => [Resource ?? []].flat());
    const roles = (assumed ?? []).map((arn) => /role\/cdk-hnb659fds-([a-z-]+)-111122223333-\*$/.exec(arn)?.[1]);

    expect(roles).toEqual(['deploy-role', 'file-publishing-role', 'lookup-role']);
    for (const role of roles) expect(bootstrap).toContain(`cdk-\${Qualifier}-${role}-`);
  });

  test('goes with options of the bootstrap that exist', () => {
    const page = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');

    expect(page).toContain('--cloudformation-execution-policies');
    expect(bootstrap).toContain('CloudFormationExecutionPolicies:');
  });
});

test.each(['boundary', 'deployer-policy', 'operator-policy', 'execution-policy', 'execution-policy-options'])(
  '%s is small enough for IAM, and grants nothing that can do everything',
  (name) => {
    // A managed policy may have 6,144 characters, blanks apart.
    expect(textOf(name).replace(/\s/g, '').length).toBeLessThanOrEqual(6144);
    expect(actionsOf(name).filter((action) => /^(\*|iam:\*)/.test(action))).toEqual([]);
  },
);

test('nothing in a stage with everything is without a price', () => {
  expect(priced(everything).unpriced).toEqual([]);
});
