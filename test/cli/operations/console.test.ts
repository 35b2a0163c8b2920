import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackAccess } from '../../../cli/operations/console/stack-access';
import { renewable } from '../../../cli/operations/console/expired-credentials';
import { serveConsole, type ServedConsole } from '../../../console/server/console';
import type { TrackerAccess } from '../../../console/server/tracker-access';
import { rawRequest, type RawAnswer } from '../../console/support/raw-request';
import { stackWith, startAwsDouble, type AwsDouble } from '../support/aws-double';

const me = {
  caller: 'arn:aws:sts::123456789012:assumed-role/on-call/ada',
  stage: 'prod',
  baseUrl: 'https://track.example',
};
const environment = { ...process.env };

let aws: AwsDouble;

beforeAll(async () => {
  aws = await startAwsDouble();
});
afterAll(() => aws.close());
beforeEach(() => {
  aws.requests.length = 0;
  aws.answers = [{ status: 200, body: JSON.stringify(me) }];
  aws.describe = () =>
    stackWith({ AdminUrl: `${aws.url}/admin/v1`, ClickUrl: 'https://track.example/c/' }, protectedStack);
  process.env = {
    ...environment,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
  };
});
afterEach(() => {
  process.env = { ...environment };
});

const arn = 'arn:aws:cloudformation:eu-west-1:123456789012:stack/PostbackTracker-prod/guid';
const protectedStack = { StackId: arn, EnableTerminationProtection: 'true' };
const target = { at: 'stack', stack: 'PostbackTracker-prod' } as const;

test('a session has the place of the stack, the user, and the protection', async () => {
  await expect(stackAccess(target).session()).resolves.toEqual({
    stage: 'prod',
    region: 'eu-west-1',
    account: '123456789012',
    identity: me.caller,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    publicUrl: 'https://track.example',
    protected: true,
    local: false,
  });
});

test.each([
  ['false', false],
  ['true', true],
  [undefined, true],
])('termination protection %p makes a stack protected: %p', async (said, expected) => {
  const facts = { StackId: arn, ...(said !== undefined && { EnableTerminationProtection: said }) };
  aws.describe = () => stackWith({ AdminUrl: `${aws.url}/admin/v1` }, facts);
  expect((await stackAccess(target).session()).protected).toBe(expected);
});

test('a call is signed with the credentials of the person, and goes to the admin API', async () => {
  await stackAccess(target).admin({ method: 'GET', path: '/campaigns', search: '?limit=5', headers: {} });
  expect(aws.requests).toMatchObject([
    {
      method: 'GET',
      target: '/admin/v1/campaigns?limit=5',
      headers: { authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-west-1\//) },
    },
  ]);
});

describe('credentials that expire while the console is open', () => {
  let served: ServedConsole;

  let folder: string;

  const signInAs = (keyId: string): void =>
    writeFileSync(
      join(folder, 'credentials'),
      `[work]\naws_access_key_id = ${keyId}\naws_secret_access_key = secret\naws_session_token = token\n`,
    );

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracker-console-'));
    delete process.env['AWS_ACCESS_KEY_ID'];
    Object.assign(process.env, {
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_CONFIG_FILE: join(folder, 'none'),
    });
    signInAs('AKIDEXAMPLE');
    const page = () => Promise.resolve({ document: '', assets: new Map(), firstLoad: [] });
    served = await serveConsole({ page, tracker: stackAccess({ ...target, profile: 'work' }), write: true }, 0);
  });
  afterEach(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  const ask = (path: string): Promise<RawAnswer> => {
    const { origin, hash } = new URL(served.url);
    const headers = { 'x-tracker-session': hash.replace('#session=', '') };
    return rawRequest(origin, 'GET', `/console/api/${path}`, headers);
  };
  const expired = {
    error: 'CREDENTIALS_EXPIRED',
    command: 'aws sso login --profile work',
    message: expect.stringContaining('return to this page'),
  };

  test('are reported with the command to type, and the same session continues with new ones', async () => {
    aws.answers = [
      { status: 403, body: '{"message":"The security token included in the request is expired"}' },
      { status: 200, body: '{"items":[]}' },
    ];
    const refused = await ask('admin/v1/campaigns');
    signInAs('AKIDRENEWED');
    const renewed = await ask('admin/v1/campaigns');
    expect([refused.status, refused.json(), renewed.status]).toEqual([401, expired, 200]);
    expect(aws.requests.at(-1)?.headers['authorization']).toContain('Credential=AKIDRENEWED/');
  });

  test('are reported where CloudFormation is the first that sees it', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>';
    aws.describe = () => ({ status: 403, body });
    const got = await ask('session');
    expect([got.status, got.json()]).toEqual([401, expired]);
  });

  test('are distinguished from an answer of the API itself', async () => {
    aws.answers = [{ status: 403, body: '{"message":"User is not authorized to access this resource"}' }];
    expect((await ask('admin/v1/campaigns')).status).toBe(403);
  });
});

test('an access is made anew only where credentials have expired', async () => {
  let made = 0;
  const failing = (error: Error) => (): TrackerAccess => {
    made++;
    const fail = async (): Promise<never> => {
      throw error;
    };
    return { session: fail, status: fail, admin: fail, sendPostback: fail, explain: fail };
  };
  await expect(renewable(failing(new Error('no route to host')), 'x').session()).rejects.toThrow('no route to host');
  expect(made).toBe(1);
  const cause = Object.assign(new Error('Token is expired.'), { name: 'TokenProviderError' });
  await expect(renewable(failing(new Error('No.', { cause })), 'x').status()).rejects.toThrow('Run "x"');
  expect(made).toBe(3);
});
