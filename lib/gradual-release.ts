import { Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { functionEntry, functionNames } from './functions';
import type { FunctionName } from './functions';
import type { Release } from './stage/release-settings';

/** Props of `GradualRelease`. */
export interface GradualReleaseProps {
  readonly release: Release;
  readonly live: Readonly<Record<FunctionName, Alias>>;
  /** All alarms of the stack, by construct ID. */
  readonly alarms: readonly Alarm[];
}

const configurations: Record<Exclude<Release, 'all-at-once'>, ILambdaDeploymentConfig> = {
  'canary-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'canary-15-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_15MINUTES,
  'linear-10-minutes': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

/** Sends a tenth of the requests to new code first, and rolls back when an alarm of the function rings meanwhile. */
export class GradualRelease extends Construct {
  constructor(scope: Construct, id: string, { release, live, alarms }: GradualReleaseProps) {
    super(scope, id);
    if (release === 'all-at-once') return;
    const deploymentConfig = configurations[release];
    const application = new LambdaApplication(this, 'Application');
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason: 'AWS maintains this policy with the actions that CodeDeploy needs to move an alias.',
    });
    for (const name of functionNames) {
      const own = functionEntry(name).rollbackAlarms;
      if (!own) continue;
      new LambdaDeploymentGroup(this, name, {
        application,
        role,
        alias: live[name],
        deploymentConfig,
        alarms: own.map((alarmId) => named(alarms, alarmId)),
      });
    }
  }
}

function named(alarms: readonly Alarm[], id: string): Alarm {
  const found = alarms.find(({ node }) => node.id === id);
  if (!found) throw new Error(`there is no alarm ${id} to roll back a release`);
  return found;
}
