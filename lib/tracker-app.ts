import { Validations } from 'aws-cdk-lib';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { stageConfiguration } from './stage-configuration';
import { commitAtHand, runbookAddress } from './stage/runbook-address';
import { TrackerStack } from './tracker-stack';

const defaultStage = 'dev';

/** Adds the tracker of the stage that the context names, and the rule packs that a synth must pass. */
export function buildTracker(app: App): TrackerStack {
  const name: unknown = app.node.tryGetContext('stage') ?? defaultStage;
  const given = stageConfiguration(String(name), app.node.tryGetContext('stages'), app.node.tryGetContext('release'));
  const stage = { ...given, runbookUrl: runbookAddress(given, commitAtHand) };
  const stack = new TrackerStack(app, `PostbackTracker-${stage.name}`, { stage });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return stack;
}
