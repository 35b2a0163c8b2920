import { accountId, partition } from '../account';
import { evaluate } from '../iam/evaluate';
import type { FunctionModel, StackModel } from '../template/model';
import { queueDenials } from '../template/read-event-sources';
import type { WireRequest } from './request';
import type { Need } from './message';

/**
 * Checks the policies of the function's role and of the queue or bucket. Returns AWS's denial message where they do not allow the call,
 * in the wording of the IAM User Guide, "Troubleshoot access denied error messages".
 */
export function denialOf(
  request: Pick<WireRequest, 'needs'>,
  caller: FunctionModel,
  stack: StackModel,
): string | undefined {
  for (const need of request.needs) {
    const resourceArn = arnOfSecret(need, stack);
    const { action } = need;
    const user = `arn:${partition}:sts::${accountId}:assumed-role/${caller.roleName}/${caller.name}`;
    const what = `User: ${user} is not authorized to perform: ${action} on resource: ${resourceArn}`;
    if (isDeniedByResource(stack, action, resourceArn))
      return `${what} with an explicit deny in a resource-based policy`;
    const decision = evaluate(caller.statements, action, resourceArn);
    if (decision === 'denied') return `${what} with an explicit deny in an identity-based policy`;
    if (decision === 'not-allowed') return `${what} because no identity-based policy allows the ${action} action`;
  }
  return undefined;
}

/** Only Deny statements of a resource's policy count here: roles grant the permissions of functions. */
function isDeniedByResource({ queues, buckets }: StackModel, action: string, resourceArn: string): boolean {
  const queue = queues.find(({ arn }) => arn === resourceArn);
  const bucket = buckets.find(({ arn }) => arn === resourceArn || resourceArn.startsWith(`${arn}/`));
  const denials = [...(queue === undefined ? [] : queueDenials(queue)), ...(bucket?.denials ?? [])];
  return evaluate(denials, action, resourceArn) === 'denied';
}

/** Policies name secrets by ARN; callers may also use names. */
function arnOfSecret({ action, resourceArn }: Need, stack: StackModel): string {
  if (!action.startsWith('secretsmanager:')) return resourceArn;
  return (
    stack.secrets.find(({ name, arn }) => name === resourceArn || arn.slice(0, -7) === resourceArn)?.arn ?? resourceArn
  );
}
