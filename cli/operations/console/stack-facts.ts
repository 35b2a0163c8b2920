import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { ConsoleSession } from '../../../console/server/tracker-access';
import { stackFailure } from '../../connection/aws-connection';
import type { TrackerTarget } from '../../connection/options';

type StackTarget = Extract<TrackerTarget, { at: 'stack' }>;

/** Reads the account and region of a stack, and its deletion protection, which is assumed if unreadable. */
export async function stackFacts({
  stack,
  region,
  profile,
}: StackTarget): Promise<Pick<ConsoleSession, 'region' | 'account' | 'protected' | 'local'>> {
  const client = new CloudFormationClient({
    credentials: fromNodeProviderChain({ ignoreCache: true, ...(profile !== undefined && { profile }) }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack })).catch((error: unknown) => {
    throw stackFailure(stack, error);
  });
  const [described] = Stacks ?? [];
  // arn:aws:cloudformation:eu-west-1:123456789012:stack/PostbackTracker-prod/…
  const [, , , at, account] = described?.StackId?.split(':') ?? [];
  return {
    ...(at !== undefined && { region: at }),
    ...(account !== undefined && { account }),
    protected: described?.EnableTerminationProtection !== false,
    local: false,
  };
}
