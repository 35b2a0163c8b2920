import { connectToStack } from '../../cli/connection/aws-connection';
import { trackerIn, type Tracker } from './support/run-tracker';
import { cloudFormationError, stackWith, startAwsDouble, type AwsDouble } from './support/aws-double';
import { authorizationOf, expectedSignature } from './support/signature';

jest.setTimeout(30_000);

const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'session/token+of=a==role',
};
const emptyList = { status: 200, body: '{"items":[]}' };

let aws: AwsDouble;
let environment: Readonly<Record<string, string>>;
let tracker: Tracker;

beforeEach(async () => {
  aws = await startAwsDouble();
  environment = { ...credentials, AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url };
  tracker = trackerIn(environment);
});
afterEach(() => aws.close());

test('the verifier of these tests knows the signature that AWS published for its plainest request', () => {
  const request = {
    method: 'GET',
    target: '/',
    headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
    body: '',
  };
  const scope = '20150830/us-east-1/service/aws4_request';

  expect(expectedSignature(request, credentials.AWS_SECRET_ACCESS_KEY, scope, 'host;x-amz-date')).toBe(
    '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  );
});

/** Checks the signature of every request that the API got, as API Gateway would. */
function expectSigned(region: string): void {
  expect(aws.requests).not.toEqual([]);
  for (const request of aws.requests) {
    const { accessKeyId, scope, signedHeaders, signature } = authorizationOf(request);
    expect(accessKeyId).toBe('AKIDEXAMPLE');
    expect(scope).toMatch(new RegExp(`^\\d{8}/${region}/execute-api/aws4_request$`));
    expect(signedHeaders.split(';')).toEqual(expect.arrayContaining(['host', 'x-amz-date', 'x-amz-security-token']));
    expect(signature).toBe(expectedSignature(request, credentials.AWS_SECRET_ACCESS_KEY, scope, signedHeaders));
  }
}

describe('a tracker in AWS', () => {
  test('is found by its stage, and asked with a signature', async () => {
    const asked: string[] = [];
    const describe = aws.describe;
    aws.describe = (stack) => (asked.push(stack), describe(stack));
    aws.answers = [emptyList];

    expect(await tracker('campaign', 'list', '--stage', 'prod', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
    expect(asked).toEqual(['PostbackTracker-prod']);
    expect(aws.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /admin/v1/campaigns?limit=200',
    ]);
    expectSigned('eu-west-1');
  });

  test('is found by the name of a stack in another region; path, body and version are signed too', async () => {
    const stored = {
      id: 'a',
      version: 4,
      updatedAt: '2026-11-23T12:00:00Z',
      updatedBy: 'ada',
      name: "Ünlü + 'co' (*)",
    };
    aws.answers = [{ status: 200, body: JSON.stringify(stored) }];

    const { code } = await tracker(
      'source',
      'put',
      'a b/ü',
      '--name',
      'New',
      '--stack',
      'other',
      '--region',
      'us-west-2',
    );

    expect(code).toBe(0);
    expect(aws.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'GET /admin/v1/sources/a%20b%2F%C3%BC',
      'PUT /admin/v1/sources/a%20b%2F%C3%BC',
    ]);
    expect(JSON.parse(aws.requests[1]?.body ?? '')).toEqual({ name: 'New', version: 4 });
    expectSigned('us-west-2');
  });

  test('behind an edge is asked at the one host, and clicked at the other', async () => {
    aws.describe = () =>
      stackWith({
        AdminUrl: 'https://abc.execute-api.eu-west-1.amazonaws.com/admin/v1',
        ClickUrl: 'https://go.example.com/c/{campaign}',
      });
    const before = { ...process.env };
    Object.assign(process.env, environment);

    const connection = await connectToStack({ at: 'stack', stack: 'any' });
    process.env = before;

    expect(connection).toMatchObject({
      adminUrl: 'https://abc.execute-api.eu-west-1.amazonaws.com/admin/v1',
      publicUrl: 'https://go.example.com',
    });
  });

  test.each([
    [
      'whose stack is not there',
      () => cloudFormationError(400, 'ValidationError', 'Stack with id PostbackTracker-dev does not exist'),
      3,
      'There is no stack PostbackTracker-dev in this account and region.',
    ],
    [
      'whose stack is of something else',
      () => stackWith({ QueueUrl: 'https://sqs.example' }),
      3,
      'The stack PostbackTracker-dev has no output AdminUrl',
    ],
    [
      'whose stack we may not look at',
      () => cloudFormationError(403, 'AccessDenied', 'User: ada is not authorized to perform DescribeStacks'),
      5,
      'CloudFormation does not describe the stack PostbackTracker-dev: User: ada is not authorized',
    ],
  ])('%s is told in a sentence', async (_what, answer, code, sentence) => {
    aws.describe = answer;

    const run = await tracker('campaign', 'list');

    expect(run).toMatchObject({ code, stdout: '' });
    expect(run.stderr).toContain(`error: ${sentence}`);
    expect(run.stderr).toMatch(/^hint: /m);
    expect(run.stderr).not.toMatch(/^ +at /m);
  });

  test.each([
    ['credentials', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], 'No AWS credentials work here.'],
    ['a region', ['AWS_REGION'], 'The AWS region of the tracker is unknown.'],
  ])('cannot be asked without %s', async (_what, missing, sentence) => {
    const poor = Object.fromEntries(Object.entries(environment).filter(([name]) => !missing.includes(name)));

    const run = await trackerIn(poor)('campaign', 'list');

    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toContain(`error: ${sentence}\nhint: `);
    expect(run.stderr).toContain('--local');
  });

  test('that does not let us in says whom to ask for what', async () => {
    aws.answers = [{ status: 403, body: '{"message":"Forbidden"}' }];

    const run = await tracker('campaign', 'list');

    expect(run.code).toBe(5);
    expect(run.stderr).toMatch(/^error: The tracker denied access: Forbidden\.\nhint: .*execute-api:Invoke/);
  });
});

