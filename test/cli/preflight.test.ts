import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { trackerIn, type Tracker } from './support/run-tracker';

jest.setTimeout(60_000);

/** Five services of one account on a loopback port, each in the protocol that the SDK speaks to it. */
interface Account {
  stacks: Readonly<Record<string, string>>;
  subscriptions: readonly string[];
}

const xml = (action: string, inner: string): string =>
  `<${action}Response><${action}Result>${inner}</${action}Result></${action}Response>`;
const output = (key: string, value: string): string =>
  `<Outputs><member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member></Outputs>`;
const stack = (status: string, outputs: string): string =>
  `<Stacks><member><StackName>any</StackName><CreationTime>2026-11-23T12:00:00Z</CreationTime><StackStatus>${status}</StackStatus>${outputs}</member></Stacks>`;
const topic = 'arn:aws:sns:eu-west-1:111122223333:Page';

const account: Account = { stacks: {}, subscriptions: [] };
let server: Server;
let tracker: Tracker;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const { status, answer } = answerTo(request, new URLSearchParams(body));
      response.writeHead(status).end(answer);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  tracker = trackerIn({
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  });
});
afterAll(() => server.close());

function answerTo({ url = '', headers }: IncomingMessage, form: URLSearchParams): { status: number; answer: string } {
  const fine = (answer: string) => ({ status: 200, answer });
  if (url.includes('account-settings')) {
    const limits = { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 };
    return fine(JSON.stringify({ AccountLimit: limits }));
  }
  if (url.endsWith('/concurrency')) return fine(JSON.stringify({ ReservedConcurrentExecutions: 5 }));
  if (headers['x-amz-target'] === 'Logs_20140328.DescribeResourcePolicies') {
    return fine(JSON.stringify({ resourcePolicies: [{ policyName: 'Delivery', policyDocument: 'x'.repeat(600) }] }));
  }
  if (headers['x-amz-target'] === 'ServiceQuotasV20190624.GetServiceQuota') {
    const isSigned = /\/eu-west-1\/servicequotas\/aws4_request/.test(headers.authorization ?? '');
    return isSigned ? fine(JSON.stringify({ Quota: { Value: 10_000 } })) : { status: 403, answer: '{}' };
  }
  switch (form.get('Action')) {
    case 'GetCallerIdentity':
      return fine(xml('GetCallerIdentity', '<Account>111122223333</Account>'));
    case 'DescribeStacks': {
      const found = account.stacks[form.get('StackName') ?? ''];
      const error = `<Error><Code>ValidationError</Code><Message>Stack with id x does not exist</Message></Error>`;
      return found === undefined
        ? { status: 400, answer: `<ErrorResponse>${error}</ErrorResponse>` }
        : fine(xml('DescribeStacks', found));
    }
    case 'ListStackResources':
      return fine(
        xml(
          'ListStackResources',
          '<StackResourceSummaries><member><ResourceType>AWS::Lambda::Function</ResourceType><PhysicalResourceId>click</PhysicalResourceId></member></StackResourceSummaries>',
        ),
      );
    case 'ListSubscriptionsByTopic': {
      const members = account.subscriptions.map(
        (arn) =>
          `<member><SubscriptionArn>${arn}</SubscriptionArn><Endpoint>oncall@example.com</Endpoint><TopicArn>${topic}</TopicArn></member>`,
      );
      return fine(xml('ListSubscriptionsByTopic', `<Subscriptions>${members.join('')}</Subscriptions>`));
    }
    default:
      return { status: 400, answer: 'no such call' };
  }
}

test('a region that was never used for the CDK is found before a deployment fails in it', async () => {
  account.stacks = {};

  const { code, stdout } = await tracker('preflight', '--stage', 'prod');

  expect(code).toBe(1);
  expect(stdout).toContain('✗ the region is bootstrapped for the CDK: eu-west-1 of account 111122223333');
  expect(stdout).toContain('npx cdk bootstrap aws://111122223333/eu-west-1');
  expect(stdout).toContain('✓ the stack can be deployed: this is its first deployment');
});

test('an account where everything is ready passes, also for a program', async () => {
  account.stacks = {
    CDKToolkit: stack('CREATE_COMPLETE', output('BootstrapVersion', '28')),
    'PostbackTracker-prod': stack('UPDATE_COMPLETE', output('PageTopicArn', topic)),
  };
  account.subscriptions = [`${topic}:1111`];

  const run = await tracker('preflight', '--stage', 'prod', '--json');

  expect([run.code, run.stderr]).toEqual([0, '']);
  expect(run.json()).toMatchObject({ ready: true });
  expect(run.stdout).toContain('10000 requests a second, for all APIs of the account');
});

test('an address that did not confirm its subscription is named', async () => {
  account.subscriptions = ['PendingConfirmation'];

  const { code, stdout } = await tracker('preflight', '--stage', 'prod');

  expect(code).toBe(1);
  expect(stdout).toContain('✗ an alarm reaches a person: oncall@example.com did not confirm the subscription');
});

test('a stage that cannot be synthesized is the finding', async () => {
  const { code, stdout } = await tracker('preflight', '--stage', 'nowhere');

  expect(code).toBe(1);
  expect(stdout).toContain('✗ the stage can be synthesized: ');
  expect(stdout).toContain('nowhere');
});

test('a tracker on this machine has no account to look at', async () => {
  const { code, stderr } = await tracker('--local', 'preflight', '--stage', 'prod');

  expect(code).toBe(2);
  expect(stderr).toContain('--local');
});
