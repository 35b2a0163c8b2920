import { Stack } from 'aws-cdk-lib';
import { SlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AlarmTargets } from '../stage/alarm-target-settings';
import { severities } from './alarm-definition';
import type { Severity } from './alarm-definition';

/** A channel takes one configuration, which severities in the same channel share. */
export function addSlackChannels(
  scope: Construct,
  targets: AlarmTargets,
  topics: Readonly<Record<Severity, ITopic>>,
): SlackChannelConfiguration[] {
  const channels = new Map<string, { readonly workspaceId: string; readonly topics: ITopic[] }>();
  for (const severity of severities) {
    const slack = targets[severity]?.slack;
    if (slack === undefined) continue;
    const channel = channels.get(slack.channelId) ?? { workspaceId: slack.workspaceId, topics: [] };
    channel.topics.push(topics[severity]);
    channels.set(slack.channelId, channel);
  }
  return [...channels].map(
    ([channelId, channel]) =>
      new SlackChannelConfiguration(scope, `Slack${channelId}`, {
        slackChannelConfigurationName: `${Stack.of(scope).stackName}-${channelId}`,
        slackWorkspaceId: channel.workspaceId,
        slackChannelId: channelId,
        notificationTopics: channel.topics,
        // It shows alarms and does nothing. Without this line its guardrail would be the administrator's policy.
        guardrailPolicies: [ManagedPolicy.fromAwsManagedPolicyName('CloudWatchReadOnlyAccess')],
      }),
  );
}
