import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { synthesizeStage, type SynthesizedStage } from '../../../cost/synthesize';
import { readGlobalOptions, trackerTargetOf } from '../../connection/options';
import { messageOf, usageFailure } from '../../../operator/failure';
import { exitCode } from '../../exit-code';
import { addExamples } from '../../help';
import { wrong, type Check } from '../../../operator/check';
import { checkAccount } from '../../../operator/preflight/checks';
import { readRequirements } from '../../../operator/preflight/requirements';
import { perform } from '../../session';
import { checkText } from '../../terminal/check-text';

export function addPreflightCommand(program: CommandUnknownOpts): void {
  const command = program
    .command('preflight')
    .description(
      'compares a stage with its AWS account before a deployment: bootstrap, stack, boundary, concurrency, requests a second, log policies, alarm targets; changes nothing; exit code 1 if the deployment would fail',
    )
    .action((_, self) =>
      perform(self, async ({ output }) => {
        const options = readGlobalOptions(self);
        const target = trackerTargetOf({ ...options, stage: options.stage ?? 'prod' }, {});
        if (target.at === 'url')
          throw usageFailure('A preflight checks a stage in AWS: give --stage, without --local.');
        const checks = await preflight(target, options.stage ?? 'prod');
        const ready = checks.every(({ outcome }) => outcome !== 'wrong');
        output.answer({ ready, checks }, () => checks.map(checkText).join('\n'));
        return ready ? exitCode.fine : exitCode.finding;
      }),
    );
  addExamples(command, 'tracker preflight --stage prod', 'tracker preflight --stage staging --region eu-west-1 --json');
}

type StackTarget = Extract<ReturnType<typeof trackerTargetOf>, { at: 'stack' }>;

/** A stage that cannot be synthesized is the only finding: its requirements are unknown. */
async function preflight(target: StackTarget, stage: string): Promise<readonly Check[]> {
  let synthesized: SynthesizedStage;
  try {
    synthesized = await synthesizeStage(stage);
  } catch (error) {
    return [wrong('the stage can be synthesized', messageOf(error), 'Correct the stage in bin/stages.ts.')];
  }
  const { template, account, region } = synthesized;
  const { readAccount } = await import('../../operations/preflight/aws-account.js');
  const picture = await readAccount({ ...target, region: target.region ?? region });
  return checkAccount(stage, { ...readRequirements(template), ...(account !== undefined && { account }) }, picture);
}
