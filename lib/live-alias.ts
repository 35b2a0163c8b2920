import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { TrackerFunction } from './tracker-function';

/**
 * What everything that calls a function names: the version that is released. A deployment makes a new version and moves the alias to
 * it, at once or by CodeDeploy; to go back is to move the alias back.
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
