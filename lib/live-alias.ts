import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { TrackerFunction } from './tracker-function';

/**
 * The alias that every caller of a function names: the released version. A deployment publishes a new version and moves the alias to it,
 * in one step or by CodeDeploy; moving the alias back rolls back.
 */
export class LiveAlias extends Alias {
  constructor(called: TrackerFunction, provisionedConcurrency?: number) {
    super(called, 'Live', {
      aliasName: 'live',
      version: called.currentVersion,
      ...(provisionedConcurrency !== undefined && { provisionedConcurrentExecutions: provisionedConcurrency }),
    });
  }
}
