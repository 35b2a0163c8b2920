import * as v from 'valibot';
import { anyOf, described, emailAddress, textLike } from './field-types';

/** An integration URL holds its key, so that it may stay in a parameter or a secret that CloudFormation reads. */
const httpsAddress = () =>
  textLike(
    /^(?:https:\/\/[^\s/]+\.\S+|\{\{resolve:(?:ssm|secretsmanager):[^\s{}]+\}\})$/,
    'an https:// URL, or {{resolve:ssm:/name}} where one is kept',
  );

const slackChannel = v.strictObject(
  {
    workspaceId: described(
      'ID of the workspace. Authorize Amazon Q Developer in chat applications for it once, in the AWS console.',
      textLike(/^T[A-Z0-9]{6,20}$/, 'the ID of a Slack workspace, such as T0123ABCD'),
      'T0123ABCD',
    ),
    channelId: described(
      'ID of the channel: the end of the link to it.',
      textLike(/^[CG][A-Z0-9]{6,20}$/, 'the ID of a Slack channel, such as C0123ABCD'),
      'C0123ABCD',
    ),
  },
  'an object with workspaceId and channelId',
);

const target = anyOf(
  {
    email: described(
      'Each must confirm its subscription once.',
      v.array(emailAddress(), 'a list of e-mail addresses'),
      ['oncall@example.com'],
    ),
    https: described(
      'Integration URLs of PagerDuty, Opsgenie and other services that understand SNS.',
      v.array(httpsAddress(), 'a list of https:// URLs'),
      ['https://events.pagerduty.com/integration/KEY/enqueue'],
    ),
    slack: described('A channel of Slack.', slackChannel, { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }),
  },
  'an object with email, https or slack',
);

/** Recipients of alarms, by severity. */
export const alarmTargets = anyOf(
  {
    page: described(
      'Money or visitors are being lost now. The synthesis warns of a stage like prod without it; set `{}` if somebody subscribes by hand.',
      target,
    ),
    ticket: described('It can wait for the morning.', target),
    info: described('Worth knowing; act only if it lasts.', target),
  },
  'an object with page, ticket or info',
);

export type AlarmTargets = v.InferOutput<typeof alarmTargets>;
export type AlarmTarget = v.InferOutput<typeof target>;
