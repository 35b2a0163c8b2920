import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeResourcePoliciesCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { stackFailure } from '../../connection/aws-connection';
import type { TrackerTarget } from '../../connection/options';
import { Failure, messageOf } from '../../../operator/failure';
import type { AccountPicture, PageSubscriptions } from '../../../operator/preflight/account';
import { readThrottleQuota } from './throttle-quota';

type StackTarget = Extract<TrackerTarget, { at: 'stack' }>;

const bootstrapStack = 'CDKToolkit';

/** Reads the account of the credentials. Rejects with a Failure if access is denied. */
export async function readAccount({ stack, region, profile }: StackTarget): Promise<AccountPicture> {
  const credentials = fromNodeProviderChain(profile === undefined ? {} : { profile });
  const settings = {
    credentials,
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
  const formation = new CloudFormationClient(settings);
  const lambda = new LambdaClient(settings);
  const [toolkit, own] = [await stackOf(formation, bootstrapStack), await stackOf(formation, stack)];
  try {
    const { Account = 'unknown' } = await new STSClient(settings).send(new GetCallerIdentityCommand({}));
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    const { resourcePolicies = [] } = await new CloudWatchLogsClient(settings).send(
      new DescribeResourcePoliciesCommand({}),
    );
    const topic = outputOf(own, 'PageTopicArn');
    const usedRegion = await formation.config.region();
    return {
      account: Account,
      region: usedRegion,
      throttleQuota: await readThrottleQuota(usedRegion, credentials),
      bootstrapVersion: numberOf(outputOf(toolkit, 'BootstrapVersion')),
      stackStatus: own?.StackStatus,
      concurrency: {
        limit: AccountLimit?.ConcurrentExecutions ?? 0,
        unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
      },
      reservedByStack: own === undefined ? 0 : await reservedBy(formation, lambda, stack),
      logPolicies: resourcePolicies.map(({ policyName = '', policyDocument = '' }) => ({
        name: policyName,
        characters: policyDocument.length,
      })),
      pageSubscriptions: topic === undefined ? undefined : await subscriptionsOf(new SNSClient(settings), topic),
    };
  } catch (error) {
    throw new Failure('unreachable', `The account cannot be read: ${messageOf(error)}`, {
      hint: 'docs/deploy/operator-policy.json has the actions that your identity needs.',
      cause: error,
    });
  }
}

/** Returns `undefined` if the stack does not exist. */
async function stackOf(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    return (await client.send(new DescribeStacksCommand({ StackName: name }))).Stacks?.[0];
  } catch (error) {
    const failure = stackFailure(name, error);
    if (failure.kind === 'notFound') return undefined;
    throw failure;
  }
}

const outputOf = (stack: Stack | undefined, name: string): string | undefined =>
  stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

async function reservedBy(formation: CloudFormationClient, lambda: LambdaClient, stack: string): Promise<number> {
  let reserved = 0;
  for await (const page of paginateListStackResources({ client: formation }, { StackName: stack })) {
    for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType !== 'AWS::Lambda::Function' || PhysicalResourceId === undefined) continue;
      const { ReservedConcurrentExecutions = 0 } = await lambda.send(
        new GetFunctionConcurrencyCommand({ FunctionName: PhysicalResourceId }),
      );
      reserved += ReservedConcurrentExecutions;
    }
  }
  return reserved;
}

/** SNS returns this instead of an ARN until the address has confirmed. */
const pending = 'PendingConfirmation';

async function subscriptionsOf(client: SNSClient, topic: string): Promise<PageSubscriptions> {
  let confirmed = 0;
  const unconfirmed: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, { TopicArn: topic })) {
    for (const { SubscriptionArn, Endpoint = '' } of Subscriptions) {
      if (SubscriptionArn === pending) unconfirmed.push(Endpoint);
      else confirmed++;
    }
  }
  return { confirmed, unconfirmed };
}