describe('whatever the tracker', () => {
  const local = (...given: readonly string[]) => trackerIn({ TRACKER_URL: aws.url })(...given);

  test('being throttled, and a question that failed in the middle, are tried again', async () => {
    const now = { 'retry-after': '0' };
    aws.answers = [{ status: 429, body: '{}', headers: now }, { status: 503, body: '{}', headers: now }, emptyList];

    expect(await local('campaign', 'list')).toMatchObject({ code: 0 });
    expect(aws.requests).toHaveLength(3);
  });

  test('a change that may have been made is not sent again', async () => {
    aws.answers = [
      { status: 404, body: '{"error":"NOT_FOUND","message":"There is no source a."}' },
      { status: 503, body: '{"error":"STORAGE_UNAVAILABLE","message":"Whether it was made is not known."}' },
    ];

    const run = await local('source', 'put', 'a', '--name', 'A');

    expect(run.code).toBe(5);
    expect(run.stderr).toContain('error: Whether it was made is not known.');
    expect(aws.requests.map(({ method }) => method)).toEqual(['GET', 'PUT']);
  });

  test.each([
    ['a page of another server', { status: 200, body: '<html>' }, 'answered what this command does not understand'],
    ['a path that it does not know', { status: 404, body: 'nope' }, 'answered 404: nope'],
  ])('%s is no answer', async (_what, answer, sentence) => {
    aws.answers = [answer];

    const run = await local('campaign', 'list');

    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toContain(sentence);
  });

  test('where nobody listens it says how to start one', async () => {
    const run = await trackerIn({})('campaign', 'list', '--local', 'http://127.0.0.1:9');

    expect(run).toMatchObject({ code: 5, stdout: '' });
    expect(run.stderr).toMatch(
      /^error: Nothing answers at http:\/\/127\.0\.0\.1:9 .*\nhint: Start it with "npm start"/,
    );
  });

  test.each([
    [['campaign', 'list', '--local', '--stage', 'prod'], '--local is on this machine'],
    [['campaign', 'list', '--stack', 'a', '--stage', 'prod'], '--stage and --stack both name a stack'],
    [['campaign', 'list', '--local=ftp://x'], '--local must be a URL'],
    [['campaign', 'lists'], "unknown command 'lists'"],
    [['campaign', 'show'], "missing required argument 'id'"],
    [['campaign', 'show', 'a', '--colour'], "unknown option '--colour'"],
  ])('%j is wrong usage', async (given, sentence) => {
    const run = await local(...given);

    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(sentence);
    expect(aws.requests).toEqual([]);
  });
});
