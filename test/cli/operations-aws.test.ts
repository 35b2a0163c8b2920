import { startCloudWatchDouble, type CloudWatchDouble } from './support/cloudwatch-double';
import { trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(30_000);

let aws: CloudWatchDouble;
let tracker: Tracker;

beforeEach(async () => {
  aws = await startCloudWatchDouble();
  tracker = trackerIn({
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
    AWS_ENDPOINT_URL_CLOUDWATCH: aws.url,
  });
});
afterEach(() => aws.close());

const ok = { AlarmName: 'PostbackTracker-prod-ClicksLost', StateValue: 'OK' } as const;

test('a tracker in AWS is sound where no alarm rings and nothing waits', async () => {
  aws.alarms = [ok];
  aws.values = { 'prod/PostbackReceived': 60, 'prod/PostbackRecorded': 60 };

  const { code, stdout } = await tracker('status', '--stage', 'prod');

  expect(code).toBe(0);
  expect(stdout).toMatch(/^✓ PostbackTracker-prod: nothing is wrong\.$/m);
  expect(stdout).toMatch(/^recorded +60 +60 +60 +4\.0$/m);
  expect(stdout).toMatch(/^alarms +0 of 1 ring$/m);
});

test('ringing alarms in AWS are named, pages first, with the command and the runbook page of each', async () => {
  const description = (urgency: string, what: string): string =>
    `${urgency}. ${what}\nNot affected: the rest.\nFirst: tracker look\nRunbook: docs/runbook.md#here`;
  aws.alarms = [
    ok,
    {
      AlarmName: 'PostbackTracker-prod-Half',
      StateValue: 'ALARM',
      AlarmDescription: description('PART', 'Half of it.'),
    },
    {
      AlarmName: 'PostbackTracker-prod-Slow',
      StateValue: 'ALARM',
      AlarmDescription: description('TICKET', 'It is slow.'),
    },
    {
      AlarmName: 'PostbackTracker-prod-Lost',
      StateValue: 'ALARM',
      AlarmDescription: description('PAGE', 'It is lost.'),
    },
  ];
  aws.values = {
    'prod/PostbackReceived': 60,
    'prod/PostbackQueued': 38,
    'Tracker-Retry/ApproximateNumberOfMessagesVisible': 30,
    'Tracker-Retry/ApproximateNumberOfMessagesDelayed': 8,
    'Tracker-Outbound-Dead/ApproximateNumberOfMessagesVisible': 9,
    'Tracker-Postback/Errors': 3,
    'api1/5xx': 3,
    'Tracker-Dead/ApproximateNumberOfMessagesVisible': 2,
  };

  const { code, json } = await tracker('status', '--stage', 'prod', '--json');

  expect(code).toBe(1);
  expect(json()).toMatchObject({
    isProduction: true,
    alarmsWatched: 4,
    queues: { retry: 38, dead: 2 },
    troubles: [
      {
        urgency: 'now',
        sentence: 'The alarm Lost rings: It is lost.',
        next: 'tracker look',
        runbook: 'docs/runbook.md#here',
      },
      { urgency: 'now', sentence: 'The alarm Half rings: Half of it.' },
      { sentence: expect.stringMatching(/^The function Postback is failing: 3 errors since \d\d:\d\d, last at /) },
      {
        sentence: expect.stringMatching(
          /^Storage rejects writes: 38 postbacks queued since .*The retry queue holds 38\.$/,
        ),
      },
      { sentence: '2 clicks or postbacks were moved to the dead letter queue and wait there.' },
      { urgency: 'soon', sentence: 'The alarm Slow rings: It is slow.' },
    ],
  });
  expect([...new Set(aws.asked)].sort()).toEqual(['DescribeAlarms PostbackTracker-prod-', 'GetMetricData']);
});

describe('an alarm that rings for each source by itself', () => {
  const failing = {
    AlarmName: 'PostbackTracker-prod-DeliveriesFailing',
    StateValue: 'ALARM' as const,
    AlarmDescription: 'TICKET. It gets nothing.\nRunbook: docs/runbook.md#deliveries-failing',
    Metrics: [{ Id: 'm1', Expression: 'SELECT SUM(DeliveryNeedsPerson) FROM PostbackTracker GROUP BY "Source"' }],
  };
  const status = async (): Promise<unknown> => {
    aws.alarms = [failing];
    return (await tracker('status', '--stage', 'prod', '--json')).json();
  };
  const ringing = (sentence: string) => ({ troubles: [{ sentence }] });

  test('is shown with the sources', async () => {
    aws.contributors = { [failing.AlarmName]: ['news', 'push.ads'] };

    expect(await status()).toMatchObject(
      ringing('The alarm DeliveriesFailing rings for news, push.ads: It gets nothing.'),
    );
  });

  test('is shown without them to an identity that may not read them', async () => {
    expect(await status()).toMatchObject(ringing('The alarm DeliveriesFailing rings: It gets nothing.'));
    expect(aws.asked).toContain(`DescribeAlarmContributors ${failing.AlarmName}`);
  });
});

test('an identity without access gets the required permissions in the error', async () => {
  aws.error = 'AccessDeniedException';

  expect(await tracker('status', '--stage', 'prod')).toMatchObject({
    code: 5,
    stdout: '',
    stderr: expect.stringMatching(
      /AWS does not describe PostbackTracker-prod: not allowed[^]*cloudwatch:DescribeAlarms/,
    ),
  });
});

test('without credentials the error says how to sign in', async () => {
  const strange = trackerIn({ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url });

  expect(await strange('status', '--stage', 'prod')).toMatchObject({
    code: 5,
    stderr: expect.stringMatching(/No AWS credentials work here[^]*aws sso login/),
  });
});

test('the doctor looks at the alarms even where the tracker itself is not reached', async () => {
  aws.alarms = [{ AlarmName: 'PostbackTracker-prod-Lost', StateValue: 'ALARM', AlarmDescription: 'PAGE. It is lost.' }];

  const { code, stdout } = await tracker('doctor', '--stage', 'prod');

  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ the tracker answers: The stack PostbackTracker-prod has no output AdminUrl/m);
  expect(stdout).toMatch(/^✗ no alarm rings: Lost ring\.$/m);
});
