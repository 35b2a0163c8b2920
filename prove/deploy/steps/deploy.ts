import { describeStack, type DeployedStack } from '../account/stack';
import { correctPolicies } from '../account/correct-policies';
import { Stopped } from '../checks';
import { type CdkRun, stackName } from '../cdk';
import { Template } from '../../../lib/template-rules/template';
import { readAssembly } from '../../../local/assembly/read-assembly';
import type { Proof } from '../proof';

/** `cdk bootstrap` and the first `cdk deploy`. */
export async function bootstrapAndDeploy(proof: Proof): Promise<DeployedStack> {
  const { checks, cdk, account } = proof;
  checks.section('An empty account');
  const bootstrap = await cdk.bootstrap();
  succeeded(proof, 'cdk bootstrap', bootstrap);
  const toolkit = await describeStack(account, 'CDKToolkit');
  checks.that(
    'CDKToolkit is complete',
    toolkit?.status === 'CREATE_COMPLETE',
    `${toolkit?.resources.length ?? 0} resources`,
  );

  succeeded(proof, 'cdk synth, with its rules as errors', await cdk.synth({ configCacheSeconds: 60 }));
  const stack = await deploy(proof, 'cdk deploy');
  checks.that('the stack is complete', stack.status === 'CREATE_COMPLETE', stack.status);
  const template = new Template(readAssembly(cdk.assembly).template);
  checks.same(
    'every resource of the template is there, and no other',
    stack.resources.map(({ LogicalResourceId: id = '' }) => id),
    template.resources.map(({ logicalId }) => logicalId),
    `${stack.resources.length} resources`,
  );
  const complete = stack.resources.filter(({ ResourceStatus: status }) => status === 'CREATE_COMPLETE');
  checks.that('each of them is complete', complete.length === stack.resources.length, `${complete.length} resources`);
  const addresses = ['ClickUrl', 'PostbackUrl', 'AdminUrl'].filter((name) => name in stack.outputs);
  checks.that('the outputs give the addresses', addresses.length === 3, addresses.join(', '));
  return stack;
}

/** One deployment, with what the emulator gets wrong in policies put right. */
export async function deploy(proof: Proof, claim: string): Promise<DeployedStack> {
  succeeded(proof, claim, await proof.cdk.deploy());
  const stack = await describeStack(proof.account, stackName);
  if (stack === undefined) throw new Stopped('there is no stack after the deployment');
  const corrected = await correctPolicies(proof.account, stack);
  proof.say(`          (${corrected} policies put right, see below)`);
  return stack;
}

/** Goes on only where the command succeeded: without a deployment there is nothing to look at. */
export function succeeded({ checks }: Proof, claim: string, { code, output, seconds }: CdkRun): void {
  checks.that(claim, code === 0, code === 0 ? `${seconds.toFixed(1)} s` : `exit code ${code}`);
  if (code !== 0) throw new Stopped(output.trim().split('\n').slice(-25).join('\n'));
}
