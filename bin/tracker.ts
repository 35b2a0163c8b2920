/**
 * The CDK app: `cdk ls` shows a stack for each stage, and `cdk deploy PostbackTracker-prod` deploys one. `-c stage=NAME` synthesizes
 * that stage alone.
 * Everything it needs is in this repository: no look-up, no account and no Docker at synth.
 */
import { isCodeWanted, prepareBundles } from '../lib/function-bundles';
import { stages } from './stages';

async function main(): Promise<void> {
  // The bundles are built on another core while the CDK loads.
  const bundles = isCodeWanted(process.env) ? prepareBundles() : undefined;
  const [{ App }, { buildStages }, { StageConfigurationError }] = await Promise.all([
    import('aws-cdk-lib'),
    import('../lib/tracker-app.js'),
    import('../lib/stage-configuration.js'),
    bundles,
  ]);
  try {
    const app = new App();
    buildStages(app, stages);
    // As the CDK's own validation: what runs or prices a stage on this machine sets it to false.
    if (process.env['CDK_VALIDATION'] !== 'false') (await import('../lib/nag-packs.js')).addNagPacks(app);
  } catch (error) {
    if (!(error instanceof StageConfigurationError)) throw error;
    // A wrong stage is the operator's to correct: one sentence, no stack trace.
    console.error(error.message);
    process.exitCode = 1;
  }
}

void main();
