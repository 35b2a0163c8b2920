/**
 * The CDK app: `cdk ls` shows a stack for each stage, and `cdk deploy PostbackTracker-prod` deploys one. `-c stage=NAME` synthesizes
 * that stage alone.
 * Everything it needs is in this repository: no look-up, no account and no Docker at synth.
 */
import { App } from 'aws-cdk-lib';
import { StageConfigurationError } from '../lib/stage-configuration';
import { buildStages } from '../lib/tracker-app';
import { stages } from './stages';

try {
  buildStages(new App(), stages);
} catch (error) {
  if (!(error instanceof StageConfigurationError)) throw error;
  // A wrong stage is the operator's to correct: one sentence, no stack trace.
  console.error(error.message);
  process.exitCode = 1;
}
