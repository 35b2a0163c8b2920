import { Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { knownStages, stageConfiguration, withContext } from './stage-configuration';
import type { TeamStages } from './stage-configuration';
import { commitAtHand, runbookAddress } from './stage/runbook-address';
import { TrackerChecks } from './template-rules/tracker-checks';
import { TrackerStack } from './tracker-stack';

/**
 * Adds the stack of every stage to the app, or only that of the stage in the context key `stage`, and the rules of this repository, which
 * any synth must pass.
 * @param team the stages of the team, which the context key `stages` overrides
 */
export function buildStages(app: App, team: TeamStages = {}): readonly TrackerStack[] {
  const stages = withContext(team, app.node.tryGetContext('stages'));
  const chosen: unknown = app.node.tryGetContext('stage');
  const names = typeof chosen === 'string' ? [chosen] : knownStages(stages);
  const stacks = names.map((name) => {
    const given = stageConfiguration(name, stages, app.node.tryGetContext('release'));
    const stage = { ...given, runbookUrl: runbookAddress(given, commitAtHand) };
    return new TrackerStack(app, `PostbackTracker-${stage.name}`, { stage });
  });
  Validations.of(app).addPlugins(new TrackerChecks(stacks));
  return stacks;
}
