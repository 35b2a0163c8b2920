import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { StageConfiguration } from '../stage-configuration';

/** Where every alarm rings. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, stage: StageConfiguration) {
    super(scope, id, { displayName: `Postback tracker ${stage.name}`, enforceSSL: true });
    const { account, partition, region } = Stack.of(this);
    // Enforcing TLS gives the topic a policy of its own, which replaces the default that let this account's alarms
    // publish. Without this statement every alarm would change its state and tell nobody.
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        actions: ['sns:Publish'],
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    if (stage.alarmEmail === undefined) return;
    this.addSubscription(new EmailSubscription(stage.alarmEmail));
    Validations.of(this).acknowledge({
      id: 'Serverless-SNSRedrivePolicy',
      reason: 'SNS takes no dead letter queue for e-mail; the alarm itself stays red until it is over.',
    });
  }
}
