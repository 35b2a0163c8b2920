import {
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { Account } from './account';

/** A deployed stack, as CloudFormation describes it. */
export interface DeployedStack {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly StackResourceSummary[];
}

/** `undefined` where there is none of this name, or it was deleted. */
export async function describeStack(
  { cloudFormation }: Account,
  StackName: string,
): Promise<DeployedStack | undefined> {
  const answer = await cloudFormation.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  });
  const [stack] = answer?.Stacks ?? [];
  if (stack === undefined || stack.StackStatus === 'DELETE_COMPLETE') return undefined;
  const resources: StackResourceSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudFormation.send(
      new ListStackResourcesCommand({ StackName, ...(NextToken && { NextToken }) }),
    );
    resources.push(...(page.StackResourceSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  const outputs = (stack.Outputs ?? []).map(
    ({ OutputKey: key = '', OutputValue: value = '' }) => [key, value] as const,
  );
  return { status: String(stack.StackStatus), outputs: Object.fromEntries(outputs), resources };
}

/** Physical names of the resources of a type, by logical ID without its hash. */
export function physicalNames({ resources }: DeployedStack, type: string): ReadonlyMap<string, string> {
  return new Map(
    resources
      .filter(({ ResourceType }) => ResourceType === type)
      .map(({ LogicalResourceId: id = '', PhysicalResourceId: name = '' }) => [id.replace(/[0-9A-F]{8}$/, ''), name]),
  );
}

/** The one whose logical ID is so; throws where the stack has none. */
export function physicalName(stack: DeployedStack, type: string, logicalId: string): string {
  const name = physicalNames(stack, type).get(logicalId);
  if (name === undefined) throw new Error(`the stack has no ${type} ${logicalId}`);
  return name;
}

export async function allowDeletion({ cloudFormation }: Account, StackName: string): Promise<void> {
  await cloudFormation.send(new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false }));
}
