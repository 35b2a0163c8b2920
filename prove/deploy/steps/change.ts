import { environmentVariable } from '../../../lambdas/contract';
import { type JsonObject, objectOrEmpty, parseJson, textOf } from '../../../local/json';
import { ask } from '../account/signed-request';
import { type DeployedStack, physicalName } from '../account/stack';
import { rootCredentials } from '../emulator/emulator';
import type { Proof, Sent } from '../proof';
import { Tracker } from '../tracker';
import { deploy, succeeded } from './deploy';
import { conversionsOf } from './traffic';

/** Another than that of the first deployment: a variable of three functions, and with it a new version of each. */
const changedSeconds = 30;

/** A second deployment, with a change in it, over the data of the first. */
export async function deployChange(proof: Proof, before: DeployedStack, sent: Sent): Promise<DeployedStack> {
  const { checks, cdk, account } = proof;
  checks.section('A change');
  const same = await cdk.diff();
  checks.that('cdk diff finds nothing before it', same.code === 0, differing(same.output));
  succeeded(proof, 'cdk synth of the changed stage', await cdk.synth({ configCacheSeconds: changedSeconds }));
  const changed = await cdk.diff();
  checks.that(
    'cdk diff shows the change',
    changed.code === 1 && changed.output.includes(environmentVariable.configCacheSeconds),
    differing(changed.output),
  );
  const after = await deploy(proof, 'cdk deploy of the change');
  checks.that('the stack is updated', after.status === 'UPDATE_COMPLETE', after.status);
  const live = await liveVariables(proof, after, 'FunctionsClick');
  const seconds = live[environmentVariable.configCacheSeconds];
  checks.that('what the live alias calls has the change in it', seconds === String(changedSeconds), textOf(seconds));
  const names = ({ resources }: DeployedStack): readonly string[] =>
    resources
      .filter(({ ResourceType: type = '' }) => /DynamoDB|SQS::Queue$|SecretsManager|ApiGatewayV2::Api$/.test(type))
      .map(({ PhysicalResourceId: name = '' }) => name);
  checks.same(
    'tables, queues, secret and address are the same',
    names(after),
    names(before),
    `${names(after).length} of them`,
  );

  const tracker = new Tracker(account, after);
  checks.same(
    'every conversion is still there',
    await conversionsOf(tracker),
    sent.conversions,
    `${sent.conversions.length}`,
  );
  const [clickid = ''] = sent.clickIds;
  const again = await tracker.postback({ clickid, amount: '12.50', txid: 'T1' });
  checks.that('a postback of before is still a duplicate', again.result === 'duplicate', again.reason);
  const next = await tracker.postback({ clickid, amount: '3', txid: 'T2' });
  checks.that(
    'a new one is recorded: old click IDs are read with the same key',
    next.result === 'recorded',
    next.reason,
  );
  const settled = await cdk.diff();
  checks.that('cdk diff finds nothing afterwards', settled.code === 0, differing(settled.output));
  return after;
}

/** The variables of the version that the alias of a function means. */
async function liveVariables({ account }: Proof, stack: DeployedStack, id: string): Promise<JsonObject> {
  const name = physicalName(stack, 'AWS::Lambda::Function', id);
  const path = `/2015-03-31/functions/${name}/configuration?Qualifier=live`;
  const { body } = await ask(account.emulator, 'localhost', 'lambda', { path, signedBy: rootCredentials });
  return objectOrEmpty(objectOrEmpty(objectOrEmpty(parseJson(body))['Environment'])['Variables']);
}

/** The last line of `cdk diff`. */
function differing(output: string): string {
  const [, count] = /Number of stacks with differences: (\d+)/.exec(output) ?? [];
  return count === undefined ? 'no answer' : `${count} stacks differ`;
}
