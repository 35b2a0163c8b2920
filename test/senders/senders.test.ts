import { Webhook } from 'standardwebhooks';
import vectors from '../../docs/test-vectors.json';
import type { PostbackRequest } from '../../lambdas/domain/text/postback-request';
import type { IntegrationCredential } from '../../lambdas/domain/trust/keys';
import { checkSignature, type CheckResult } from '../../lambdas/domain/trust/signature';
import { bodySenders, missingProgram, querySenders, runSender, type Sender } from './support/programs';
import { startReceiver, type Receiver } from './support/receiver';

const signedQueries = vectors.signatures.filter(({ kind }) => kind === 'query');
const signedBodies = vectors.signatures.filter(({ kind }) => kind === 'standard-webhooks');
const stamp = /&ts=(\d+)&kid=[^&]+$/;

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

function verdictOn(request: PostbackRequest, { keyId, secret }: { keyId: string; secret: string }): CheckResult {
  const signingKey = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const credential: IntegrationCredential = { keyNumber: 2, keyId, token: 'none', signingKey };
  return checkSignature(request, [credential], 300);
}

/** What one run of the sender put on the wire. */
async function sentBy(sender: Sender, settings: Readonly<Record<string, string>>): Promise<PostbackRequest> {
  const { printed, complaint } = await runSender(sender, settings);
  expect(complaint).toBe('');
  expect(printed).toBe('received');
  const requests = receiver.take();
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error('nothing came');
  expect(request.headers['user-agent']).toBeDefined();
  return request;
}

/** A sender whose program is not on this machine is skipped, and says so. */
function describeSenders(senders: readonly Sender[], tests: (sender: Sender) => void): void {
  for (const sender of senders) {
    const missing = missingProgram(sender);
    if (missing !== undefined) {
      process.stdout.write(`docs/senders/${sender.file} is not executed: there is no "${missing}" on this machine.\n`);
    }
    const describeWhereExecuted = missing === undefined ? describe : describe.skip;
    describeWhereExecuted(`docs/senders/${sender.file}`, () => {
      tests(sender);
    });
  }
}

describeSenders(querySenders, (sender) => {
  test.each(signedQueries)(
    'sends the published vector $signedText',
    async ({ keyId, secret, path, query = '', signedQuery }) => {
      const unsigned = query.replace(stamp, '');
      const time = stamp.exec(query)?.[1] ?? '';
      const request = await sentBy(sender, {
        TRACKER_URL: `${receiver.url}${path}?${unsigned}`,
        TRACKER_KID: keyId,
        TRACKER_SECRET: secret,
        TRACKER_TIME: time,
      });
      expect(request).toMatchObject({ method: 'GET', path, rawQuery: signedQuery });
      const onTime = { ...request, receivedAt: Number(time) * 1000 };
      expect(verdictOn(onTime, { keyId, secret })).toEqual({ outcome: 'passed', keyId, signed: expect.anything() });
    },
  );

  test('signs with the time of sending, at the root as well', async () => {
    const [{ keyId, secret } = { keyId: '', secret: '' }] = signedQueries;
    const request = await sentBy(sender, {
      TRACKER_URL: `${receiver.url}/?clickid=x&redirect=https://shop.example/a?b=1`,
      TRACKER_KID: keyId,
      TRACKER_SECRET: secret,
    });
    expect(request.path).toBe('/');
    expect(verdictOn(request, { keyId, secret })).toEqual({ outcome: 'passed', keyId, signed: expect.anything() });
  });
});

describeSenders(bodySenders, (sender) => {
  test.each(signedBodies)('sends the published vector $signedText', async (vector) => {
    const { keyId, secret, path, body = '', webhookId = '', webhookTimestamp = '', webhookSignature } = vector;
    const request = await sentBy(sender, {
      TRACKER_URL: `${receiver.url}${path}`,
      TRACKER_BODY: body,
      TRACKER_SECRET: secret,
      TRACKER_TIME: webhookTimestamp,
      TRACKER_ID: webhookId,
    });
    expect(request).toMatchObject({ method: 'POST', path, rawQuery: '' });
    expect(Buffer.from(request.body).toString()).toBe(body);
    expect(request.headers['webhook-signature']).toBe(webhookSignature);
    const onTime = { ...request, receivedAt: Number(webhookTimestamp) * 1000 };
    expect(verdictOn(onTime, { keyId, secret })).toEqual({ outcome: 'passed', keyId, signed: expect.anything() });
  });

  test('signs with the time of sending, under an ID of its own, what the published library takes too', async () => {
    const [{ keyId, secret } = { keyId: '', secret: '' }] = signedBodies;
    const request = await sentBy(sender, {
      TRACKER_URL: `${receiver.url}/postback/acme`,
      TRACKER_BODY: '{"clickid":"x","name":"Jörg"}',
      TRACKER_SECRET: secret,
    });
    expect(verdictOn(request, { keyId, secret })).toEqual({ outcome: 'passed', keyId, signed: expect.anything() });
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, value ?? '']));
    expect(new Webhook(secret).verify(Buffer.from(request.body).toString(), headers)).toEqual({
      clickid: 'x',
      name: 'Jörg',
    });
  });
});
