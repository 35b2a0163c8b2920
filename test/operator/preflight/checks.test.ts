import type { AccountPicture } from '../../../operator/preflight/account';
import { checkAccount } from '../../../operator/preflight/checks';
import { readRequirements, type Requirements } from '../../../operator/preflight/requirements';

const needed: Requirements = {
  bootstrapVersion: 6,
  reservedConcurrency: 0,
  requestsPerSecond: 5000,
  callsSomebody: true,
};
const account: AccountPicture = {
  account: '111122223333',
  region: 'eu-west-1',
  bootstrapVersion: 28,
  stackStatus: 'UPDATE_COMPLETE',
  concurrency: { limit: 1000, unreserved: 1000 },
  reservedByStack: 0,
  throttleQuota: 10_000,
  logPolicies: [{ name: 'AWSLogDeliveryWrite20150319', characters: 600 }],
  pageSubscriptions: { confirmed: 1, unconfirmed: [] },
};

const found = (more: Partial<Requirements>, picture: Partial<AccountPicture>) =>
  checkAccount('prod', { ...needed, ...more }, { ...account, ...picture })
    .filter(({ outcome }) => outcome !== 'fine')
    .map(({ name, outcome, detail }) => `${outcome}: ${name}: ${detail}`);

test('an account that has what the stage needs passes', () => {
  expect(found({}, {})).toEqual([]);
});

test('a first deployment has no stack and no subscription yet, and passes', () => {
  expect(found({}, { stackStatus: undefined, pageSubscriptions: undefined })).toEqual([]);
});

test.each<[string, Partial<Requirements>, Partial<AccountPicture>, string]>([
  [
    'credentials of another account',
    { account: '444455556666' },
    {},
    'wrong: the credentials are of the right account',
  ],
  ['no bootstrap', {}, { bootstrapVersion: undefined }, 'wrong: the region is bootstrapped for the CDK: eu-west-1 of'],
  ['an old bootstrap', {}, { bootstrapVersion: 5 }, 'wrong: the region is bootstrapped for the CDK: version 5; 6 is'],
  ['a failed first deployment', {}, { stackStatus: 'ROLLBACK_COMPLETE' }, 'wrong: the stack can be deployed'],
  ['a stuck rollback', {}, { stackStatus: 'UPDATE_ROLLBACK_FAILED' }, 'wrong: the stack can be deployed'],
  ['a deployment that goes on', {}, { stackStatus: 'UPDATE_IN_PROGRESS' }, 'wrong: the stack can be deployed'],
  ['a foreign boundary', { boundaryAccount: '444455556666' }, {}, 'wrong: the permissions boundary is of this account'],
  ['too much reserved', { reservedConcurrency: 901 }, {}, 'wrong: functions may run often enough concurrently'],
  [
    'the limit of a new account',
    {},
    { concurrency: { limit: 10, unreserved: 10 } },
    'warning: functions may run often enough concurrently',
  ],
  [
    'a quota below what a route lets through',
    {},
    { throttleQuota: 2500 },
    'warning: API Gateway takes what the routes let through: a route lets 5000 requests a second through; the account may take 2500',
  ],
  [
    'a quota that may not be asked',
    {},
    { throttleQuota: undefined },
    'warning: API Gateway takes what the routes let through: the quota of the account is not known',
  ],
  [
    'a log policy that is nearly full',
    {},
    { logPolicies: [{ name: 'AWSLogDeliveryWrite20150319', characters: 5000 }] },
    'warning: API Gateway may write access logs: the policy AWSLogDeliveryWrite20150319 has 5000',
  ],
  [
    'as many log policies as may be',
    {},
    { logPolicies: Array.from({ length: 10 }, (_, number) => ({ name: `p${number}`, characters: 9 })) },
    'warning: API Gateway may write access logs: the region has all 10',
  ],
  [
    'no address confirmed',
    {},
    { pageSubscriptions: { confirmed: 0, unconfirmed: ['oncall@example.com'] } },
    'wrong: an alarm reaches a person: oncall@example.com did not confirm',
  ],
  [
    'one address of two confirmed',
    {},
    { pageSubscriptions: { confirmed: 1, unconfirmed: ['oncall@example.com'] } },
    'warning: an alarm reaches a person: oncall@example.com did not confirm',
  ],
  [
    'no target of pages',
    { callsSomebody: false },
    { pageSubscriptions: undefined },
    'warning: an alarm reaches a person: no target of pages is set',
  ],
])('%s is found, with how to fix it', (_, more, picture, expected) => {
  const checks = checkAccount('prod', { ...needed, ...more }, { ...account, ...picture });
  const [only, ...others] = found(more, picture);

  expect([only?.slice(0, expected.length), others]).toEqual([expected, []]);
  expect(checks.find(({ outcome }) => outcome !== 'fine')?.fix).toMatch(/\w.{10,}/);
});

test('concurrency that the stack already reserves is not counted twice', () => {
  const concurrency = { limit: 1000, unreserved: 200 };

  expect(found({ reservedConcurrency: 800 }, { concurrency, reservedByStack: 800 })).toEqual([]);
});

test('requirements are read off a template', () => {
  const role = (arn: string) => ({ Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: arn } });
  const template = {
    Rules: {
      CheckBootstrapVersion: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3']] }] } }] },
    },
    Resources: {
      One: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 20 } },
      Two: { Type: 'AWS::Lambda::Function', Properties: { ReservedConcurrentExecutions: 5 } },
      Three: { Type: 'AWS::Lambda::Function' },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
          RouteSettings: { 'GET /c/{campaign}': { ThrottlingRateLimit: 3000 }, 'GET /ping': {} },
        },
      },
      Role: role('arn:aws:iam::444455556666:policy/boundary'),
      MonitoringTopicsPage1: { Type: 'AWS::SNS::Topic' },
      Mail: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'MonitoringTopicsPage1' } } },
    },
  };

  expect(readRequirements(template)).toEqual({
    bootstrapVersion: 4,
    reservedConcurrency: 25,
    requestsPerSecond: 3000,
    boundaryAccount: '444455556666',
    callsSomebody: true,
  });
  const { Mail: _mail, ...quiet } = template.Resources;
  expect(readRequirements({ Resources: quiet })).toMatchObject({ callsSomebody: false, bootstrapVersion: 1 });
});
