/**
 * The CDK app: `cdk deploy -c stage=NAME` (default `dev`).
 * Everything it needs is in this repository: no look-up, no account and no Docker at synth.
 */
import { App } from 'aws-cdk-lib';
import { StageConfigurationError } from '../lib/stage-configuration';
import { buildTracker } from '../lib/tracker-app';

try {
  buildTracker(new App());
} catch (error) {
  if (!(error instanceof StageConfigurationError)) throw error;
  // A wrong stage is the operator's to correct: one sentence, no stack trace.
  console.error(error.message);
  process.exitCode = 1;
}
