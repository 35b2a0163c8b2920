import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import type { TopicProps } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { DataPolicy } from '../data-policy';
import type { AlarmTarget, AlarmTargets } from '../stage/alarm-target-settings';
import type { Severity } from './alarm-definition';
import { addSlackChannels } from './slack-channels';

/** Props of `AlarmTopics`. */
export interface AlarmTopicsProps {
  readonly stageName: string;
  readonly targets: AlarmTargets;
  /** Encrypts waiting messages of a topic, if given: its policy must let CloudWatch use it. */
  readonly data: DataPolicy;
}

/** The topics of alarms, one for each severity, so that a page and a ticket reach different people. */
export class AlarmTopics extends Construct {
  readonly bySeverity: Readonly<Record<Severity, Topic>>;

  constructor(scope: Construct, id: string, { stageName, targets, data }: AlarmTopicsProps) {
    super(scope, id);
    const add = (severity: Severity, constructId: string): Topic =>
      this.addTopic(
        constructId,
        { displayName: `Postback tracker ${stageName}: ${severity}`, ...data.topic },
        targets[severity],
      );
    this.bySeverity = { page: add('page', 'Page'), ticket: add('ticket', 'Ticket'), info: add('info', 'Info') };
    addSlackChannels(this, targets, this.bySeverity);
  }

  private addTopic(id: string, props: TopicProps, target: AlarmTarget = {}): Topic {
    const topic = new Topic(this, id, props);
    letAlarmsPublish(topic);
    for (const [index, endpoint] of (target.email ?? []).entries()) {
      addSubscription(topic, `Email${index + 1}`, SubscriptionProtocol.EMAIL, endpoint);
    }
    for (const [index, endpoint] of (target.https ?? []).entries()) {
      addSubscription(topic, `Https${index + 1}`, SubscriptionProtocol.HTTPS, endpoint);
    }
    return topic;
  }
}

/**
 * Enforcing TLS creates a topic policy, which replaces the default that lets this account's alarms publish. Without this statement alarms
 * would change their state and notify nobody.
 */
function letAlarmsPublish(topic: Topic): void {
  const { account, partition, region } = Stack.of(topic);
  topic.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
      },
    }),
  );
}

function addSubscription(topic: Topic, id: string, protocol: SubscriptionProtocol, endpoint: string): void {
  const subscription = new Subscription(topic, id, { topic, protocol, endpoint });
  Validations.of(subscription).acknowledge({
    id: 'Serverless-SNSRedrivePolicy',
    reason:
      'What cannot be delivered within the hour that SNS tries is old news; the alarm itself stays red until it is over.',
  });
}
