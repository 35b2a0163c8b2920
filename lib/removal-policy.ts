import { RemovalPolicy } from 'aws-cdk-lib';
import type { StageConfiguration } from './stage-configuration';

/**
 * What happens to what the tracker remembers when its stack goes. It is kept, but for a stack whose first deployment fails:
 * nothing is in it yet, and each further try would leave another set behind.
 */
export const removalPolicyOf = ({ removal }: Pick<StageConfiguration, 'removal'>): RemovalPolicy =>
  removal === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
